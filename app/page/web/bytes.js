// Bytes, and what of cryptography the browser brings along. Outside of https, localhost and files there is no
// `subtle`: then nothing can be checked, unlocked or signed, and the page says so.
const subtle = globalThis.crypto?.subtle;

const utf8 = (text) => new TextEncoder().encode(text);
const textOf = (bytes) => new TextDecoder().decode(bytes);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

function toBase64(bytes) {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

const toBase64Url = (bytes) =>
  toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const fromBase64Url = (text) => fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));

const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const sha256 = async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes));

async function hkdf(secret, salt, info, bytes = 32) {
  const key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = {name: "HKDF", hash: "SHA-256", salt, info: utf8(info)};
  return new Uint8Array(await subtle.deriveBits(how, key, bytes * 8));
}

const aesKey = (raw, use) => subtle.importKey("raw", raw, "AES-GCM", false, [use]);

// box: a nonce of 12 bytes, then what is encrypted with its tag. Throws where anything of it was changed.
async function openBox(rawKey, box, additionalData) {
  const how = {name: "AES-GCM", iv: box.subarray(0, 12), additionalData: utf8(additionalData)};
  return new Uint8Array(await subtle.decrypt(how, await aesKey(rawKey, "decrypt"), box.subarray(12)));
}

// The first 130 bits of a hash, as the program writes ids (upload/FORMAT.md).
function idOf(hash) {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  const bits = Array.from(hash.subarray(0, 17), (byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.slice(0, 130).replace(/.{5}/g, (five) => letters[parseInt(five, 2)]);
}

// Whether the signature that ends a document (upload/FORMAT.md, "Signed document") is by the key; null where
// this browser can't tell.
async function isSignedBy(publicKey, document) {
  const bytes = utf8(document);
  const end = textOf(bytes.subarray(-104)).match(/^,"signature":"([A-Za-z0-9+/]{86}==)"\}$/);
  if (!end) return false;
  let key;
  try {
    key = await subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
  return subtle.verify("Ed25519", key, fromBase64(end[1]), bytes.subarray(0, -104));
}
