// The texts of `explain` in French, with vous.
// Rules for translators are in explain-words.js.

/** @type {import("./explain-words.js").Texts} */
export const fr = {
  __proto__: null,

  // It worked, or the page ended the call: nothing is left to do.
  approved: { title: "Confirmé", advice: "Merci, votre confirmation nous est bien parvenue. Vous pouvez continuer." },
  registered: {
    title: "Votre clé d’accès est prête",
    advice: "Vous pouvez continuer. Utilisez-la désormais pour confirmer votre identité.",
  },
  aborted: {
    title: "Opération annulée",
    advice: "Elle n’a pas été menée à son terme. Vous pouvez continuer quand vous le souhaitez.",
  },
  superseded: {
    title: "Une autre confirmation a été lancée",
    advice: "Elle remplace celle-ci. Veuillez continuer avec la plus récente.",
  },

  // Trying again can help.
  dismissed: {
    title: "Opération non confirmée",
    advice: "La fenêtre a été fermée ou le délai est écoulé. Veuillez réessayer ou choisir un autre moyen.",
  },
  tookTooLong: {
    title: "Le délai est écoulé",
    advice: "La confirmation n’est pas arrivée à temps. Veuillez réessayer et confirmer dès qu’on vous le demande.",
  },
  requestPending: {
    title: "Une autre demande est encore ouverte",
    advice:
      "Veuillez d’abord fermer toute autre fenêtre de connexion ou de mot de passe sur cette page, puis réessayer.",
  },
  timeout: {
    title: "Pas de réponse de votre téléphone",
    advice: "Veuillez garder votre téléphone à portée de main et réessayer.",
  },
  invalid_code: {
    title: "Le code n’est pas correct",
    advice: "Veuillez ouvrir votre application de codes et saisir les chiffres qu’elle affiche en ce moment.",
  },
  unreachable: {
    title: "Problème de connexion",
    advice:
      "Notre service est injoignable pour le moment. Veuillez vérifier votre connexion Internet et réessayer dans un instant.",
  },
  serviceProblem: {
    title: "Notre service rencontre un problème",
    advice: "Cela ne vient pas de vous. Veuillez réessayer dans quelques minutes ou choisir un autre moyen.",
  },
  tooOften: {
    title: "Trop de tentatives",
    advice: "Veuillez patienter quelques minutes, puis réessayer ou choisir un autre moyen.",
  },
  generic: {
    title: "Cela n’a pas fonctionné",
    advice: "Veuillez réessayer. Si cela ne fonctionne toujours pas, choisissez un autre moyen ou contactez-nous.",
  },

  // Trying again cannot help, another way can.
  noCredential: {
    title: "Votre identifiant est nécessaire",
    advice:
      "Aucune clé d’accès ne nous indique ici quel est votre compte. Veuillez saisir votre identifiant ou choisir un autre moyen.",
  },
  alreadyRegistered: {
    title: "Clé d’accès déjà enregistrée",
    advice:
      "Cet appareil est déjà configuré pour votre compte. Vous pouvez simplement utiliser la clé d’accès existante.",
  },
  unsuitableDevice: {
    title: "Cet appareil ne convient pas",
    advice:
      "Veuillez choisir un autre moyen ou un autre appareil. Activer le verrouillage de l’écran par code ou empreinte digitale peut aussi aider.",
  },
  noWebAuthn: {
    title: "Ce navigateur ne convient pas",
    advice:
      "Veuillez choisir un autre moyen, mettre à jour votre navigateur ou ouvrir cette page sur un autre appareil.",
  },
  access_denied: {
    title: "Demande refusée",
    advice: "La demande a été refusée sur votre téléphone. Si c’était une erreur, veuillez choisir un autre moyen.",
  },
  too_many_retries: {
    title: "Trop de codes erronés",
    advice: "Aucun autre code n’est accepté pour l’instant. Veuillez choisir un autre moyen.",
  },
  codesInCheck: {
    title: "Vos derniers codes sont en cours de vérification",
    advice: "Veuillez attendre le résultat ou choisir un autre moyen.",
  },
  temporarily_locked: {
    title: "Accès bloqué temporairement",
    advice:
      "Pour votre sécurité, aucun code n’est accepté pendant quinze minutes. Veuillez choisir un autre moyen ou patienter jusque-là.",
  },
  user_not_found: {
    title: "Aucun compte trouvé",
    advice: "Il n’existe aucun compte pour cette adresse e-mail. Veuillez la vérifier ou choisir un autre moyen.",
  },
  no_device_registered: {
    title: "Pas encore configuré pour votre compte",
    advice:
      "Il faut d’abord configurer un téléphone ou une application de codes. Pour l’instant, veuillez choisir un autre moyen.",
  },

  // The page, its backend or its policies are wrong: the user can do nothing about that.
  wrongDomain: {
    title: "Cela ne fonctionne pas à cette adresse web",
    advice: "Vous n’y êtes pour rien, et rien n’a été confirmé. Veuillez choisir un autre moyen ou nous contacter.",
  },
  integrationError: {
    title: "Un problème est survenu de notre côté",
    advice: "Vous n’y êtes pour rien. Veuillez choisir un autre moyen ou nous contacter.",
  },

  // The transaction is over: start again from the beginning.
  refused: {
    title: "Confirmation non acceptée",
    advice:
      "Votre confirmation n’a pas été acceptée. Veuillez recommencer depuis le début et nous contacter si cela se reproduit.",
  },
  expired_token: {
    title: "La demande a expiré",
    advice: "Veuillez recommencer depuis le début, puis confirmer sur votre téléphone dans les minutes qui suivent.",
  },
  cancelled: {
    title: "Demande annulée",
    advice: "La demande a été retirée. Si vous souhaitez continuer, veuillez recommencer depuis le début.",
  },

  // It may have worked: check before anything else.
  outcomeUnknown: {
    title: "Le résultat n’est pas encore connu",
    advice:
      "Aucune réponse claire n’est arrivée, peut-être à cause de la connexion. Veuillez vérifier si la demande a abouti avant de réessayer.",
  },
  pending: {
    title: "Pas encore de décision",
    advice:
      "Votre confirmation est encore attendue ou en cours de traitement. Veuillez patienter un instant et vérifier le résultat avant de recommencer.",
  },
};
