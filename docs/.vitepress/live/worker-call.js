// Calls a function of the package in a worker of its own.

/**
 * Resolves to the result of the package's function `name` in a worker.
 *
 * @param {"authenticate" | "register"} name
 * @param {object} transaction
 */
export const runInWorker = async (name, transaction) => {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = reject;
      worker.postMessage({ name, transaction });
    });
  } finally {
    worker.terminate();
  }
};
