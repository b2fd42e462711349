// Where the bytes come from: objects beside the page or in storage, sealed or not, or this very file. What clip.json
// has a hash of is checked before anybody gets it.

const kChunk = 65536;
const kSealHeader = 48;
const kTag = 16;

// trouble: "network" may pass, "gone" is the storage's no, "damaged" isn't what was published.
class SourceError extends Error {
  constructor(trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

class Source {
  #share;
  #whole = new Map();  // inline: a name's whole bytes, as a Blob

  constructor(share) {
    this.#share = share;
    this.files = new Map();
    const manifest = share.manifest ? JSON.parse(share.manifest) : {tracks: [], files: []};
    this.tracks = manifest.tracks.map((track) => ({...track, parts: partsOf(track)}));
    for (const file of manifest.files ?? []) this.files.set(file.name, file);
  }

  // Part 0 is the beginning (init), part i the segment i - 1.
  async part(track, index, signal, isAgain) {
    const part = track.parts[index];
    const bytes = this.#share.media.kind === "inline"
      ? await this.#inline(track.name, part.offset, part.bytes)
      : await this.#object(`${track.name}/${part.name}`, signal, isAgain);
    return this.#checked(bytes, part.sha256);
  }

  // An address for <img>; null where there is none. Pictures beside a track are no reason to stop.
  async picture(name) {
    if (this.#share.media.kind === "mp4") return name;
    const file = this.files.get(name);
    try {
      if (!file) return null;
      const bytes = this.#share.media.kind === "inline" ? await this.#inline(name, 0) : await this.#object(name);
      const type = name.endsWith(".png") ? "image/png" : "image/jpeg";
      return URL.createObjectURL(new Blob([await this.#checked(bytes, file.sha256)], {type}));
    } catch {
      return null;
    }
  }

  async #checked(bytes, hash) {
    if (subtle && toHex(await sha256(bytes)) !== hash) throw new SourceError("damaged");
    return bytes;
  }

  #addressOf(name) {
    const {base, query, signatures} = this.#share.media;
    if (!query) return base + name;
    return `${base}${name}?${query}&X-Amz-Signature=${signatures[name] ?? ""}`;
  }

  async #object(name, signal, isAgain) {
    let bytes;
    try {
      const response = await fetch(this.#addressOf(name), {signal, cache: isAgain ? "reload" : "default"});
      if (!response.ok) throw new SourceError([401, 403, 404, 410].includes(response.status) ? "gone" : "network");
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      if (error.name === "AbortError" || error instanceof SourceError) throw error;
      throw new SourceError("network");
    }
    return this.#share.seal ? unseal(this.#share.seal, name, bytes) : bytes;
  }

  async #inline(name, from, size) {
    if (!this.#whole.has(name)) this.#whole.set(name, this.#takeInline(name));
    const blob = await this.#whole.get(name);
    return new Uint8Array(await blob.slice(from, size === undefined ? undefined : from + size).arrayBuffer());
  }

  // The text goes out of the page once its bytes are here: it is a third larger than they.
  async #takeInline(name) {
    const place = byId(`bytes-${name}`);
    if (!place) throw new SourceError("damaged");
    let bytes = fromBase64(place.textContent.trim());
    place.remove();
    if (this.#share.inline_key) {
      const about = `meanwhile share 1\n${this.#share.share}\n${name}`;
      bytes = await openBox(fromBase64(this.#share.inline_key), bytes, about)
        .catch(() => { throw new SourceError("damaged"); });
    }
    return new Blob([bytes]);
  }
}

// Names and places of a track's parts: app/library/FORMAT.md, "clip.json".
function partsOf(track) {
  const six = (number) => String(number).padStart(6, "0");
  let offset = 0;
  return [track.init, ...track.segments].map((part, place) => {
    const name = place === 0 ? (part.number ? `init-${six(part.number)}.mp4` : "init.mp4")
                             : `${six(part.number ?? place)}.m4s`;
    const from = (part.start_us ?? 0) / 1e6;
    const known = {name, offset, bytes: part.bytes, sha256: part.sha256, from, to: from + (part.duration_us ?? 0) / 1e6};
    offset += part.bytes;
    return known;
  });
}

// upload/FORMAT.md, "Sealed libraries".
async function unseal(seal, name, object) {
  const path = seal.clip_prefix + name;
  const header = object.slice(0, kSealHeader);
  if (textOf(header.subarray(0, 8)) !== "MWSEAL2\n") throw new SourceError("damaged");
  const raw = await hkdf(fromBase64(seal.scope), header.subarray(16), `meanwhile seal 2 object\n${path}`);
  const key = await aesKey(raw, "decrypt");
  const additionalData = joined(header, utf8(`${seal.library}\n${path}`));
  const count = Math.max(1, Math.ceil((object.length - kSealHeader) / (kChunk + kTag)));
  const chunks = Array.from({length: count}, (_, number) => {
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setUint32(7, number);
    iv[11] = number === count - 1 ? 1 : 0;
    const from = kSealHeader + number * (kChunk + kTag);
    const sealed = object.subarray(from, from + kChunk + kTag);
    return subtle.decrypt({name: "AES-GCM", iv, additionalData}, key, sealed);
  });
  try {
    return joined(...(await Promise.all(chunks)).map((chunk) => new Uint8Array(chunk)));
  } catch {
    throw new SourceError("damaged");
  }
}
