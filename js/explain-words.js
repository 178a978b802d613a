// The texts that `explain` returns for users: a title and an advice for each cause, in four languages.
//
// For translators: use formal address (Sie, vous, Lei). German has "ss" instead of "ß", because Switzerland writes it so.
// A title has at most 60 characters and no full stop. An advice has one or two sentences that say what to do next. The same
// text is shown after signing in, approving and registering, so it names one of them only if the cause implies it. Use the
// word for "passkey" that phones and browsers use in that language. The headings below say what the advice may be: it says
// "try again" only under that heading.

/** @import { Cause } from "./cause.d.ts" */

/**
 * What the causes without words of their own share, and what a code says beyond its cause.
 *
 * @typedef {"generic" | "integrationError" | "serviceProblem" | "tooOften" | "codesInCheck"} Shared
 */

/** @typedef {Record<"en" | "de" | "fr" | "it", [title: string, advice: string]>} Texts */

/** @type {{ __proto__: null } & Partial<Record<Cause, Texts>> & Record<Shared, Texts>} */
export const words = {
  __proto__: null,

  // It worked, or the page ended the call: nothing is left to do.
  approved: {
    en: ["Approved", "Thank you, your confirmation has arrived. You can carry on."],
    de: ["Bestätigt", "Vielen Dank, Ihre Bestätigung ist angekommen. Sie können weitermachen."],
    fr: ["Confirmé", "Merci, votre confirmation nous est bien parvenue. Vous pouvez continuer."],
    it: ["Confermato", "Grazie, la Sua conferma è arrivata. Può continuare."],
  },
  registered: {
    en: ["Your passkey is ready", "You can carry on. From now on, use your passkey to confirm that it is you."],
    de: [
      "Ihr Passkey ist bereit",
      "Sie können weitermachen. Ab jetzt bestätigen Sie mit dem Passkey, dass Sie es sind.",
    ],
    fr: ["Votre clé d’accès est prête", "Vous pouvez continuer. Utilisez-la désormais pour confirmer votre identité."],
    it: ["La Sua passkey è pronta", "Può continuare. D’ora in poi potrà usarla per confermare la Sua identità."],
  },
  aborted: {
    en: ["Canceled", "It was ended before it was finished. You can continue whenever you are ready."],
    de: ["Abgebrochen", "Der Vorgang wurde vorzeitig beendet. Sie können weitermachen, wann immer Sie möchten."],
    fr: ["Opération annulée", "Elle n’a pas été menée à son terme. Vous pouvez continuer quand vous le souhaitez."],
    it: ["Operazione annullata", "Non è stata portata a termine. Può continuare quando lo desidera."],
  },
  superseded: {
    en: ["Another confirmation was started", "It has taken the place of this one. Please carry on with the newer one."],
    de: [
      "Eine neuere Bestätigung wurde begonnen",
      "Sie hat diese hier ersetzt. Bitte machen Sie mit der neueren weiter.",
    ],
    fr: ["Une autre confirmation a été lancée", "Elle remplace celle-ci. Veuillez continuer avec la plus récente."],
    it: ["È stata avviata un’altra conferma", "Ha preso il posto di questa. Continui con quella più recente."],
  },

  // Trying again can help.
  dismissed: {
    en: ["Not confirmed", "The window was closed or time ran out. Please try again, or choose another way."],
    de: [
      "Nicht bestätigt",
      "Das Fenster wurde geschlossen oder die Zeit ist abgelaufen. Bitte versuchen Sie es noch einmal oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: [
      "Pas de confirmation",
      "La fenêtre a été fermée ou le délai est écoulé. Veuillez réessayer ou choisir un autre moyen.",
    ],
    it: ["Conferma non avvenuta", "La finestra è stata chiusa o il tempo è scaduto. Riprovi o scelga un altro metodo."],
  },
  tookTooLong: {
    en: ["The time ran out", "No confirmation came in time. Please try again and confirm as soon as you are asked."],
    de: [
      "Die Zeit ist abgelaufen",
      "Die Bestätigung kam nicht rechtzeitig. Bitte versuchen Sie es noch einmal und bestätigen Sie, sobald Sie gefragt werden.",
    ],
    fr: [
      "Le délai est écoulé",
      "La confirmation n’est pas arrivée à temps. Veuillez réessayer et confirmer dès qu’on vous le demande.",
    ],
    it: ["Il tempo è scaduto", "La conferma non è arrivata in tempo. Riprovi e confermi appena Le viene richiesto."],
  },
  requestPending: {
    en: [
      "Another request is still open",
      "Please close any other sign-in or password window on this page, and then try again.",
    ],
    de: [
      "Eine andere Anfrage ist noch offen",
      "Bitte schliessen Sie zuerst jedes andere Anmelde- oder Passwortfenster auf dieser Seite und versuchen Sie es dann noch einmal.",
    ],
    fr: [
      "Une autre demande est encore ouverte",
      "Veuillez d’abord fermer toute autre fenêtre de connexion ou de mot de passe sur cette page, puis réessayer.",
    ],
    it: [
      "Un’altra richiesta è ancora aperta",
      "Chiuda prima ogni altra finestra di accesso o di password su questa pagina, poi riprovi.",
    ],
  },
  timeout: {
    en: ["No answer from your phone", "Please have your phone at hand and try again."],
    de: [
      "Keine Antwort von Ihrem Mobiltelefon",
      "Bitte nehmen Sie Ihr Mobiltelefon zur Hand und versuchen Sie es noch einmal.",
    ],
    fr: ["Pas de réponse de votre téléphone", "Veuillez garder votre téléphone à portée de main et réessayer."],
    it: ["Nessuna risposta dal Suo telefono", "Tenga il telefono a portata di mano e riprovi."],
  },
  invalid_code: {
    en: ["That code is not right", "Please open your code app and enter the digits it is showing right now."],
    de: [
      "Der Code stimmt nicht",
      "Bitte öffnen Sie Ihre Code-App und geben Sie die Ziffern ein, die sie gerade anzeigt.",
    ],
    fr: [
      "Le code n’est pas correct",
      "Veuillez ouvrir votre application de codes et saisir les chiffres qu’elle affiche en ce moment.",
    ],
    it: ["Il codice non è corretto", "Apra l’app dei codici e inserisca le cifre che mostra in questo momento."],
  },
  unreachable: {
    en: [
      "Connection problem",
      "Our service could not be reached. Please check your internet connection and try again in a moment.",
    ],
    de: [
      "Verbindungsproblem",
      "Unser Dienst ist gerade nicht erreichbar. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es in einem Moment noch einmal.",
    ],
    fr: [
      "Problème de connexion",
      "Notre service n’a pas pu être joint. Veuillez vérifier votre connexion Internet et réessayer dans un instant.",
    ],
    it: [
      "Problema di connessione",
      "Il nostro servizio non è raggiungibile. Controlli la connessione a Internet e riprovi tra qualche istante.",
    ],
  },
  serviceProblem: {
    en: [
      "Our service has a problem right now",
      "This is not because of you. Please try again in a few minutes, or choose another way.",
    ],
    de: [
      "Unser Dienst ist gerade gestört",
      "Das liegt nicht an Ihnen. Bitte versuchen Sie es in ein paar Minuten noch einmal oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: [
      "Notre service rencontre un problème",
      "Cela ne vient pas de vous. Veuillez réessayer dans quelques minutes ou choisir un autre moyen.",
    ],
    it: ["Il nostro servizio ha un problema", "Non dipende da Lei. Riprovi tra pochi minuti o scelga un altro metodo."],
  },
  tooOften: {
    en: ["Too many attempts", "Please wait a few minutes and try again, or choose another way."],
    de: [
      "Zu viele Anfragen",
      "Bitte warten Sie einige Minuten und versuchen Sie es dann noch einmal, oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: ["Trop de tentatives", "Veuillez patienter quelques minutes, puis réessayer ou choisir un autre moyen."],
    it: ["Troppi tentativi", "Attenda qualche minuto e riprovi, oppure scelga un altro metodo."],
  },
  generic: {
    en: ["That did not work", "Please try again. If it still does not work, choose another way or contact us."],
    de: [
      "Das hat nicht geklappt",
      "Bitte versuchen Sie es noch einmal. Wenn es wieder nicht klappt, wählen Sie eine andere Möglichkeit oder melden Sie sich bei uns.",
    ],
    fr: [
      "Cela n’a pas fonctionné",
      "Veuillez réessayer. Si cela ne fonctionne toujours pas, choisissez un autre moyen ou contactez-nous.",
    ],
    it: ["Non ha funzionato", "Riprovi. Se ancora non funziona, scelga un altro metodo oppure ci contatti."],
  },

  // Trying again cannot help, another way can.
  noCredential: {
    en: [
      "We need your user name",
      "This passkey does not tell us which account is yours. Please enter your user name, or choose another way.",
    ],
    de: [
      "Wir brauchen Ihren Benutzernamen",
      "Dieser Passkey sagt uns nicht, welches Konto Ihres ist. Bitte geben Sie Ihren Benutzernamen ein oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: [
      "Votre identifiant est nécessaire",
      "Cette clé d’accès ne nous indique pas quel est votre compte. Veuillez saisir votre identifiant ou choisir un autre moyen.",
    ],
    it: [
      "Serve il Suo nome utente",
      "Questa passkey non ci indica qual è il Suo account. Inserisca il Suo nome utente o scelga un altro metodo.",
    ],
  },
  alreadyRegistered: {
    en: [
      "You already have a passkey here",
      "This device is already set up for your account. You can simply use the passkey you have.",
    ],
    de: [
      "Passkey bereits vorhanden",
      "Dieses Gerät ist schon für Ihr Konto eingerichtet. Sie können den vorhandenen Passkey einfach verwenden.",
    ],
    fr: [
      "Clé d’accès déjà enregistrée",
      "Cet appareil est déjà configuré pour votre compte. Vous pouvez simplement utiliser la clé d’accès existante.",
    ],
    it: [
      "Passkey già presente",
      "Questo dispositivo è già configurato per il Suo account. Può semplicemente usare la passkey esistente.",
    ],
  },
  unsuitableDevice: {
    en: [
      "This does not work on this device",
      "Please choose another way or another device. It may also help to set up a screen lock with a PIN or a fingerprint.",
    ],
    de: [
      "Mit diesem Gerät geht es nicht",
      "Bitte wählen Sie eine andere Möglichkeit oder ein anderes Gerät. Vielleicht hilft auch eine Bildschirmsperre mit PIN oder Fingerabdruck.",
    ],
    fr: [
      "Cet appareil ne convient pas",
      "Veuillez choisir un autre moyen ou un autre appareil. Activer le verrouillage de l’écran par code ou empreinte digitale peut aussi aider.",
    ],
    it: [
      "Questo dispositivo non è adatto",
      "Scelga un altro metodo o un altro dispositivo. Può aiutare anche attivare il blocco schermo con un PIN o un’impronta digitale.",
    ],
  },
  noWebAuthn: {
    en: [
      "This does not work in this browser",
      "Please choose another way, update your browser, or open this page on another device.",
    ],
    de: [
      "Mit diesem Browser geht es nicht",
      "Bitte wählen Sie eine andere Möglichkeit, aktualisieren Sie Ihren Browser oder öffnen Sie diese Seite auf einem anderen Gerät.",
    ],
    fr: [
      "Ce navigateur ne convient pas",
      "Veuillez choisir un autre moyen, mettre à jour votre navigateur ou ouvrir cette page sur un autre appareil.",
    ],
    it: [
      "Questo browser non è adatto",
      "Scelga un altro metodo, aggiorni il browser oppure apra questa pagina su un altro dispositivo.",
    ],
  },
  access_denied: {
    en: [
      "Request declined",
      "The request was declined on your phone. If that was a mistake, please choose another way.",
    ],
    de: [
      "Anfrage abgelehnt",
      "Die Anfrage wurde auf Ihrem Mobiltelefon abgelehnt. Falls das ein Versehen war, wählen Sie bitte eine andere Möglichkeit.",
    ],
    fr: [
      "Demande refusée",
      "La demande a été refusée sur votre téléphone. Si c’était une erreur, veuillez choisir un autre moyen.",
    ],
    it: [
      "Richiesta rifiutata",
      "La richiesta è stata rifiutata sul Suo telefono. Se è stato un errore, scelga un altro metodo.",
    ],
  },
  too_many_retries: {
    en: ["Too many wrong codes", "No more codes are accepted for now. Please choose another way."],
    de: [
      "Zu viele falsche Codes",
      "Vorerst werden keine weiteren Codes angenommen. Bitte wählen Sie eine andere Möglichkeit.",
    ],
    fr: ["Trop de codes erronés", "Aucun autre code n’est accepté pour l’instant. Veuillez choisir un autre moyen."],
    it: ["Troppi codici errati", "Per ora non vengono accettati altri codici. Scelga un altro metodo."],
  },
  codesInCheck: {
    en: ["Your last codes are still being checked", "Please wait for the result, or choose another way."],
    de: [
      "Ihre letzten Codes werden noch geprüft",
      "Bitte warten Sie auf das Ergebnis oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: [
      "Vos derniers codes sont en cours de vérification",
      "Veuillez attendre le résultat ou choisir un autre moyen.",
    ],
    it: ["I Suoi ultimi codici sono ancora in fase di verifica", "Attenda il risultato o scelga un altro metodo."],
  },
  temporarily_locked: {
    en: [
      "Temporarily locked",
      "For your safety, no codes are accepted for fifteen minutes. Please choose another way, or wait until then.",
    ],
    de: [
      "Vorübergehend gesperrt",
      "Zu Ihrer Sicherheit werden fünfzehn Minuten lang keine Codes angenommen. Bitte wählen Sie eine andere Möglichkeit oder warten Sie so lange.",
    ],
    fr: [
      "Accès bloqué temporairement",
      "Pour votre sécurité, aucun code n’est accepté pendant quinze minutes. Veuillez choisir un autre moyen ou patienter jusque-là.",
    ],
    it: [
      "Accesso temporaneamente bloccato",
      "Per la Sua sicurezza, non viene accettato alcun codice per quindici minuti. Scelga un altro metodo o attenda fino ad allora.",
    ],
  },
  user_not_found: {
    en: ["No account found", "There is no account for this email address. Please check it, or choose another way."],
    de: [
      "Kein Konto gefunden",
      "Zu dieser E-Mail-Adresse gibt es kein Konto. Bitte prüfen Sie die Adresse oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: [
      "Aucun compte trouvé",
      "Il n’existe aucun compte pour cette adresse e-mail. Veuillez la vérifier ou choisir un autre moyen.",
    ],
    it: [
      "Nessun account trovato",
      "Non esiste alcun account per questo indirizzo e-mail. Lo controlli o scelga un altro metodo.",
    ],
  },
  no_device_registered: {
    en: [
      "Not set up for your account yet",
      "This needs a phone or a code app that is set up for your account. For now, please choose another way.",
    ],
    de: [
      "Für Ihr Konto noch nicht eingerichtet",
      "Dafür muss zuerst ein Mobiltelefon oder eine Code-App eingerichtet werden. Bitte wählen Sie vorerst eine andere Möglichkeit.",
    ],
    fr: [
      "Pas encore configuré pour votre compte",
      "Il faut d’abord configurer un téléphone ou une application de codes. Pour l’instant, veuillez choisir un autre moyen.",
    ],
    it: [
      "Non ancora configurato per il Suo account",
      "Occorre prima configurare un telefono o un’app dei codici. Per ora scelga un altro metodo.",
    ],
  },

  // The page, its backend or its policies are wrong: the user can do nothing about that.
  wrongDomain: {
    en: [
      "This does not work at this web address",
      "It is not your fault, and nothing was confirmed. Please choose another way, or contact us.",
    ],
    de: [
      "An dieser Webadresse geht es nicht",
      "Es liegt nicht an Ihnen, und es wurde nichts bestätigt. Bitte wählen Sie eine andere Möglichkeit oder melden Sie sich bei uns.",
    ],
    fr: [
      "Cela ne fonctionne pas à cette adresse web",
      "Vous n’y êtes pour rien, et rien n’a été confirmé. Veuillez choisir un autre moyen ou nous contacter.",
    ],
    it: [
      "Non funziona a questo indirizzo web",
      "Non dipende da Lei e nulla è stato confermato. Scelga un altro metodo oppure ci contatti.",
    ],
  },
  integrationError: {
    en: ["Something went wrong on our side", "It is not your fault. Please choose another way, or contact us."],
    de: [
      "Bei uns ist etwas schiefgelaufen",
      "Es liegt nicht an Ihnen. Bitte wählen Sie eine andere Möglichkeit oder melden Sie sich bei uns.",
    ],
    fr: [
      "Un problème est survenu de notre côté",
      "Vous n’y êtes pour rien. Veuillez choisir un autre moyen ou nous contacter.",
    ],
    it: [
      "Si è verificato un problema da parte nostra",
      "Non dipende da Lei. Scelga un altro metodo oppure ci contatti.",
    ],
  },

  // The transaction is over: start again from the beginning.
  refused: {
    en: [
      "Not accepted",
      "Your confirmation was not accepted. Please start again from the beginning, and contact us if it happens again.",
    ],
    de: [
      "Nicht angenommen",
      "Ihre Bestätigung wurde nicht angenommen. Bitte beginnen Sie von vorn und melden Sie sich bei uns, wenn es wieder passiert.",
    ],
    fr: [
      "Confirmation non acceptée",
      "Votre confirmation n’a pas été acceptée. Veuillez recommencer depuis le début et nous contacter si cela se reproduit.",
    ],
    it: [
      "Conferma non accettata",
      "La Sua conferma non è stata accettata. Ricominci da capo e ci contatti se succede di nuovo.",
    ],
  },
  expired_token: {
    en: [
      "The request has expired",
      "Please start again from the beginning, then confirm on your phone within a few minutes.",
    ],
    de: [
      "Die Anfrage ist abgelaufen",
      "Bitte beginnen Sie von vorn und bestätigen Sie dann innerhalb weniger Minuten auf Ihrem Mobiltelefon.",
    ],
    fr: [
      "La demande a expiré",
      "Veuillez recommencer depuis le début, puis confirmer sur votre téléphone dans les minutes qui suivent.",
    ],
    it: ["La richiesta è scaduta", "Ricominci da capo e confermi sul telefono entro pochi minuti."],
  },
  cancelled: {
    en: [
      "Request canceled",
      "The request was withdrawn. If you would still like to go on, please start again from the beginning.",
    ],
    de: [
      "Anfrage abgebrochen",
      "Die Anfrage wurde zurückgezogen. Wenn Sie weitermachen möchten, beginnen Sie bitte von vorn.",
    ],
    fr: [
      "Demande annulée",
      "La demande a été retirée. Si vous souhaitez continuer, veuillez recommencer depuis le début.",
    ],
    it: ["Richiesta annullata", "La richiesta è stata ritirata. Se desidera continuare, ricominci da capo."],
  },

  // It may have worked: check before anything else.
  outcomeUnknown: {
    en: [
      "We do not know yet whether it worked",
      "No clear answer came back, perhaps because the connection was lost. It may have gone through, so please check this before you try again.",
    ],
    de: [
      "Noch ist unklar, ob es geklappt hat",
      "Es kam keine klare Antwort, vielleicht wegen der Verbindung. Bitte sehen Sie nach, ob es geklappt hat, bevor Sie es noch einmal versuchen.",
    ],
    fr: [
      "Le résultat n’est pas encore certain",
      "Aucune réponse claire n’est arrivée, peut-être à cause de la connexion. Veuillez vérifier si la demande a abouti avant de réessayer.",
    ],
    it: [
      "L’esito non è ancora certo",
      "Non è arrivata una risposta chiara, forse a causa della connessione. Verifichi se la richiesta è andata a buon fine prima di riprovare.",
    ],
  },
  pending: {
    en: [
      "Not decided yet",
      "Your confirmation has not arrived yet or is still being processed. Please wait a moment, and check the result before you start again.",
    ],
    de: [
      "Noch nicht entschieden",
      "Ihre Bestätigung steht noch aus oder wird noch bearbeitet. Bitte warten Sie einen Moment und prüfen Sie das Ergebnis, bevor Sie neu beginnen.",
    ],
    fr: [
      "Pas encore décidé",
      "Votre confirmation est encore attendue ou en cours de traitement. Veuillez patienter un instant et vérifier le résultat avant de recommencer.",
    ],
    it: [
      "Non ancora deciso",
      "La Sua conferma è ancora attesa o in elaborazione. Attenda un momento e verifichi l’esito prima di ricominciare.",
    ],
  },
};
