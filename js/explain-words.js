// The texts that `explain` returns for users: a title and an advice for each cause, by language.
//
// For translators: use formal address. A title has at most 60 characters and no full stop. An advice has one or two sentences
// that say what to do next. The same text is shown after signing in, approving and registering, so it names one of them only
// if the cause implies it. Use the words for "passkey" and "screen lock" that phones and browsers use in that language:
// docs/words.md has them, with their sources. The headings in the files say what the advice may be: it says "try again" only
// under that heading.

import { de } from "./explain-words-de.js";
import { en } from "./explain-words-en.js";
import { es } from "./explain-words-es.js";
import { fr } from "./explain-words-fr.js";
import { it } from "./explain-words-it.js";
import { pt } from "./explain-words-pt.js";

/** @import { ExplanationKey, ExplanationText } from "./explain.d.ts" */

/** @typedef {{ __proto__: null } & Record<ExplanationKey, ExplanationText>} Texts */

/** @typedef {"en" | "de" | "fr" | "it" | "es" | "pt"} Language */

/** @type {{ __proto__: null } & Record<Language, Texts>} */
export const words = { __proto__: null, en, de, fr, it, es, pt };
