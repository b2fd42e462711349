// A viewer who answers: a name and a key in this browser, signed words, and the ways they go back.

const kGuestKey = "meanwhile.guest";
const kLongest = 16384;
const kNeedsNewer = "Answers are signed, and this browser can't do that yet. A newer one can; or send an e-mail.";

const remembered = (name) => JSON.parse(localStorage.getItem(name) ?? "{}");
const remember = (name, what) => localStorage.setItem(name, JSON.stringify({...remembered(name), ...what}));

// The browser's own store of keys, which doesn't give them out. Not every browser lets a file use it.
function keyStore(mode, act) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("meanwhile", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction("keys", mode).objectStore("keys"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    };
  });
}

async function guestKeys() {
  const make = (canLeave) => subtle.generateKey("Ed25519", canLeave, ["sign", "verify"]);
  try {
    const kept = await keyStore("readonly", (keys) => keys.get("guest"));
    if (kept) return kept;
    const made = await make(false);
    await keyStore("readwrite", (keys) => keys.put(made, "guest"));
    return made;
  } catch {
    const {jwk} = remembered(kGuestKey);
    const load = (key, use) => subtle.importKey("jwk", key, "Ed25519", true, [use]);
    if (jwk) return {privateKey: await load(jwk[0], "sign"), publicKey: await load(jwk[1], "verify")};
    const made = await make(true);
    remember(kGuestKey, {jwk: [await subtle.exportKey("jwk", made.privateKey), await subtle.exportKey("jwk", made.publicKey)]});
    return made;
  }
}

class Guest {
  constructor(share) {
    Object.assign(this, {share, answers: share.answers, place: `meanwhile.share.${share.share}`});
    const isOver = this.answers?.until && new Date(this.answers.until) < Date.now();
    this.kind = isOver ? "none" : this.answers?.kind ?? "none";
  }

  get name() {
    return remembered(kGuestKey).name ?? "";
  }
  set name(name) {
    remember(kGuestKey, {name});
  }
  // [{id, n, at, event, name, document (base64url), isSent}] of this page.
  get words() {
    return remembered(this.place).words ?? [];
  }
  get unsent() {
    return this.words.filter(({isSent}) => !isSent);
  }

  async id() {
    const {publicKey} = await (this.keys ??= guestKeys().catch(() => { throw new Error(kNeedsNewer); }));
    const key = new Uint8Array(await subtle.exportKey("raw", publicKey));
    return {key, id: idOf(await sha256(key))};
  }

  // Signs and keeps it; what send() does with it may take its time. Throws sentences.
  async say(event) {
    if (!subtle) throw new Error(kNeedsNewer);
    const {key, id} = await this.id();
    const n = (remembered(kGuestKey).n ?? 0) + 1;
    const at = new Date().toISOString();
    const {share, clip} = {share: this.share.share, clip: this.share.clip.id};
    const said = JSON.stringify({format: 1, says: "guest", share, clip, guest: {name: this.name, key: toBase64(key)},
                                 n, at, events: [event]}).slice(0, -1);
    const signature = await subtle.sign("Ed25519", (await this.keys).privateKey, utf8(said));
    const bytes = utf8(`${said},"signature":"${toBase64(new Uint8Array(signature))}"}`);
    if (bytes.length > kLongest) throw new Error("That is too long to send. Make it shorter, or send it in two parts.");
    const document = toBase64Url(this.answers.seal_to ? await this.#seal(bytes) : bytes);
    remember(kGuestKey, {n});
    remember(this.place, {words: [...this.words, {id: `${id}.${n}`, n, at, event, name: this.name, document}]});
  }

  async #seal(bytes) {
    const to = fromBase64(this.answers.seal_to);
    const theirs = await subtle.importKey("raw", to, "X25519", false, []);
    const ours = await subtle.generateKey("X25519", false, ["deriveBits"]);
    const open = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
    const both = new Uint8Array(await subtle.deriveBits({name: "X25519", public: theirs}, ours.privateKey, 256));
    const key = await aesKey(await hkdf(both, joined(open, to), "meanwhile guest 1"), "encrypt");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = utf8(`meanwhile guest 1\n${this.share.share}`);
    const box = await subtle.encrypt({name: "AES-GCM", iv, additionalData}, key, bytes);
    return joined(utf8("MWGUEST1"), open, iv, new Uint8Array(box));
  }

  // Sends what waits. Throws where something still does.
  async send() {
    if (this.kind !== "post" && this.kind !== "put") return;
    for (const word of this.unsent) {
      const name = `${word.id.split(".")[0]}.${String(word.n).padStart(6, "0")}.json`;
      const response = await this.#put(name, new Blob([fromBase64Url(word.document)], {type: "application/json"}))
        .catch(() => { throw new Error("Not sent yet: there is no connection. It is kept here, and goes when there is one."); });
      if (!response.ok) throw new Error(`Not sent: the storage refused it (${response.status}). Copy your answers and send them instead.`);
      remember(this.place, {words: this.words.map((one) => (one.id === word.id ? {...one, isSent: true} : one))});
    }
  }

  #put(name, body) {
    const {url, fields, key_prefix: prefix, put_base: base} = this.answers;
    if (this.kind === "put") return fetch(base + name, {method: "PUT", body});
    const form = new FormData();
    for (const [field, value] of Object.entries({...fields, key: prefix + name})) form.append(field, value);
    form.append("file", body);
    return fetch(url, {method: "POST", body: form});
  }

  // One line for any chat.
  get copied() {
    return this.words.map(({document}) => `meanwhile-answers:${document}`).join(" ");
  }
  get mailLink() {
    const {mail} = this.answers;
    const body = this.words.length ? `${this.words.map(({event}) => event.text ?? event.name).join("\n")}\n\n${this.copied}` : "";
    return mail && `mailto:${mail}?subject=${encodeURIComponent(`Re: ${this.share.clip.title}`)}&body=${encodeURIComponent(body)}`;
  }
}
