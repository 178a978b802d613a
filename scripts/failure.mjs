// Ends npm scripts: an expected failure prints one sentence, any other failure its stack trace.

const OLDEST_NODE = 20;

/** A failure that the user can fix. Its message is one sentence that says how; no stack trace is printed. */
export class ExpectedFailure extends Error {}

/** A command that failed. Its output says why. */
export class CommandFailure extends Error {
  /**
   * @param {string} message
   * @param {string} output of the command
   */
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}

/**
 * Runs an npm script. An expected failure prints its message, any other its stack trace; both set exit code 1.
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
