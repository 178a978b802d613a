import { configure } from "webauthn-result";
import { Passkeys } from "../Passkeys";

configure({
  baseUrl: "https://INSTANCE.mauth.nevis.cloud",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

export default function Home() {
  return <Passkeys />;
}
