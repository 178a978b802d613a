// The texts of `explain` in Italian, with Lei, in capitals.
// Rules for translators are in explain-words.js.

/** @type {import("./explain-words.js").Texts} */
export const it = {
  __proto__: null,

  // It worked, or the page ended the call: nothing is left to do.
  approved: { title: "Confermato", advice: "Grazie, la Sua conferma è arrivata. Può continuare." },
  registered: {
    title: "La Sua passkey è pronta",
    advice: "Può continuare. D’ora in poi potrà usarla per confermare la Sua identità.",
  },
  aborted: {
    title: "Operazione annullata",
    advice: "Non è stata portata a termine. Può continuare quando lo desidera.",
  },
  superseded: {
    title: "È stata avviata un’altra conferma",
    advice: "Ha preso il posto di questa. Continui con quella più recente.",
  },

  // Trying again can help.
  dismissed: {
    title: "Conferma non avvenuta",
    advice: "La finestra è stata chiusa o il tempo è scaduto. Riprovi o scelga un altro metodo.",
  },
  tookTooLong: {
    title: "Il tempo è scaduto",
    advice: "La conferma non è arrivata in tempo. Riprovi e confermi appena Le viene richiesto.",
  },
  requestPending: {
    title: "Un’altra richiesta è ancora aperta",
    advice:
      "Chiuda prima ogni altra finestra di accesso o di inserimento della password su questa pagina, poi riprovi.",
  },
  timeout: { title: "Nessuna risposta dal Suo telefono", advice: "Tenga il telefono a portata di mano e riprovi." },
  invalid_code: {
    title: "Il codice non è corretto",
    advice: "Apra l’app dei codici e inserisca le cifre che mostra in questo momento.",
  },
  unreachable: {
    title: "Problema di connessione",
    advice:
      "Il nostro servizio non è raggiungibile. Controlli la connessione a Internet e riprovi tra qualche istante.",
  },
  serviceProblem: {
    title: "Il nostro servizio ha un problema",
    advice: "Non dipende da Lei. Riprovi tra pochi minuti o scelga un altro metodo.",
  },
  tooOften: { title: "Troppi tentativi", advice: "Attenda qualche minuto e riprovi, oppure scelga un altro metodo." },
  generic: {
    title: "Non ha funzionato",
    advice: "Riprovi. Se continua a non funzionare, scelga un altro metodo oppure ci contatti.",
  },

  // Trying again cannot help, another way can.
  noCredential: {
    title: "Serve il Suo nome utente",
    advice:
      "Qui nessuna passkey ci indica qual è il Suo account. Inserisca il Suo nome utente o scelga un altro metodo.",
  },
  alreadyRegistered: {
    title: "Passkey già presente",
    advice: "Questo dispositivo è già configurato per il Suo account. Può semplicemente usare la passkey esistente.",
  },
  unsuitableDevice: {
    title: "Questo dispositivo non è adatto",
    advice:
      "Scelga un altro metodo o un altro dispositivo. Può aiutare anche attivare il blocco schermo con un PIN o un’impronta digitale.",
  },
  noWebAuthn: {
    title: "Questo browser non è adatto",
    advice: "Scelga un altro metodo, aggiorni il browser oppure apra questa pagina su un altro dispositivo.",
  },
  access_denied: {
    title: "Richiesta rifiutata",
    advice: "La richiesta è stata rifiutata sul Suo telefono. Se è stato un errore, scelga un altro metodo.",
  },
  too_many_retries: {
    title: "Troppi codici errati",
    advice: "Per ora non vengono accettati altri codici. Scelga un altro metodo.",
  },
  codesInCheck: {
    title: "I Suoi ultimi codici sono ancora in fase di verifica",
    advice: "Attenda il risultato o scelga un altro metodo.",
  },
  temporarily_locked: {
    title: "Accesso temporaneamente bloccato",
    advice:
      "Per la Sua sicurezza, non viene accettato alcun codice per quindici minuti. Scelga un altro metodo o attenda fino ad allora.",
  },
  user_not_found: {
    title: "Nessun account trovato",
    advice: "Non esiste alcun account per questo indirizzo e-mail. Lo controlli o scelga un altro metodo.",
  },
  no_device_registered: {
    title: "Non ancora configurato per il Suo account",
    advice: "Occorre prima configurare un telefono o un’app dei codici. Per ora scelga un altro metodo.",
  },

  // The page, its backend or its policies are wrong: the user can do nothing about that.
  wrongDomain: {
    title: "Non funziona a questo indirizzo web",
    advice: "Non dipende da Lei e nulla è stato confermato. Scelga un altro metodo oppure ci contatti.",
  },
  integrationError: {
    title: "Si è verificato un problema da parte nostra",
    advice: "Non dipende da Lei. Scelga un altro metodo oppure ci contatti.",
  },

  // The transaction is over: start again from the beginning.
  refused: {
    title: "Conferma non accettata",
    advice: "La Sua conferma non è stata accettata. Ricominci da capo e ci contatti se succede di nuovo.",
  },
  expired_token: {
    title: "La richiesta è scaduta",
    advice: "Ricominci da capo e confermi sul telefono entro pochi minuti.",
  },
  cancelled: {
    title: "Richiesta annullata",
    advice: "La richiesta è stata ritirata. Se desidera continuare, ricominci da capo.",
  },

  // It may have worked: check before anything else.
  outcomeUnknown: {
    title: "L’esito non è ancora certo",
    advice:
      "Non è arrivata una risposta chiara, forse a causa della connessione. Verifichi se la richiesta è andata a buon fine prima di riprovare.",
  },
  pending: {
    title: "Conferma ancora in attesa",
    advice:
      "La Sua conferma è ancora attesa o in elaborazione. Attenda un momento e verifichi l’esito prima di ricominciare.",
  },
};
