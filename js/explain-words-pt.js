// The texts of `explain` in Portuguese, with você. It is Brazil's; where both countries share a word, it has that one.
// Rules for translators are in explain-words.js.

/** @type {import("./explain-words.js").Texts} */
export const pt = {
  __proto__: null,

  // It worked, or the page ended the call: nothing is left to do.
  approved: { title: "Confirmado", advice: "Recebemos a sua confirmação. Você pode continuar." },
  registered: {
    title: "Sua chave de acesso está pronta",
    advice: "Você pode continuar. A partir de agora, use-a para confirmar que é você.",
  },
  aborted: {
    title: "Operação cancelada",
    advice: "Ela foi encerrada antes de terminar. Você pode continuar quando quiser.",
  },
  superseded: { title: "Outra confirmação foi iniciada", advice: "Ela substituiu esta. Continue com a mais recente." },

  // Trying again can help.
  dismissed: {
    title: "Não confirmado",
    advice: "A janela foi fechada ou o tempo acabou. Tente novamente ou escolha outra opção.",
  },
  tookTooLong: {
    title: "O tempo acabou",
    advice: "A confirmação não chegou a tempo. Tente novamente e confirme assim que for solicitado.",
  },
  requestPending: {
    title: "Há outra solicitação em aberto",
    advice: "Feche primeiro qualquer outra janela de login ou de senha nesta página e depois tente novamente.",
  },
  timeout: { title: "Seu telefone não respondeu", advice: "Tenha o telefone à mão e tente novamente." },
  invalid_code: {
    title: "O código não está correto",
    advice: "Abra seu app de códigos e digite os números que ele mostra neste momento.",
  },
  unreachable: {
    title: "Problema de conexão",
    advice:
      "Não foi possível acessar o nosso serviço. Verifique sua conexão com a internet e tente novamente em instantes.",
  },
  serviceProblem: {
    title: "Nosso serviço está com um problema",
    advice: "Você não fez nada de errado. Tente novamente em alguns minutos ou escolha outra opção.",
  },
  tooOften: { title: "Muitas tentativas", advice: "Aguarde alguns minutos e tente novamente, ou escolha outra opção." },
  generic: {
    title: "Não funcionou",
    advice: "Tente novamente. Se ainda assim não funcionar, escolha outra opção ou entre em contato conosco.",
  },

  // Trying again cannot help, another way can.
  noCredential: {
    title: "Precisamos do seu nome de usuário",
    advice:
      "Nenhuma chave de acesso aqui indica qual é a sua conta. Digite seu nome de usuário ou escolha outra opção.",
  },
  alreadyRegistered: {
    title: "Você já tem uma chave de acesso aqui",
    advice: "Este dispositivo já está configurado para a sua conta. Você pode usar a chave de acesso que já tem.",
  },
  unsuitableDevice: {
    title: "Não funciona neste dispositivo",
    advice:
      "Escolha outra opção ou outro dispositivo. Também pode ajudar ativar o bloqueio de tela com PIN ou impressão digital.",
  },
  noWebAuthn: {
    title: "Não funciona neste navegador",
    advice: "Escolha outra opção, atualize seu navegador ou abra esta página em outro dispositivo.",
  },
  access_denied: {
    title: "Solicitação recusada",
    advice: "A solicitação foi recusada no seu telefone. Se foi um engano, escolha outra opção.",
  },
  too_many_retries: {
    title: "Muitos códigos incorretos",
    advice: "Por enquanto, não aceitamos mais códigos. Escolha outra opção.",
  },
  codesInCheck: {
    title: "Seus últimos códigos ainda estão sendo verificados",
    advice: "Aguarde o resultado ou escolha outra opção.",
  },
  temporarily_locked: {
    title: "Bloqueio temporário",
    advice:
      "Para sua segurança, nenhum código será aceito durante quinze minutos. Escolha outra opção ou aguarde até lá.",
  },
  user_not_found: {
    title: "Conta não encontrada",
    advice: "Não há conta com este endereço de e-mail. Verifique o endereço ou escolha outra opção.",
  },
  no_device_registered: {
    title: "Ainda não configurado para a sua conta",
    advice: "É preciso configurar primeiro um telefone ou um app de códigos. Por enquanto, escolha outra opção.",
  },

  // The page, its backend or its policies are wrong: the user can do nothing about that.
  wrongDomain: {
    title: "Não funciona neste endereço da web",
    advice: "Não é culpa sua, e nada foi confirmado. Escolha outra opção ou entre em contato conosco.",
  },
  integrationError: {
    title: "Algo deu errado do nosso lado",
    advice: "Não é culpa sua. Escolha outra opção ou entre em contato conosco.",
  },

  // The transaction is over: start again from the beginning.
  refused: {
    title: "Confirmação não aceita",
    advice:
      "Sua confirmação não foi aceita. Comece de novo desde o início e entre em contato conosco se isso se repetir.",
  },
  expired_token: {
    title: "A solicitação expirou",
    advice: "Comece de novo desde o início e confirme no seu telefone nos minutos seguintes.",
  },
  cancelled: {
    title: "Solicitação cancelada",
    advice: "A solicitação foi retirada. Se quiser continuar, comece de novo desde o início.",
  },

  // It may have worked: check before anything else.
  outcomeUnknown: {
    title: "Ainda não sabemos se deu certo",
    advice:
      "Não chegou uma resposta clara, talvez por causa da conexão. Verifique se a solicitação foi concluída antes de tentar novamente.",
  },
  pending: {
    title: "Ainda não há uma decisão",
    advice:
      "Sua confirmação ainda não chegou ou está sendo processada. Aguarde um momento e verifique o resultado antes de começar de novo.",
  },
};
