// Where bytes come from: objects in storage, sealed or not, or this very file. Nobody gets them unchecked.
const kChunk = 65536 + 16;

// "network" may pass, "gone" is the storage's no, "damaged" isn't what was published.
class SourceError extends Error {}

class Source {
	#inline = new Map();

	constructor(share) {
		this.share = share;
		const {tracks = [], files = []} = JSON.parse(share.manifest ?? "{}");
		this.files = files;
		this.tracks = tracks.map((track) => ({...track, parts: partsOf(track)}));
	}

	// Part 0 is init, part i the segment i - 1.
	part({name, parts}, index, signal, cache) {
		const part = parts[index];
		return this.#bytes(`${name}/${part.object}`, name, part, signal, cache);
	}

	// An address for <img>, null where there is none: pictures beside the tracks are no reason to stop.
	async picture(name) {
		const file = this.files.find((one) => one.name === name);
		const bytes = file && await this.#bytes(name, name, {...file, offset: 0}).catch(() => null);
		return bytes ? URL.createObjectURL(new Blob([bytes])) : null;
	}

	async #bytes(object, whole, {offset, bytes: size, sha256: hash}, signal, cache) {
		const bytes = this.share.media.kind === "inline" ? await this.#cut(whole, offset, size) : await this.#fetch(object, signal, cache);
		if (subtle && hexOf(await sha256(bytes)) !== hash) throw new SourceError("damaged");
		return bytes;
	}

	async #fetch(object, signal, cache) {
		const {media: {base, query, signatures}, seal} = this.share;
		const address = base + object + (query && `?${query}&X-Amz-Signature=${signatures[object]}`);
		let bytes;
		try {
			const response = await fetch(address, {signal, cache});
			if (!response.ok) throw new SourceError(response.status < 500 && response.status !== 429 ? "gone" : "network");
			bytes = new Uint8Array(await response.arrayBuffer());
		} catch (error) {
			throw error.name === "AbortError" || error instanceof SourceError ? error : new SourceError("network");
		}
		return seal ? unseal(seal, seal.clip_prefix + object, bytes).catch(() => { throw new SourceError("damaged"); }) : bytes;
	}

	async #cut(name, offset, size) {
		if (!this.#inline.has(name)) this.#inline.set(name, this.#take(name));
		return new Uint8Array(await (await this.#inline.get(name)).slice(offset, offset + size).arrayBuffer());
	}

	// The text leaves the page once its bytes are here: it is a third larger.
	async #take(name) {
		const place = byId(`bytes-${name}`), {inline_key: key, share} = this.share;
		if (!place) return new Blob();
		const bytes = fromBase64(place.textContent.trim());
		place.remove();
		return new Blob([key ? await openBox(fromBase64(key), bytes, `meanwhile share 1\n${share}\n${name}`).catch(() => "") : bytes]);
	}
}

// app/library/FORMAT.md, "clip.json".
function partsOf({init, segments}) {
	const six = (number) => String(number).padStart(6, "0");
	let offset = 0;
	return [init, ...segments].map((part, place) => {
		const object = place ? `${six(part.number ?? place)}.m4s` : part.number ? `init-${six(part.number)}.mp4` : "init.mp4";
		const from = (part.start_us ?? 0) / 1e6;
		offset += part.bytes;
		return {...part, object, offset: offset - part.bytes, from, to: from + (part.duration_us ?? 0) / 1e6};
	});
}

// upload/FORMAT.md, "Sealed libraries".
async function unseal({library, scope}, path, object) {
	const header = object.slice(0, 48);
	const raw = await hkdf(fromBase64(scope), header.subarray(16), `meanwhile seal 2 object\n${path}`);
	const key = await aesKey(raw, "decrypt"), additionalData = joined(header, utf8(`${library}\n${path}`));
	const count = Math.ceil((object.length - 48) / kChunk);
	const chunks = await Promise.all(Array.from({length: count}, (_, number) => {
		const iv = new Uint8Array(12);
		new DataView(iv.buffer).setUint32(7, number);
		iv[11] = number === count - 1;
		const from = 48 + number * kChunk;
		return subtle.decrypt({name: "AES-GCM", iv, additionalData}, key, object.subarray(from, from + kChunk));
	}));
	return joined(...chunks.map((chunk) => new Uint8Array(chunk)));
}
