// The texts of `explain` in Spanish, with usted, in words that Spain and Latin America share.
// Rules for translators are in explain-words.js.

/** @type {import("./explain-words.js").Texts} */
export const es = {
  __proto__: null,

  // It worked, or the page ended the call: nothing is left to do.
  approved: { title: "Confirmado", advice: "Gracias, hemos recibido su confirmación. Puede continuar." },
  registered: {
    title: "Su llave de acceso está lista",
    advice: "Puede continuar. A partir de ahora, úsela para confirmar que es usted.",
  },
  aborted: { title: "Operación cancelada", advice: "Se interrumpió antes de terminar. Puede continuar cuando quiera." },
  superseded: {
    title: "Se ha iniciado otra confirmación",
    advice: "Ha sustituido a esta. Continúe con la más reciente.",
  },

  // Trying again can help.
  dismissed: {
    title: "Sin confirmar",
    advice: "Se cerró la ventana o se agotó el tiempo. Inténtelo de nuevo o elija otra opción.",
  },
  tookTooLong: {
    title: "Se agotó el tiempo",
    advice: "La confirmación no llegó a tiempo. Inténtelo de nuevo y confirme en cuanto se le pida.",
  },
  requestPending: {
    title: "Hay otra solicitud abierta",
    advice:
      "Cierre primero cualquier otra ventana de inicio de sesión o de contraseña en esta página y, después, inténtelo de nuevo.",
  },
  timeout: { title: "Su teléfono no ha respondido", advice: "Tenga el teléfono a mano e inténtelo de nuevo." },
  invalid_code: {
    title: "El código no es correcto",
    advice: "Abra su aplicación de códigos y escriba los números que muestra en este momento.",
  },
  unreachable: {
    title: "Problema de conexión",
    advice:
      "No se ha podido conectar con nuestro servicio. Revise su conexión a internet e inténtelo de nuevo en un momento.",
  },
  serviceProblem: {
    title: "Nuestro servicio tiene un problema",
    advice: "No ha hecho nada mal. Inténtelo de nuevo en unos minutos o elija otra opción.",
  },
  tooOften: { title: "Demasiados intentos", advice: "Espere unos minutos e inténtelo de nuevo, o elija otra opción." },
  generic: {
    title: "No ha funcionado",
    advice: "Inténtelo de nuevo. Si sigue sin funcionar, elija otra opción o póngase en contacto con nosotros.",
  },

  // Trying again cannot help, another way can.
  noCredential: {
    title: "Necesitamos su nombre de usuario",
    advice:
      "Aquí ninguna llave de acceso nos indica cuál es su cuenta. Escriba su nombre de usuario o elija otra opción.",
  },
  alreadyRegistered: {
    title: "Ya tiene una llave de acceso aquí",
    advice: "Este dispositivo ya está configurado para su cuenta. Puede usar la llave de acceso que ya tiene.",
  },
  unsuitableDevice: {
    title: "No funciona en este dispositivo",
    advice:
      "Elija otra opción u otro dispositivo. También puede ayudar activar el bloqueo de pantalla con un PIN o la huella digital.",
  },
  noWebAuthn: {
    title: "No funciona en este navegador",
    advice: "Elija otra opción, actualice su navegador o abra esta página en otro dispositivo.",
  },
  access_denied: {
    title: "Solicitud rechazada",
    advice: "La solicitud se rechazó en su teléfono. Si fue una equivocación, elija otra opción.",
  },
  too_many_retries: {
    title: "Demasiados códigos incorrectos",
    advice: "De momento no se aceptan más códigos. Elija otra opción.",
  },
  codesInCheck: {
    title: "Aún se están comprobando sus últimos códigos",
    advice: "Espere el resultado o elija otra opción.",
  },
  temporarily_locked: {
    title: "Bloqueo temporal",
    advice:
      "Por su seguridad, no se aceptan códigos durante quince minutos. Elija otra opción o espere hasta entonces.",
  },
  user_not_found: {
    title: "No se ha encontrado la cuenta",
    advice: "No hay ninguna cuenta con esta dirección de correo electrónico. Revísela o elija otra opción.",
  },
  no_device_registered: {
    title: "Aún no está configurado para su cuenta",
    advice: "Primero hay que configurar un teléfono o una aplicación de códigos. Por ahora, elija otra opción.",
  },

  // The page, its backend or its policies are wrong: the user can do nothing about that.
  wrongDomain: {
    title: "No funciona en esta dirección web",
    advice: "No es culpa suya y no se ha confirmado nada. Elija otra opción o póngase en contacto con nosotros.",
  },
  integrationError: {
    title: "Ha habido un problema por nuestra parte",
    advice: "No es culpa suya. Elija otra opción o póngase en contacto con nosotros.",
  },

  // The transaction is over: start again from the beginning.
  refused: {
    title: "Confirmación no aceptada",
    advice:
      "Su confirmación no se ha aceptado. Empiece de nuevo desde el principio y póngase en contacto con nosotros si vuelve a ocurrir.",
  },
  expired_token: {
    title: "La solicitud ha caducado",
    advice: "Empiece de nuevo desde el principio y confirme en su teléfono en los minutos siguientes.",
  },
  cancelled: {
    title: "Solicitud cancelada",
    advice: "La solicitud se ha retirado. Si desea continuar, empiece de nuevo desde el principio.",
  },

  // It may have worked: check before anything else.
  outcomeUnknown: {
    title: "Aún no sabemos si ha funcionado",
    advice:
      "No llegó una respuesta clara, quizá por la conexión. Compruebe si la solicitud se completó antes de volver a intentarlo.",
  },
  pending: {
    title: "Aún no hay una decisión",
    advice:
      "Su confirmación aún no ha llegado o se está procesando. Espere un momento y compruebe el resultado antes de empezar de nuevo.",
  },
};
