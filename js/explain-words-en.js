// The texts of `explain` in English, which the others are translated from.
// Rules for translators are in explain-words.js.

/** @type {import("./explain-words.js").Texts} */
export const en = {
  __proto__: null,

  // It worked, or the page ended the call: nothing is left to do.
  approved: { title: "Approved", advice: "Thank you, your confirmation has arrived. You can continue." },
  registered: {
    title: "Your passkey is ready",
    advice: "You can continue. From now on, use your passkey to confirm that it is you.",
  },
  aborted: {
    title: "Canceled",
    advice: "This was stopped before it finished. You can continue whenever you are ready.",
  },
  superseded: {
    title: "Another confirmation was started",
    advice: "It has taken the place of this one. Please continue with the newer one.",
  },

  // Trying again can help.
  dismissed: {
    title: "Not confirmed",
    advice: "The window was closed or time ran out. Please try again, or choose another way.",
  },
  tookTooLong: {
    title: "Time ran out",
    advice: "No confirmation came in time. Please try again and confirm as soon as you are asked.",
  },
  requestPending: {
    title: "Another request is still open",
    advice: "Please close any other sign-in or password window on this page, and then try again.",
  },
  timeout: { title: "No answer from your phone", advice: "Please have your phone ready and try again." },
  invalid_code: {
    title: "That code is not right",
    advice: "Please open your code app and enter the digits it is showing right now.",
  },
  unreachable: {
    title: "Connection problem",
    advice: "Our service could not be reached. Please check your internet connection and try again in a moment.",
  },
  serviceProblem: {
    title: "Our service has a problem right now",
    advice: "You did nothing wrong. Please try again in a few minutes, or choose another way.",
  },
  tooOften: { title: "Too many attempts", advice: "Please wait a few minutes and try again, or choose another way." },
  generic: {
    title: "That did not work",
    advice: "Please try again. If it still does not work, choose another way or contact us.",
  },

  // Trying again cannot help, another way can.
  noCredential: {
    title: "We need your username",
    advice: "No passkey here tells us which account is yours. Please enter your username, or choose another way.",
  },
  alreadyRegistered: {
    title: "You already have a passkey here",
    advice: "This device is already set up for your account. You can simply use the passkey you have.",
  },
  unsuitableDevice: {
    title: "This does not work on this device",
    advice:
      "Please choose another way or another device. It may also help to set up a screen lock with a PIN or a fingerprint.",
  },
  noWebAuthn: {
    title: "This does not work in this browser",
    advice: "Please choose another way, update your browser, or open this page on another device.",
  },
  access_denied: {
    title: "Request declined",
    advice: "The request was declined on your phone. If that was a mistake, please choose another way.",
  },
  too_many_retries: {
    title: "Too many wrong codes",
    advice: "No more codes are accepted for now. Please choose another way.",
  },
  codesInCheck: {
    title: "Your last codes are still being checked",
    advice: "Please wait for the result, or choose another way.",
  },
  temporarily_locked: {
    title: "Temporarily locked",
    advice:
      "For your safety, no codes are accepted for fifteen minutes. Please choose another way, or wait until then.",
  },
  user_not_found: {
    title: "No account found",
    advice: "There is no account for this email address. Please check it, or choose another way.",
  },
  no_device_registered: {
    title: "Not set up for your account yet",
    advice: "This needs a phone or a code app that is set up for your account. For now, please choose another way.",
  },

  // The page, its backend or its policies are wrong: the user can do nothing about that.
  wrongDomain: {
    title: "This does not work at this web address",
    advice: "It is not your fault, and nothing was confirmed. Please choose another way, or contact us.",
  },
  integrationError: {
    title: "Something went wrong on our side",
    advice: "It is not your fault. Please choose another way, or contact us.",
  },

  // The transaction is over: start again from the beginning.
  refused: {
    title: "Not accepted",
    advice:
      "Your confirmation was not accepted. Please start again from the beginning, and contact us if it happens again.",
  },
  expired_token: {
    title: "The request has expired",
    advice: "Please start again from the beginning, then confirm on your phone within a few minutes.",
  },
  cancelled: {
    title: "Request canceled",
    advice: "The request was withdrawn. If you still want to continue, please start again from the beginning.",
  },

  // It may have worked: check before anything else.
  outcomeUnknown: {
    title: "We do not know yet whether it worked",
    advice:
      "No clear answer came back, perhaps because the connection was lost. It may have gone through, so please check this before you try again.",
  },
  pending: {
    title: "Not decided yet",
    advice:
      "Your confirmation has not arrived yet or is still being processed. Please wait a moment, and check the result before you start again.",
  },
};
