// base64url: built into browsers since 2024 or 2025; older ones use `atob`.

export const fromBase64url = Uint8Array.fromBase64
  ? (text) => Uint8Array.fromBase64(text, { alphabet: "base64url" })
  : (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (byte) => byte.charCodeAt());

export const toBase64url = Uint8Array.prototype.toBase64
  ? (bytes) => bytes.toBase64({ alphabet: "base64url", omitPadding: true })
  : (bytes) => {
      let binary = "";
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
    };
