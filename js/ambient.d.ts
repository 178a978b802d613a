// What the sources in js/ use that neither they nor TypeScript's libraries declare.

/** What scripts/build/glue.mjs makes of wasm-bindgen's JavaScript. */
declare module "#glue" {
  /** Takes the exports of an instance, and returns those that are called in their place. */
  type Guard = (exports: object) => object;

  /** Makes an instance; resolves to the functions that Rust exports, see `PasskeyModule` and `CibaModule`. */
  export function instantiate<Module extends object>(module: WebAssembly.Module, guard: Guard): Promise<Module>;
  /** The same in the fallback, which brings the module as JavaScript. */
  export function instantiate(guard: Guard): Promise<object>;
}

/** The WebAssembly module, as scripts/build/bundle.mjs puts it into an entry. */
declare module "#module" {
  export default function compile(): Promise<WebAssembly.Module>;
}

/** What scripts/build/bundle.mjs says of the place where an entry runs. */
declare module "#server" {
  /** js/ciba-credentials.js on servers; nothing in pages, which hold no credentials. */
  export const createAuthenticate: typeof import("./ciba-credentials.js").createAuthenticate | undefined;
  /** Whether `fetch` of this server takes the option `cache`: that of Next.js would keep a token without it; workerd throws. */
  export const hasCacheOption: boolean;
}

declare module "node:crypto" {
  export const webcrypto: Crypto;
}

/** Built from js/fallback-module.js. */
declare module "*/webauthn-result.fallback.js" {
  export const instantiate: typeof import("./fallback.d.ts").instantiate;
}

/** The same with the other module. */
declare module "*/ciba.fallback.js" {
  export const instantiate: typeof import("./ciba-fallback.d.ts").instantiate;
}

/** The global object's class in a worker. */
declare const WorkerGlobalScope: unknown;

/** Permissions Policy as an API, which only Chromium has. */
interface Document {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean; features(): string[] };
}

interface String {
  /** Of the first character: an absent index is 0. */
  charCodeAt(): number;
}

/** What js/react-store.js uses. A page brings React, and the package has no dependency. */
declare module "react" {
  export function useEffect(effect: () => unknown, dependencies?: readonly unknown[]): void;
  export function useInsertionEffect(effect: () => unknown, dependencies?: readonly unknown[]): void;
  export function useState<T>(initialize: () => T): [T, (value: T) => void];
  export function useSyncExternalStore<T>(
    subscribe: (listener: () => void) => () => void,
    getSnapshot: () => T,
    getServerSnapshot: () => T,
  ): T;
}

/** What js/vue-store.js uses. */
declare module "vue" {
  export interface ComputedRef<T> {
    readonly value: T;
  }
  export function computed<T>(get: () => T): ComputedRef<T>;
  export function onScopeDispose(listener: () => void): void;
  export function shallowRef<T>(value: T): { value: T };
}

/** What js/svelte-store.js uses. */
declare module "svelte" {
  export function onDestroy(listener: () => void): void;
}
