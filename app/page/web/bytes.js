// Bytes, and the cryptography that browsers bring along: only over https, from localhost and from files.
const subtle = globalThis.crypto?.subtle;
const utf8 = (text) => new TextEncoder().encode(text);
const textOf = (bytes) => new TextDecoder().decode(bytes);
const fromBase64 = (text) => Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt());
const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBase64Url = (bytes) => toBase64(bytes).replace(/[+/=]/g, (letter) => ({"+": "-", "/": "_"})[letter] ?? "");
const fromBase64Url = (text) => fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
const sha256 = async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes));
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, 0)).join("");
const importKey = (kind, raw, ...uses) => subtle.importKey("raw", raw, kind, false, uses);

function joined(...parts) {
	const whole = new Uint8Array(parts.reduce((size, {length}) => size + length, 0));
	let at = 0;
	for (const part of parts) whole.set(part, at), at += part.length;
	return whole;
}

async function hkdf(secret, salt, info) {
	const how = {name: "HKDF", hash: "SHA-256", salt, info: utf8(info)};
	return new Uint8Array(await subtle.deriveBits(how, await importKey("HKDF", secret, "deriveBits"), 256));
}

// A box is a nonce of 12 bytes and what is encrypted. Throws where anything of it was changed.
async function openBox(key, box, about) {
	const how = {name: "AES-GCM", iv: box.subarray(0, 12), additionalData: utf8(about)};
	return new Uint8Array(await subtle.decrypt(how, await importKey("AES-GCM", key, "decrypt"), box.subarray(12)));
}

// The first 130 bits of a hash (upload/FORMAT.md, "Keys and ids").
function idOf(hash) {
	const bits = Array.from(hash, (byte) => byte.toString(2).padStart(8, 0)).join("").slice(0, 130);
	return bits.replace(/.{5}/g, (five) => "0123456789abcdefghjkmnpqrstvwxyz"[parseInt(five, 2)]);
}

// Of a signed document (upload/FORMAT.md). null: this browser can't tell.
async function isSignedBy(publicKey, document) {
	const bytes = utf8(document), signature = document.match(/,"signature":"([A-Za-z0-9+\/]{86}==)"\}$/)?.[1];
	const key = await importKey("Ed25519", publicKey, "verify").catch(() => null);
	return !!signature && key && subtle.verify("Ed25519", key, fromBase64(signature), bytes.subarray(0, -104));
}
