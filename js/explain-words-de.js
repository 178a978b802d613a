// The texts of `explain` in German, with Sie, and with "ss" instead of "ß", because Switzerland writes it so.
// Rules for translators are in explain-words.js.

/** @type {import("./explain-words.js").Texts} */
export const de = {
  __proto__: null,

  // It worked, or the page ended the call: nothing is left to do.
  approved: { title: "Bestätigt", advice: "Vielen Dank, Ihre Bestätigung ist angekommen. Sie können weitermachen." },
  registered: {
    title: "Ihr Passkey ist bereit",
    advice: "Sie können weitermachen. Ab jetzt bestätigen Sie mit dem Passkey, dass Sie es sind.",
  },
  aborted: {
    title: "Abgebrochen",
    advice: "Der Vorgang wurde vorzeitig beendet. Sie können weitermachen, wann immer Sie möchten.",
  },
  superseded: {
    title: "Eine neuere Bestätigung wurde begonnen",
    advice: "Sie hat diese hier ersetzt. Bitte machen Sie mit der neueren weiter.",
  },

  // Trying again can help.
  dismissed: {
    title: "Nicht bestätigt",
    advice:
      "Das Fenster wurde geschlossen oder die Zeit ist abgelaufen. Bitte versuchen Sie es noch einmal oder wählen Sie eine andere Möglichkeit.",
  },
  tookTooLong: {
    title: "Die Zeit ist abgelaufen",
    advice:
      "Die Bestätigung kam nicht rechtzeitig. Bitte versuchen Sie es noch einmal und bestätigen Sie, sobald Sie gefragt werden.",
  },
  requestPending: {
    title: "Eine andere Anfrage ist noch offen",
    advice:
      "Bitte schliessen Sie zuerst jedes andere Anmelde- oder Passwortfenster auf dieser Seite und versuchen Sie es dann noch einmal.",
  },
  timeout: {
    title: "Keine Antwort von Ihrem Mobiltelefon",
    advice: "Bitte nehmen Sie Ihr Mobiltelefon zur Hand und versuchen Sie es noch einmal.",
  },
  invalid_code: {
    title: "Der Code stimmt nicht",
    advice: "Bitte öffnen Sie Ihre Code-App und geben Sie die Ziffern ein, die sie gerade anzeigt.",
  },
  unreachable: {
    title: "Verbindungsproblem",
    advice:
      "Unser Dienst ist gerade nicht erreichbar. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es in Kürze noch einmal.",
  },
  serviceProblem: {
    title: "Unser Dienst ist gerade gestört",
    advice:
      "Das liegt nicht an Ihnen. Bitte versuchen Sie es in ein paar Minuten noch einmal oder wählen Sie eine andere Möglichkeit.",
  },
  tooOften: {
    title: "Zu viele Versuche",
    advice:
      "Bitte warten Sie einige Minuten und versuchen Sie es dann noch einmal, oder wählen Sie eine andere Möglichkeit.",
  },
  generic: {
    title: "Das hat nicht geklappt",
    advice:
      "Bitte versuchen Sie es noch einmal. Wenn es wieder nicht klappt, wählen Sie eine andere Möglichkeit oder melden Sie sich bei uns.",
  },

  // Trying again cannot help, another way can.
  noCredential: {
    title: "Wir brauchen Ihren Benutzernamen",
    advice:
      "Hier gibt es keinen Passkey, der uns sagt, welches Konto Ihres ist. Bitte geben Sie Ihren Benutzernamen ein oder wählen Sie eine andere Möglichkeit.",
  },
  alreadyRegistered: {
    title: "Passkey bereits vorhanden",
    advice: "Dieses Gerät ist schon für Ihr Konto eingerichtet. Sie können den vorhandenen Passkey einfach verwenden.",
  },
  unsuitableDevice: {
    title: "Mit diesem Gerät geht es nicht",
    advice:
      "Bitte wählen Sie eine andere Möglichkeit oder ein anderes Gerät. Vielleicht hilft auch eine Displaysperre mit PIN oder Fingerabdruck.",
  },
  noWebAuthn: {
    title: "Mit diesem Browser geht es nicht",
    advice:
      "Bitte wählen Sie eine andere Möglichkeit, aktualisieren Sie Ihren Browser oder öffnen Sie diese Seite auf einem anderen Gerät.",
  },
  access_denied: {
    title: "Anfrage abgelehnt",
    advice:
      "Die Anfrage wurde auf Ihrem Mobiltelefon abgelehnt. Falls das ein Versehen war, wählen Sie bitte eine andere Möglichkeit.",
  },
  too_many_retries: {
    title: "Zu viele falsche Codes",
    advice: "Vorerst werden keine weiteren Codes angenommen. Bitte wählen Sie eine andere Möglichkeit.",
  },
  codesInCheck: {
    title: "Ihre letzten Codes werden noch geprüft",
    advice: "Bitte warten Sie auf das Ergebnis oder wählen Sie eine andere Möglichkeit.",
  },
  temporarily_locked: {
    title: "Vorübergehend gesperrt",
    advice:
      "Zu Ihrer Sicherheit werden fünfzehn Minuten lang keine Codes angenommen. Bitte wählen Sie eine andere Möglichkeit oder warten Sie so lange.",
  },
  user_not_found: {
    title: "Kein Konto gefunden",
    advice:
      "Zu dieser E-Mail-Adresse gibt es kein Konto. Bitte prüfen Sie die Adresse oder wählen Sie eine andere Möglichkeit.",
  },
  no_device_registered: {
    title: "Für Ihr Konto noch nicht eingerichtet",
    advice:
      "Dafür muss zuerst ein Mobiltelefon oder eine Code-App eingerichtet werden. Bitte wählen Sie vorerst eine andere Möglichkeit.",
  },

  // The page, its backend or its policies are wrong: the user can do nothing about that.
  wrongDomain: {
    title: "Unter dieser Webadresse geht es nicht",
    advice:
      "Es liegt nicht an Ihnen, und es wurde nichts bestätigt. Bitte wählen Sie eine andere Möglichkeit oder melden Sie sich bei uns.",
  },
  integrationError: {
    title: "Bei uns ist etwas schiefgelaufen",
    advice: "Es liegt nicht an Ihnen. Bitte wählen Sie eine andere Möglichkeit oder melden Sie sich bei uns.",
  },

  // The transaction is over: start again from the beginning.
  refused: {
    title: "Nicht angenommen",
    advice:
      "Ihre Bestätigung wurde nicht angenommen. Bitte beginnen Sie von vorn und melden Sie sich bei uns, wenn es wieder passiert.",
  },
  expired_token: {
    title: "Die Anfrage ist abgelaufen",
    advice: "Bitte beginnen Sie von vorn und bestätigen Sie dann innerhalb weniger Minuten auf Ihrem Mobiltelefon.",
  },
  cancelled: {
    title: "Anfrage abgebrochen",
    advice: "Die Anfrage wurde zurückgezogen. Wenn Sie weitermachen möchten, beginnen Sie bitte von vorn.",
  },

  // It may have worked: check before anything else.
  outcomeUnknown: {
    title: "Noch ist unklar, ob es geklappt hat",
    advice:
      "Es kam keine klare Antwort, vielleicht wegen der Verbindung. Bitte sehen Sie nach, ob es geklappt hat, bevor Sie es noch einmal versuchen.",
  },
  pending: {
    title: "Noch kein Ergebnis",
    advice:
      "Ihre Bestätigung steht noch aus oder wird noch bearbeitet. Bitte warten Sie einen Moment und prüfen Sie das Ergebnis, bevor Sie neu beginnen.",
  },
};
