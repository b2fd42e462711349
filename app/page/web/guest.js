// A viewer who answers: a name and a key in this browser, signed words, and the ways they go back.
const kGuest = "meanwhile.guest";
const kNeedsNewer = "Answers are signed, and this browser can't do that. Use a newer one, or send an e-mail.";
const remembered = (name) => JSON.parse(localStorage.getItem(name) ?? "{}");
const remember = (name, what) => localStorage.setItem(name, JSON.stringify({...remembered(name), ...what}));

// The browser's own store of keys, which doesn't give them out. Not every browser has it for a file.
const keyStore = (mode, act) => new Promise((done, fail) => {
	const opening = indexedDB.open("meanwhile", 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
	opening.onerror = fail;
	opening.onsuccess = () => {
		const asked = act(opening.result.transaction("keys", mode).objectStore("keys"));
		asked.onsuccess = () => done(asked.result);
		asked.onerror = fail;
	};
});

async function guestKeys() {
	const create = (canLeave) => subtle.generateKey("Ed25519", canLeave, ["sign", "verify"]);
	try {
		const kept = await keyStore("readonly", (keys) => keys.get("guest"));
		if (kept) return kept;
		const made = await create(false);
		await keyStore("readwrite", (keys) => keys.put(made, "guest"));
		return made;
	} catch {
		let {jwk} = remembered(kGuest);
		if (!jwk) remember(kGuest, {jwk: jwk = await subtle.exportKey("jwk", (await create(true)).privateKey)});
		const {d, ...open} = jwk, load = (key, use) => subtle.importKey("jwk", {...key, key_ops: [use]}, "Ed25519", true, [use]);
		return {privateKey: await load(jwk, "sign"), publicKey: await load(open, "verify")};
	}
}

class Guest {
	constructor(share) {
		const {answers} = share;
		Object.assign(this, {share, answers, place: `meanwhile.share.${share.share}`});
		this.kind = !answers || (answers.until && new Date(answers.until) < Date.now()) ? "none" : answers.kind;
	}

	// [{id, n, at, name, event, document, isSent}], said on this page.
	get words() {
		return remembered(this.place).words ?? [];
	}
	get unsent() {
		return this.words.filter(({isSent}) => !isSent);
	}
	get name() {
		return remembered(kGuest).name ?? "";
	}

	// Signs and keeps it. Throws sentences.
	async say(event) {
		const keys = await guestKeys().catch(() => { throw new Error(kNeedsNewer); });
		const key = new Uint8Array(await subtle.exportKey("raw", keys.publicKey));
		const n = (remembered(kGuest).n ?? 0) + 1, at = new Date().toISOString(), {name} = this;
		const said = JSON.stringify({format: 1, says: "guest", share: this.share.share, clip: this.share.clip.id,
			guest: {name, key: toBase64(key)}, n, at, events: [event]}).slice(0, -1);
		const signature = new Uint8Array(await subtle.sign("Ed25519", keys.privateKey, utf8(said)));
		const bytes = utf8(`${said},"signature":"${toBase64(signature)}"}`);
		if (bytes.length > 16384) throw new Error("That is too long to send. Say it in two parts.");
		const document = toBase64Url(this.answers.seal_to ? await this.#seal(bytes).catch(() => { throw new Error(kNeedsNewer); }) : bytes);
		remember(kGuest, {n});
		remember(this.place, {words: [...this.words, {id: `${idOf(await sha256(key))}.${n}`, n, at, name, event, document}]});
	}

	async #seal(bytes) {
		const to = fromBase64(this.answers.seal_to), ours = await subtle.generateKey("X25519", false, ["deriveBits"]);
		const open = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
		const how = {name: "X25519", public: await importKey("X25519", to)};
		const both = new Uint8Array(await subtle.deriveBits(how, ours.privateKey, 256));
		const key = await importKey("AES-GCM", await hkdf(both, joined(open, to), "meanwhile guest 1"), "encrypt");
		const iv = crypto.getRandomValues(new Uint8Array(12)), additionalData = utf8(`meanwhile guest 1\n${this.share.share}`);
		return joined(utf8("MWGUEST1"), open, iv, new Uint8Array(await subtle.encrypt({name: "AES-GCM", iv, additionalData}, key, bytes)));
	}

	// Sends what waits, where the share has a way. Throws sentences.
	async send() {
		if (this.kind === "copy") return;
		for (const {id, n, document} of this.unsent) {
			const name = `${id.split(".")[0]}.${String(n).padStart(6, "0")}.json`;
			const response = await this.#post(name, new Blob([fromBase64Url(document)])).catch(() => {
				throw new Error("Not sent yet: there is no connection. It is kept here and goes out when there is one.");
			});
			if (!response.ok) throw new Error(`The storage doesn't take it (${response.status}). Copy your answers and send them to ${this.answers.to}.`);
			remember(this.place, {words: this.words.map((one) => (one.id === id ? {...one, isSent: true} : one))});
		}
	}

	#post(name, body) {
		const {url, fields, key_prefix: prefix, put_base: base} = this.answers;
		if (this.kind === "put") return fetch(base + name, {method: "PUT", body});
		const form = new FormData();
		for (const [field, value] of Object.entries({...fields, key: prefix + name, file: body})) form.append(field, value);
		return fetch(url, {method: "POST", body: form});
	}

	// One line, for any chat.
	get line() {
		return this.words.map(({document}) => `meanwhile-answers:${document}`).join(" ");
	}
	get mail() {
		const {mail} = this.answers, body = this.words.map(({event}) => event.text ?? event.name).join("\n");
		return mail && `mailto:${mail}?${Object.entries({subject: `Re: ${this.share.clip.title}`, body: `${body}\n\n${this.line}`})
			.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
	}
}
