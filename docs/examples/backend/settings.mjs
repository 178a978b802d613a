// The backend's settings, from environment variables.

import { parseAddress } from "../ciba-relay/addresses.mjs";

/** Reads all of them. Throws one error that names each variable that is missing or wrong. */
export function readSettings(env) {
  return readAll(env, (read) => ({
    cloudUrl: read(
      "CLOUD_URL",
      "the address of your Authentication Cloud, such as https://INSTANCE.mauth.nevis.cloud",
      (text) => parseAddress("CLOUD_URL", text).replace(/\/+$/, ""),
    ),
    accessKey: read("ACCESS_KEY", "the access key of your Authentication Cloud", parseKey),
    ...readServerSettings(read),
  }));
}

/** Those of a backend without a cloud. */
export function readOwnServerSettings(env) {
  return readAll(env, readServerSettings);
}

function readServerSettings(read) {
  return {
    origin: read("ORIGIN", "the origin of your page, such as http://localhost:5173", parseOrigin),
    port: read("PORT", "", (text) => parseNumber("PORT", text, 0, 65_535), "4000"),
    sessionSeconds: read("SESSION_SECONDS", "", (text) => parseNumber("SESSION_SECONDS", text, 1, 31_536_000), "28800"),
  };
}

function readAll(env, readSettings) {
  const problems = [];
  /** @param {string} name @param {string} meaning @param {(text: string) => any} parse @param {string} [fallback] */
  const read = (name, meaning, parse, fallback) => {
    const text = env[name] || fallback;
    if (!text) return void problems.push(`${name} is not set. Set it to ${meaning}.`);
    try {
      return parse(text);
    } catch (error) {
      problems.push(`${error.message}.`);
    }
  };
  const settings = readSettings(read);
  if (problems.length) throw new Error(problems.join("\n"));
  return settings;
}

/** It becomes part of a header. */
function parseKey(text) {
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new TypeError("ACCESS_KEY must have no white space and only ASCII characters");
  return text;
}

function parseOrigin(text) {
  if (parseAddress("ORIGIN", text) !== `${text}/` || new URL(text).origin !== text)
    throw new TypeError("ORIGIN must be an origin as browsers write it, such as https://shop.example");
  return text;
}

function parseNumber(name, text, least, most) {
  if (!/^\d{1,8}$/.test(text) || Number(text) < least || Number(text) > most)
    throw new TypeError(`${name} must be a number from ${least} to ${most}`);
  return Number(text);
}
