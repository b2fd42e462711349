// A viewer who answers: a name and a key in this browser, signed words, and the ways they go back.
const kGuest = "meanwhile.guest";
const kNeedsNewer = tr("Answers are signed, and this browser can't do that. Use a newer one, or send an e-mail.");
const remembered = (name) => JSON.parse(localStorage.getItem(name) ?? "{}");
const remember = (name, what) => localStorage.setItem(name, JSON.stringify({...remembered(name), ...what}));

// The browser's own store of keys, which doesn't give them out. Not every browser has it for a file.
const keyStore = (act) => new Promise((done, fail) => {
	const opening = indexedDB.open("meanwhile");
	opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
	opening.onerror = fail;
	opening.onsuccess = () => {
		const asked = act(opening.result.transaction("keys", "readwrite").objectStore("keys"));
		asked.onsuccess = () => done(asked.result);
		asked.onerror = fail;
	};
});

async function guestKeys() {
	const create = (canLeave) => subtle.generateKey("Ed25519", canLeave, ["sign", "verify"]);
	try {
		const kept = await keyStore((keys) => keys.get("guest")), keys = kept ?? await create(false);
		if (!kept) await keyStore((store) => store.put(keys, "guest"));
		return keys;
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
		return remembered(kGuest).name;
	}

	// Signs and keeps it. Throws sentences.
	async say(event) {
		const {name, share: {share, clip}, answers: {seal_to: to}} = this, n = (remembered(kGuest).n ?? 0) + 1, at = new Date().toISOString();
		let bytes, id;
		try {
			const {privateKey, publicKey} = await guestKeys(), key = new Uint8Array(await subtle.exportKey("raw", publicKey));
			const said = JSON.stringify({format: 1, says: "guest", share, clip: clip.id, guest: {name, key: toBase64(key)}, n, at, events: [event]}).slice(0, -1);
			const signature = new Uint8Array(await subtle.sign("Ed25519", privateKey, utf8(said)));
			const signed = utf8(`${said},"signature":"${toBase64(signature)}"}`);
			bytes = to && signed.length < 16384 ? await seal(signed, fromBase64(to), `meanwhile guest 1\n${share}`) : signed;
			id = `${idOf(await sha256(key))}.${n}`;
		} catch {
			throw new Error(kNeedsNewer);
		}
		if (bytes.length > 16384) throw new Error(tr("That is too long to send. Say it in two parts."));
		remember(kGuest, {n});
		remember(this.place, {words: [...this.words, {id, n, at, name, event, document: toBase64Url(bytes)}]});
	}

	// Sends what waits, where the share has a way. Throws sentences.
	async send() {
		if (this.kind === "copy") return;
		for (const {id, n, document} of this.unsent) {
			const name = `${id.split(".")[0]}.${String(n).padStart(6, 0)}.json`;
			const {ok, status} = await this.#post(name, new Blob([fromBase64Url(document)])).catch(() => {
				throw new Error(tr("Not sent yet: there is no connection. It is kept here and goes out when there is one."));
			});
			if (!ok) throw new Error(trFormat("The storage doesn't take it ({}). Copy your answers and send them to {}.", status, this.answers.to));
			remember(this.place, {words: this.words.map((one) => (one.id === id ? {...one, isSent: true} : one))});
		}
	}

	#post(name, body) {
		const {url, fields, key_prefix: prefix, put_base: base} = this.answers, form = new FormData();
		if (this.kind === "put") return fetch(base + name, {method: "PUT", body});
		if (this.kind === "slots") return this.#fillSlot(body);
		for (const [field, value] of Object.entries({...fields, key: prefix + name, file: body})) form.append(field, value);
		return fetch(url, {method: "POST", body: form});
	}

	// A slot takes one answer: by chance, so that guests seldom meet at one, and on to the next where they do.
	async #fillSlot(body) {
		const {put_base: base, slots, query, signatures} = this.answers, first = Math.floor(Math.random() * slots.length);
		let answer;
		for (let i = 0; i < slots.length; ++i) {
			const at = (first + i) % slots.length;
			answer = await fetch(`${base}${slots[at]}?${query}&X-Amz-Signature=${signatures[at]}`, {method: "PUT", body, headers: {"If-None-Match": "*"}});
			if (answer.status !== 409 && answer.status !== 412) break;
		}
		return answer;
	}

	// One line, for any chat.
	get line() {
		return this.words.map(({document}) => `meanwhile-answers:${document}`).join(" ");
	}
	get mail() {
		const {mail} = this.answers, words = this.words.map(({event}) => event.text ?? event.name).join("\n");
		return mail && `mailto:${mail}?subject=${encodeURIComponent(`Re: ${this.share.clip.title}`)}&body=${encodeURIComponent(`${words}\n\n${this.line}`)}`;
	}
}

// For the share's key: app/page/FORMAT.md, "Guest words".
async function seal(bytes, to, about) {
	const {privateKey, publicKey} = await subtle.generateKey("X25519", false, ["deriveBits"]), open = new Uint8Array(await subtle.exportKey("raw", publicKey));
	const both = await subtle.deriveBits({name: "X25519", public: await importKey("X25519", to)}, privateKey, 256);
	const key = await importKey("AES-GCM", await hkdf(both, joined(open, to), "meanwhile guest 1"), "encrypt"), iv = crypto.getRandomValues(new Uint8Array(12));
	const box = await subtle.encrypt({name: "AES-GCM", iv, additionalData: utf8(about)}, key, bytes);
	return joined(utf8("MWGUEST1"), open, iv, new Uint8Array(box));
}
