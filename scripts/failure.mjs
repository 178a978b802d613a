// How an npm script ends: by itself, or with one sentence for what can be expected to go wrong.

const OLDEST_NODE = 20;

/** A failure that the user can mend: its message is one sentence that says how, and no stack trace follows. */
export class ExpectedFailure extends Error {}

/** A command that failed; what it wrote says why. */
export class CommandFailure extends Error {
  /**
   * @param {string} message
   * @param {string} output what the command wrote
   */
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}

/**
 * Runs an npm script. An expected failure is printed as its sentence, any other with its stack; both end in exit code 1.
 *
 * @param {() => Promise<void>} body
 */
export const runScript = async (body) => {
  try {
    checkNode();
    await body();
  } catch (error) {
    console.error(error instanceof ExpectedFailure ? error.message : error);
    process.exitCode = 1;
  }
};

const checkNode = () => {
  const { node } = process.versions;
  if (Number(node.split(".")[0]) < OLDEST_NODE)
    throw new ExpectedFailure(
      `Node ${OLDEST_NODE} or newer is needed, and this is ${node}: install it from https://nodejs.org, then run this again.`,
    );
};
