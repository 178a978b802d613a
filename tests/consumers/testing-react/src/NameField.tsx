import { useEffect, useState } from "react";
import { offerPasskeys } from "./autofill";
import type { Words } from "./shop";

/** A field for the name, in which the browser offers passkeys. */
export function NameField() {
  const [shown, setShown] = useState<Words>();

  useEffect(() => offerPasskeys(setShown), []);

  return (
    <>
      <label>
        Name <input autoComplete="username webauthn" />
      </label>
      <output>{shown && `${shown.title}. ${shown.advice}`}</output>
    </>
  );
}
