const { TextDecoder, TextEncoder } = require("node:util");

// Jest's jsdom has neither, and the package needs both to load its module.
Object.assign(globalThis, { TextDecoder, TextEncoder });
