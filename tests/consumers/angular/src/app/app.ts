import { Component, DestroyRef, inject, signal } from "@angular/core";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "webauthn-result";
import { authenticate, cancel, configure, register } from "webauthn-result";
import { explain } from "webauthn-result/explain";
import { confirm, problemOf, startApproval, startRegistration, type Words } from "../shop";

configure({
  baseUrl: "https://INSTANCE.mauth.nevis.cloud",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

@Component({
  selector: "app-root",
  styleUrl: "./app.css",
  templateUrl: "./app.html",
})
export class App {
  protected readonly username = signal("");
  protected readonly shown = signal<Words | undefined>(undefined);
  protected readonly busy = signal(false);

  constructor() {
    // An open prompt ends with the component.
    inject(DestroyRef).onDestroy(() => cancel());
  }

  protected create() {
    return this.settle(startRegistration, register);
  }

  protected approve() {
    return this.settle(startApproval, authenticate);
  }

  /** Runs a ceremony, has the backend verify its success, and shows how it ended, also if the backend fails. */
  private async settle<T extends Approval | Enrollment>(
    start: (username: string) => Promise<T>,
    ceremony: (transaction: T) => Promise<AuthenticationResult | RegistrationResult>,
  ) {
    // A second click would start a second transaction.
    if (this.busy()) return;
    this.busy.set(true);
    try {
      const transaction = await start(this.username());
      const result = await ceremony(transaction);
      if (result.success) await confirm(result.token, transaction);
      else console.warn(result.code.statusCode, result.message);
      this.shown.set(explain(result));
    } catch (error) {
      console.error(error);
      this.shown.set(problemOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
