// What the bindings for React, Vue and Svelte have in common: docs/frameworks.md.

import type { Cause } from "./cause.cjs";
import type { ApprovalOptions, SafeResult } from "./ciba.cjs";
import type { Settings } from "./index.cjs";

/**
 * What a component is doing: nothing; waiting for the page's `start`, or until the push is sent; a stage of the call; or it
 * has an outcome, or a problem.
 *
 * @example
 * import type { BindingState } from "webauthn-result/react";
 *
 * const isBusy = (state: BindingState) => state !== "idle" && state !== "done";
 */
export type BindingState = "idle" | "starting" | "prompting" | "finalizing" | "recovering" | "done";

/**
 * What a component shows. A new run clears it.
 *
 * @example
 * import type { AuthenticationResult } from "webauthn-result";
 * import type { BindingValues } from "webauthn-result/react";
 *
 * const textOf = ({ state, outcome, problem }: BindingValues<AuthenticationResult>) =>
 *   problem ? "Our shop did not respond." : outcome ? outcome.code.message : state;
 */
export interface BindingValues<Outcome> {
  readonly state: BindingState;
  /** The result, whether it is a success or a failure. */
  readonly outcome: Outcome | undefined;
  /** The cause of `outcome`, as of `webauthn-result/cause`. */
  readonly cause: Cause | undefined;
  /** What `start` threw. Then there is no outcome. */
  readonly problem: unknown;
}

/**
 * What `run` resolves to. It has this run's own end, also when the component shows another run or is gone. If `start` was
 * cancelled, or `run` was called after the component had unmounted, there is neither outcome nor problem.
 *
 * @example
 * import type { Approval, AuthenticationResult } from "webauthn-result";
 * import type { BindingEnd } from "webauthn-result/react";
 *
 * async function verify({ outcome, transaction }: BindingEnd<AuthenticationResult, Approval>): Promise<void> {
 *   if (!outcome?.success || !transaction) return;
 *   const body = JSON.stringify({ token: outcome.token, statusToken: transaction.statusToken });
 *   await fetch("/verify", { method: "POST", body });
 * }
 */
export interface BindingEnd<Outcome, Transaction> {
  outcome: Outcome | undefined;
  cause: Cause | undefined;
  problem: unknown;
  /** What `start` resolved to. */
  transaction: Transaction | undefined;
}

/**
 * The functions of a binding. They are the same in each render.
 *
 * @example
 * import type { Approval, AuthenticationResult } from "webauthn-result";
 * import type { BindingControls } from "webauthn-result/react";
 *
 * type Controls = BindingControls<[username: string], AuthenticationResult, Approval>;
 * const signIn = async ({ run }: Controls) => (await run("zoe")).outcome?.success === true;
 */
export interface BindingControls<Args extends unknown[], Outcome, Transaction> {
  /**
   * Begins, and passes its arguments on. Ends the run before it, unless the user has confirmed that. After the component has
   * unmounted, it begins nothing. Never rejects.
   */
  run: (...args: Args) => Promise<BindingEnd<Outcome, Transaction>>;
  /** Ends `start` or the prompt. It has no effect once the user has confirmed. Never throws. */
  cancel: () => void;
}

/**
 * The settings of a call, which `run` reads: those of `webauthn-result`, without those that the binding sets itself.
 * `onProgress` takes the place of that of `configure`, even where it is absent.
 *
 * @example
 * import type { BindingSettings } from "webauthn-result/react";
 *
 * const settings: BindingSettings = { finalizeTimeout: 5000 };
 */
export type BindingSettings = Omit<Settings, "mediation" | "signal">;

/**
 * The client that `usePush` takes: a `CIBAClient`, or what has its method.
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 * import type { PushClient } from "webauthn-result/react/push";
 *
 * const client: PushClient = new CIBAClient({ clientId: "your_client_id" });
 */
export interface PushClient {
  safeAuthenticate(email: string, options?: ApprovalOptions | null): Promise<SafeResult>;
}

/**
 * The options of a push: those of `safeAuthenticate`, without the signal, which is the binding's own.
 *
 * @example
 * import type { PushSettings } from "webauthn-result/react/push";
 *
 * const settings: PushSettings = { bindingMessage: "Sign in to the shop", timeout: 120 };
 */
export type PushSettings = Omit<ApprovalOptions, "signal">;

/**
 * What a component shows of a push.
 *
 * @example
 * import type { PushValues } from "webauthn-result/react/push";
 *
 * const textOf = ({ secondsLeft }: PushValues) =>
 *   secondsLeft === undefined ? "" : `Please look at your phone: ${Math.ceil(secondsLeft)} seconds left`;
 */
export interface PushValues extends BindingValues<SafeResult> {
  /** Seconds until the poll times out, while it waits. */
  readonly secondsLeft: number | undefined;
}

/**
 * The functions of a push.
 *
 * @example
 * import type { PushControls } from "webauthn-result/react/push";
 *
 * const approve = async ({ run }: PushControls) => (await run("user@example.com")).outcome?.success === true;
 */
export type PushControls = BindingControls<[email: string, options?: PushSettings | undefined], SafeResult, never>;
