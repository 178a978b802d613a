// The texts that `explain` returns for users: a title and an advice for each cause, in four languages.
//
// For translators: use formal address (Sie, vous, Lei). German has "ss" instead of "ß", because Switzerland writes it so.
// A title has at most 60 characters and no full stop. An advice has one or two sentences that say what to do next. The same
// text is shown after signing in, approving and registering, so it names one of them only if the cause implies it. Use the
// word for "passkey" that phones and browsers use in that language.

/** @satisfies {Record<string, Record<"en" | "de" | "fr" | "it", [title: string, advice: string]>>} */
export const words = {
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

  // The prompt.
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
  tooSlow: {
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
  rpIdMismatch: {
    en: [
      "This web address does not match",
      "For your safety, nothing was confirmed. Please open our website at its usual address, or contact us.",
    ],
    de: [
      "Diese Webadresse passt nicht",
      "Zu Ihrer Sicherheit wurde nichts bestätigt. Bitte öffnen Sie unsere Website über die gewohnte Adresse oder melden Sie sich bei uns.",
    ],
    fr: [
      "Cette adresse web ne correspond pas",
      "Pour votre sécurité, rien n’a été confirmé. Veuillez ouvrir notre site à son adresse habituelle ou nous contacter.",
    ],
    it: [
      "Questo indirizzo web non corrisponde",
      "Per la Sua sicurezza, nulla è stato confermato. Apra il nostro sito all’indirizzo abituale oppure ci contatti.",
    ],
  },
  aborted: {
    en: [
      "Cancelled",
      "The request was stopped or replaced by a newer one. If you would still like to go on, please start again.",
    ],
    de: [
      "Abgebrochen",
      "Die Anfrage wurde beendet oder durch eine neuere ersetzt. Wenn Sie weitermachen möchten, beginnen Sie bitte von vorn.",
    ],
    fr: [
      "Demande annulée",
      "La demande a été interrompue ou remplacée par une autre. Si vous souhaitez continuer, veuillez recommencer.",
    ],
    it: [
      "Richiesta annullata",
      "La richiesta è stata interrotta o sostituita da un’altra. Se desidera continuare, ricominci da capo.",
    ],
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
      "Please set up a screen lock, for example with a PIN or a fingerprint, or use another device.",
    ],
    de: [
      "Mit diesem Gerät geht es nicht",
      "Bitte richten Sie eine Bildschirmsperre ein, zum Beispiel mit PIN oder Fingerabdruck, oder verwenden Sie ein anderes Gerät.",
    ],
    fr: [
      "Cet appareil ne convient pas",
      "Veuillez activer le verrouillage de l’écran, par exemple avec un code ou une empreinte digitale, ou utiliser un autre appareil.",
    ],
    it: [
      "Questo dispositivo non è adatto",
      "Attivi il blocco schermo, ad esempio con un PIN o un’impronta digitale, oppure usi un altro dispositivo.",
    ],
  },
  unsuitableBrowser: {
    en: [
      "This does not work in this browser",
      "Please update your browser, or open this page in another browser or on another device.",
    ],
    de: [
      "Mit diesem Browser geht es nicht",
      "Bitte aktualisieren Sie Ihren Browser oder öffnen Sie diese Seite in einem anderen Browser oder auf einem anderen Gerät.",
    ],
    fr: [
      "Ce navigateur ne convient pas",
      "Veuillez mettre à jour votre navigateur, ou ouvrir cette page dans un autre navigateur ou sur un autre appareil.",
    ],
    it: [
      "Questo browser non è adatto",
      "Aggiorni il browser, oppure apra questa pagina con un altro browser o su un altro dispositivo.",
    ],
  },

  // The response of the cloud, after the user has consented.
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
  connectionLost: {
    en: [
      "The connection was lost",
      "It may have worked all the same. Please check your internet connection, then see whether it went through before you try again.",
    ],
    de: [
      "Die Verbindung ist abgebrochen",
      "Vielleicht hat es trotzdem geklappt. Bitte prüfen Sie Ihre Internetverbindung und sehen Sie nach, bevor Sie es noch einmal versuchen.",
    ],
    fr: [
      "La connexion a été interrompue",
      "La demande a peut-être abouti malgré tout. Veuillez vérifier votre connexion Internet, puis le résultat, avant de réessayer.",
    ],
    it: [
      "La connessione si è interrotta",
      "La richiesta potrebbe essere comunque andata a buon fine. Controlli la connessione a Internet e verifichi l’esito prima di riprovare.",
    ],
  },
  outcomeUnknown: {
    en: [
      "We do not know yet whether it worked",
      "No clear answer came back, so it may already have gone through. Please check this before you try again.",
    ],
    de: [
      "Noch ist unklar, ob es geklappt hat",
      "Es kam keine eindeutige Antwort, und vielleicht hat es schon geklappt. Bitte sehen Sie nach, bevor Sie es noch einmal versuchen.",
    ],
    fr: [
      "Le résultat n’est pas encore certain",
      "Nous n’avons pas reçu de réponse claire, et la demande a peut-être déjà abouti. Veuillez le vérifier avant de réessayer.",
    ],
    it: [
      "L’esito non è ancora certo",
      "Non abbiamo ricevuto una risposta chiara e la richiesta potrebbe essere già andata a buon fine. Lo verifichi prima di riprovare.",
    ],
  },
  rejected: {
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
  integrationError: {
    en: [
      "Something went wrong on our side",
      "It is not your fault. Please try again a little later, and contact us if it happens again.",
    ],
    de: [
      "Bei uns ist etwas schiefgelaufen",
      "Es liegt nicht an Ihnen. Bitte versuchen Sie es etwas später noch einmal und melden Sie sich bei uns, wenn es wieder passiert.",
    ],
    fr: [
      "Un problème est survenu de notre côté",
      "Vous n’y êtes pour rien. Veuillez réessayer un peu plus tard et nous contacter si cela se reproduit.",
    ],
    it: [
      "Si è verificato un problema da parte nostra",
      "Non dipende da Lei. Riprovi tra qualche minuto e ci contatti se succede di nuovo.",
    ],
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

  // Push and TOTP.
  declined: {
    en: [
      "Request declined",
      "The request was declined on your phone. If that was a mistake, please try again or choose another way.",
    ],
    de: [
      "Anfrage abgelehnt",
      "Die Anfrage wurde auf Ihrem Mobiltelefon abgelehnt. Falls das ein Versehen war, versuchen Sie es bitte noch einmal oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: [
      "Demande refusée",
      "La demande a été refusée sur votre téléphone. Si c’était une erreur, veuillez réessayer ou choisir un autre moyen.",
    ],
    it: [
      "Richiesta rifiutata",
      "La richiesta è stata rifiutata sul Suo telefono. Se è stato un errore, riprovi o scelga un altro metodo.",
    ],
  },
  pushTimeout: {
    en: ["No answer from your phone", "Please have your phone at hand and try again."],
    de: [
      "Keine Antwort von Ihrem Mobiltelefon",
      "Bitte nehmen Sie Ihr Mobiltelefon zur Hand und versuchen Sie es noch einmal.",
    ],
    fr: ["Pas de réponse de votre téléphone", "Veuillez garder votre téléphone à portée de main et réessayer."],
    it: ["Nessuna risposta dal Suo telefono", "Tenga il telefono a portata di mano e riprovi."],
  },
  expired: {
    en: ["The request has expired", "Please start again, then confirm on your phone within a few minutes."],
    de: [
      "Die Anfrage ist abgelaufen",
      "Bitte beginnen Sie von vorn und bestätigen Sie dann innerhalb weniger Minuten auf Ihrem Mobiltelefon.",
    ],
    fr: [
      "La demande a expiré",
      "Veuillez recommencer, puis confirmer sur votre téléphone dans les minutes qui suivent.",
    ],
    it: ["La richiesta è scaduta", "Ricominci da capo e confermi sul telefono entro pochi minuti."],
  },
  wrongCode: {
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
  tooManyCodes: {
    en: ["Too many wrong codes", "Please wait a moment and then start again, or choose another way."],
    de: [
      "Zu viele falsche Codes",
      "Bitte warten Sie einen Moment und beginnen Sie dann von vorn, oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: ["Trop de codes erronés", "Veuillez patienter un instant, puis recommencer ou choisir un autre moyen."],
    it: ["Troppi codici errati", "Attenda un momento e poi ricominci da capo, oppure scelga un altro metodo."],
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
  locked: {
    en: [
      "Temporarily locked",
      "For your safety, no codes are accepted right now. Please wait fifteen minutes and try again, or choose another way.",
    ],
    de: [
      "Vorübergehend gesperrt",
      "Zu Ihrer Sicherheit werden gerade keine Codes angenommen. Bitte versuchen Sie es in fünfzehn Minuten noch einmal oder wählen Sie eine andere Möglichkeit.",
    ],
    fr: [
      "Accès bloqué temporairement",
      "Pour votre sécurité, aucun code n’est accepté en ce moment. Veuillez réessayer dans quinze minutes ou choisir un autre moyen.",
    ],
    it: [
      "Accesso temporaneamente bloccato",
      "Per la Sua sicurezza, al momento non viene accettato alcun codice. Riprovi tra quindici minuti o scelga un altro metodo.",
    ],
  },
  noAccount: {
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
  noDevice: {
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
};
