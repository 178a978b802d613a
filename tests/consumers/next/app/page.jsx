import { Passkeys } from "./passkeys.jsx";

export default function Page() {
  return (
    <main>
      <h1>Passkeys</h1>
      <Passkeys />
    </main>
  );
}
