// A classic script, in a project whose tsconfig.json has the global's types.

webauthnResult.cancel();
