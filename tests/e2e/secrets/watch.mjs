// Watches every place where a call could leak a secret.

/**
 * Evaluated in each page before its own scripts. Records what goes through each channel of the page, as `[channel, text]`, and
 * passes it on.
 */
export const watchPage = () => {
  const seen = [];

  /** All strings in a value. */
  const textOf = (value, depth = 0) => {
    if (value instanceof Error)
      return `${value.name} ${value.message} ${value.stack} ${textOf(value.cause, depth + 1)}`;
    if (value instanceof Event) return `${value.type} ${textOf(value.detail ?? value.data ?? value.error, depth + 1)}`;
    if (value instanceof ArrayBuffer) return textOf(new Uint8Array(value), depth);
    if (ArrayBuffer.isView(value))
      return Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), (byte) =>
        String.fromCharCode(byte),
      ).join("");
    if (value && typeof value === "object" && depth < 6) {
      const own = Object.entries(value).map(([name, member]) => `${name}: ${textOf(member, depth + 1)}`);
      // Properties on the platform's prototypes.
      const told = typeof value.toJSON === "function" ? textOf(value.toJSON(), depth + 1) : "";
      return `${own.join("; ")} ${told}`;
    }
    return typeof value === "symbol" ? (value.description ?? "") : String(value);
  };
  const note = (channel, ...values) => seen.push([channel, values.map((value) => textOf(value)).join(" ")]);

  const replace = (owner, name, channel, real = owner?.[name]) => {
    if (typeof real !== "function") return;
    owner[name] = function (...values) {
      note(channel, ...values);
      return Reflect.apply(real, this, values);
    };
  };
  for (const name of Object.keys(console)) replace(console, name, `console.${name}`);
  replace(Storage.prototype, "setItem", "storage");
  replace(IDBFactory.prototype, "open", "IndexedDB");
  for (const name of ["put", "add"]) replace(IDBObjectStore.prototype, name, "IndexedDB");
  replace(CacheStorage.prototype, "open", "cache");
  for (const name of ["put", "add", "addAll"]) replace(Cache.prototype, name, "cache");
  for (const name of ["pushState", "replaceState"]) replace(History.prototype, name, "history");
  replace(globalThis, "postMessage", "postMessage");
  for (const owner of [MessagePort, BroadcastChannel, Worker, ServiceWorker])
    replace(owner.prototype, "postMessage", `${owner.name}.postMessage`);
  for (const name of ["mark", "measure"]) replace(Performance.prototype, name, `performance.${name}`);
  for (const name of ["write", "writeText"]) replace(Clipboard.prototype, name, "clipboard");
  replace(Navigator.prototype, "sendBeacon", "sendBeacon");
  replace(URL, "createObjectURL", "createObjectURL");
  replace(WebSocket.prototype, "send", "WebSocket");
  replace(EventTarget.prototype, "dispatchEvent", "event");
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    ...cookie,
    set(value) {
      note("cookie", value);
      Reflect.apply(cookie.set, this, [value]);
    },
  });
  replace(globalThis.CookieStore?.prototype, "set", "cookie");

  addEventListener("error", ({ message, filename, error }) => note("error event", message, filename, error));
  addEventListener("unhandledrejection", ({ reason }) => note("unhandled rejection", reason));
  addEventListener("message", ({ data }) => note("message event", data));
  addEventListener("securitypolicyviolation", ({ blockedURI, sample }) => note("policy violation", blockedURI, sample));

  const globals = new Set(Object.getOwnPropertyNames(globalThis));

  /** All recorded sightings, and what is stored in the page now. */
  const report = async () => {
    note("address", location.href, document.referrer, history.state, globalThis.name);
    note("storage", { ...localStorage }, { ...sessionStorage });
    note("cookie", document.cookie);
    note("IndexedDB", ...(await indexedDB.databases()).map(({ name }) => name));
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      note("cache", name, ...requests.map(({ url }) => url));
    }
    for (const entry of performance.getEntries()) note("performance entry", entry.toJSON(), entry.detail);
    note("document", document.documentElement.outerHTML, document.title);
    for (const name of Object.getOwnPropertyNames(globalThis))
      if (!globals.has(name) && name !== "stage") note("global", name, globalThis[name]);
    return seen;
  };
  Object.defineProperty(globalThis, "watch", { value: { report, note } });
  globals.add("watch");
};

/** Also watches a page from outside: its console, requests, navigations and cookies. */
export const watch = async (page) => {
  const seen = [];
  const note = (channel, ...texts) => seen.push([channel, texts.join(" ")]);
  const requests = [];
  page.on("console", (message) => note("console", message.text(), JSON.stringify(message.location())));
  page.on("pageerror", (error) => note("page error", error.name, error.message, error.stack));
  page.on("framenavigated", (frame) => note("address", frame.url(), frame.name()));
  page.context().on("request", (request) => requests.push(request));
  page.on("websocket", (socket) => note("WebSocket", socket.url()));
  await page.addInitScript(watchPage);

  const told = new Map();
  /** Each request counts once. */
  const tell = async (request, maySend) => [
    ["request address", request.url()],
    ["request header", JSON.stringify(await request.allHeaders())],
    ["request body", maySend(request) ? "" : (request.postData() ?? "")],
  ];

  return {
    /** All sightings so far, each once. Bodies of requests for which `maySend` returns true do not count. */
    async sightings(maySend) {
      for (const request of requests) if (!told.has(request)) told.set(request, await tell(request, maySend));
      const cookies = (await page.context().cookies()).map(({ name, value }) => ["cookie", `${name} ${value}`]);
      const inside = await page.evaluate(() => globalThis.watch.report());
      const all = [...seen, ...[...told.values()].flat(), ...cookies, ...inside];
      return [...new Map(all.map((sighting) => [sighting.join("\n"), sighting])).values()];
    },
  };
};
