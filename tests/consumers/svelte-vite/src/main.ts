import { mount } from "svelte";
import { configure } from "webauthn-result";
import Passkeys from "./Passkeys.svelte";
import "./app.css";

configure({
  baseUrl: "http://localhost:5190",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

mount(Passkeys, { target: document.querySelector("#app")! });
