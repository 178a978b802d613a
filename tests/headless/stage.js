// Simulates the browser's credentials and network for tests/headless/*.rs, and evaluates their JavaScript.

const stage = { credentials: undefined, fetch: undefined };
const container = {
  get: (options) => stage.credentials(options),
  create: (options) => stage.credentials(options),
};
Object.defineProperty(navigator, "credentials", { configurable: true, get: () => container });

export const play_credentials = (answer) => {
  stage.credentials = answer;
};

export const play_fetch = (answer) => {
  const requests = [];
  globalThis.fetch = (url, init) => {
    requests.push({ url, init });
    return answer(url, init.body);
  };
  return requests;
};

/**
 * Calls `change`, which changes prototypes of the page and returns what undoes that. The function returned here undoes it
 * and says how many tasks began in between. None may: the test runner reads its page every 100 ms by a script of WebDriver,
 * whose result such prototypes change ("missing field `chunk`").
 */
export const change_prototypes = (change) => {
  const { port1, port2 } = new MessageChannel();
  let tasks = 0;
  port2.onmessage = () => {
    tasks += 1;
  };
  port1.postMessage("a task");
  const undo = change();
  return () => {
    undo();
    port2.close();
    return tasks;
  };
};

const buffer = (...bytes) => new Uint8Array(bytes).buffer;

const helpers = {
  /** A credential as wrappers of password managers return it: a plain object. */
  credential: (response, extensions) => ({
    id: "AQ",
    rawId: buffer(1),
    type: "public-key",
    response: {
      authenticatorData: buffer(1),
      clientDataJSON: buffer(2),
      signature: buffer(3),
      attestationObject: buffer(4),
      userHandle: null,
      ...response,
    },
    getClientExtensionResults: () => extensions ?? {},
  }),
  json: async (status, body) => new Response(JSON.stringify(body), { status }),
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  aborted: () => AbortSignal.abort(),
  aborting: (message) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException(message, "AbortError")));
    return controller.signal;
  },
  ACCEPTED: JSON.stringify({ status: "ok", errorMessage: "", token: "T" }),
  /** A ponyfill's, which is not the browser's `Response`, and whose body takes no task to read. */
  OwnResponse: class {
    #body;
    status; // Declared, so that no setter of Object.prototype gets it.
    constructor(body, { status }) {
      this.#body = body;
      this.status = status;
    }
    get ok() {
      return this.status === 200;
    }
    async text() {
      return this.#body;
    }
    async json() {
      return JSON.parse(this.#body);
    }
  },
  /** The globals of another realm. */
  foreign: () => document.body.appendChild(document.createElement("iframe")).contentWindow,
  replaceUserAgent: (descriptor) => {
    Object.defineProperty(navigator, "userAgent", { configurable: true, ...descriptor });
    return () => delete navigator.userAgent;
  },
  hideCredentials: () => {
    const own = Object.getOwnPropertyDescriptor(navigator, "credentials");
    Object.defineProperty(navigator, "credentials", { configurable: true, value: undefined });
    return () => Object.defineProperty(navigator, "credentials", own);
  },
};

export const evaluate = (source) => {
  const names = Object.keys(helpers);
  // `settings` names the value itself, for callbacks that write to it.
  const run = new Function(...names, `const settings = ${source}; return settings;`);
  return run(...names.map((name) => helpers[name]));
};
