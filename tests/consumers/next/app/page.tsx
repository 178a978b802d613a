import { Passkeys } from "./passkeys";

export default function Page() {
  return (
    <main>
      <h1>Passkeys</h1>
      <Passkeys />
    </main>
  );
}
