// Where bytes come from: objects in storage, sealed or not, or this very file. Nobody gets them unchecked.
const kHeader = 48, kChunk = 65536 + 16;

// "network" may pass, "gone" is the storage's no, "damaged" isn't what was published.
class SourceError extends Error {}
const damaged = () => { throw new SourceError("damaged"); };

class Source {
	#inline = new Map();

	constructor(share) {
		const {tracks = share.tracks ?? [], files = []} = JSON.parse(share.manifest ?? "{}"), {segments: runs} = share;
		Object.assign(this, {share, files, tracks: tracks.filter(({name}) => !runs || runs[name]).map((track) => {
			const parts = partsOf(track, runs?.[track.name]);
			return {...track, to: runs ? parts.at(-1).to : track.duration_us / 1e6, parts};
		})});
	}

	// What stands beside the page, where something does.
	async rest(isAgain) {
		const {media: {rest}, share, opener} = this.share;
		if (!rest) return {};
		const {box, open} = JSON.parse(textOf(await this.#get(rest, {cache: isAgain ? "reload" : "default", priority: "low"})));
		return open ?? JSON.parse(textOf(await openBox(opener, fromBase64(box), `meanwhile share 1\n${share}\nrest`)));
	}

	// clip.json is here. False: something of what is played already is another.
	complete(manifest) {
		const {tracks, files} = JSON.parse(manifest);
		this.files = files;
		for (const track of this.tracks) {
			const all = partsOf(tracks.find(({name}) => name === track.name));
			if (track.parts.some(({sha256: hash}, i) => hash !== all[i].sha256)) return false;
			Object.assign(track, {to: all.at(-1).to}).parts.splice(0, Infinity, ...all);
		}
		return true;
	}

	// Part 0 is init, part i the segment i - 1.
	part({name, parts}, index, signal, cache) {
		return this.#bytes(`${name}/${parts[index].object}`, name, parts[index], signal, cache);
	}

	// An address for an image, null where there is none: pictures beside the tracks are no reason to stop.
	async picture(name) {
		const file = this.files.find((one) => one.name === name), bytes = file && await this.#bytes(this.#objectOf(file), name, {...file, offset: 0}).catch(() => null);
		return bytes ? URL.createObjectURL(new Blob([bytes])) : null;
	}

	// Where parts of the update were removed for good, its pictures were made anew under other names.
	#objectOf({name, number}) {
		return number && this.share.media.kind === "objects" ? name.replace(".", `-${String(number).padStart(6, "0")}.`) : name;
	}

	// The address of what nobody signed: a smaller version in this file.
	async whole(name) {
		return URL.createObjectURL(await this.#inlined(name));
	}

	async #bytes(object, whole, {offset, bytes: size, sha256: hash}, signal, cache) {
		const bytes = this.share.media.kind === "inline" ? await this.#cut(whole, offset, size) : await this.#fetch(object, signal, cache);
		return !subtle || hexOf(await sha256(bytes)) === hash ? bytes : damaged();
	}

	async #fetch(object, signal, cache) {
		const {media: {base, query, signatures}, seal} = this.share;
		const bytes = await this.#get(base + object + (query && `?${query}&X-Amz-Signature=${signatures[object]}`), {signal, cache});
		return seal ? unseal(seal, seal.clip_prefix + object, bytes).catch(damaged) : bytes;
	}
	async #get(address, how) {
		try {
			const response = await fetch(address, how);
			if (!response.ok) throw new SourceError(response.status < 500 && response.status !== 429 ? "gone" : "network");
			return new Uint8Array(await response.arrayBuffer());
		} catch (error) {
			throw how.signal?.aborted || error instanceof SourceError ? error : new SourceError("network");
		}
	}

	async #cut(name, offset, size) {
		return new Uint8Array(await (await this.#inlined(name)).slice(offset, offset + size).arrayBuffer());
	}
	#inlined(track) {
		const name = (this.share.media.prefix ?? "") + track;
		if (!this.#inline.has(name)) this.#inline.set(name, this.#take(name));
		return this.#inline.get(name);
	}

	// The text leaves the page once its bytes are here: it is a third larger.
	async #take(name) {
		const place = byId(`bytes-${name}`) ?? damaged(), {inline_key: key, share} = this.share, bytes = fromBase64(place.textContent.trim());
		place.remove();
		return new Blob([key ? await openBox(fromBase64(key), bytes, `meanwhile share 1\n${share}\n${name}`).catch(damaged) : bytes]);
	}
}

// app/library/FORMAT.md, "clip.json". runs: of the numbers of those segments that are to be had; none: all.
function partsOf({init, segments}, runs) {
	let offset = 0;
	const isHere = ({place, number}) => !place || !runs || runs.some(([first, last]) => number >= first && number <= last);
	return [init, ...segments].map((part, place) => ({...part, place, number: part.number ?? place})).filter(isHere).map((part) => {
		const {place, number, bytes} = part, six = String(number).padStart(6, 0), from = (part.start_us ?? 0) / 1e6;
		offset += bytes;
		return {...part, object: place ? `${six}.m4s` : number ? `init-${six}.mp4` : "init.mp4", offset: offset - bytes, from, to: from + (part.duration_us ?? 0) / 1e6};
	});
}

// upload/FORMAT.md, "Sealed libraries".
async function unseal({library, scope}, path, object) {
	const header = object.slice(0, kHeader), additionalData = joined(header, utf8(`${library}\n${path}`));
	const key = await importKey("AES-GCM", await hkdf(fromBase64(scope), header.subarray(16), `meanwhile seal 2 object\n${path}`), "decrypt");
	const count = Math.ceil((object.length - kHeader) / kChunk);
	const chunks = Array.from({length: count}, (_, number) => {
		const iv = new Uint8Array(12), from = kHeader + number * kChunk;
		new DataView(iv.buffer).setUint32(7, number);
		iv[11] = number === count - 1;
		return subtle.decrypt({name: "AES-GCM", iv, additionalData}, key, object.subarray(from, from + kChunk));
	});
	return joined(...(await Promise.all(chunks)).map((chunk) => new Uint8Array(chunk)));
}
