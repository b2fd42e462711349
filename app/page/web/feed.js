// Brings a track's parts into an element, near the moment that is played and no others, so that an hour plays.
const kAhead = 30, kAheadAtRest = 12, kBehind = 20;  // seconds
const kAtOnce = 2;
const MediaKind = window.MediaSource ?? window.ManagedMediaSource;
const isSound = ({name}) => name === "voice" || name === "system";

class TrackFeed {
	#arriving = new Map();
	#here = new Set();
	#turn = Promise.resolve();
	#begun = null;
	#attempts = 0;
	#damaged = new Set();
	trouble = null;

	// buffer: a promise of the SourceBuffer. changed() is called when anything did.
	constructor(track, source, buffer, changed) {
		Object.assign(this, {track, source, buffer, changed, ahead: kAhead});
		buffer.then((ready) => ready.addEventListener("bufferedchange", (event) => this.#forget(event)));
	}

	get isWhole() {
		return this.#here.has(this.track.parts.length - 1);
	}

	#indexAt(time) {
		return Math.max(1, lastUpTo(this.track.parts, time));
	}

	isDamagedAt(time) {
		return this.#damaged.has(this.#indexAt(time));
	}

	keep(time, isPlaying) {
		const {parts} = this.track;
		const until = time + Math.min(this.ahead, isPlaying ? kAhead : kAheadAtRest);
		const wanted = [...parts.keys()].filter((index) => index >= this.#indexAt(time) && parts[index].from < until);
		for (const [index, stop] of this.#arriving) if (index && !wanted.includes(index)) stop.abort();
		for (const index of this.#here) if (index && (parts[index].to < time - kBehind || parts[index].from > time + 3 * kAhead)) this.#drop(index);
		if (this.timer) return;
		this.#begun ??= this.#fetch(0);
		for (const index of wanted)
			if (this.#arriving.size <= kAtOnce && !this.#here.has(index) && !this.#arriving.has(index) && !this.#damaged.has(index)) this.#fetch(index);
	}

	retry() {
		clearTimeout(this.timer);
		this.timer = 0;
		this.#damaged.clear();
		this.changed();
	}

	async #fetch(index) {
		const stop = new AbortController();
		this.#arriving.set(index, stop);
		try {
			const bytes = await this.source.part(this.track, index, stop.signal, this.trouble ? "reload" : "default");
			if (index) await this.#begun;
			await this.#change((buffer) => buffer.appendBuffer(bytes));
			this.#here.add(index);
			if (this.trouble?.index === index) this.trouble = null;
			this.#attempts = 0;
		} catch (error) {
			this.#fail(index, error);
		}
		this.#arriving.delete(index);
		this.changed();
	}

	#fail(index, {name, message}) {
		if (!index) this.#begun = null;
		if (name === "AbortError") return;
		// The browser has no room for so much.
		if (name === "QuotaExceededError") return void (this.ahead = Math.max(6, this.ahead / 2));
		if (message === "damaged" && this.trouble) this.#damaged.add(index);
		this.trouble = {kind: message, index, at: this.track.parts[index].from};
		this.timer = setTimeout(() => { this.timer = 0; this.changed(); }, Math.min(2 ** this.#attempts++, 15) * 1000);
	}

	// A SourceBuffer does one thing at a time.
	#change(act) {
		const turn = this.#turn.then(async () => {
			const buffer = await this.buffer;
			act(buffer);
			if (buffer.updating) await new Promise((done) => buffer.addEventListener("updateend", done, {once: true}));
		});
		this.#turn = turn.catch(() => {});
		return turn;
	}

	#drop(index) {
		const {from, to} = this.track.parts[index];
		this.#here.delete(index);
		this.#change((buffer) => buffer.remove(from, to)).finally(this.changed).catch(() => {});
	}

	// A ManagedMediaSource takes away what it pleases.
	#forget({removedRanges: gone}) {
		for (const index of this.#here)
			for (let i = 0; index && i < (gone?.length ?? 0); ++i)
				if (gone.start(i) < this.track.parts[index].to && gone.end(i) > this.track.parts[index].from) this.#here.delete(index);
		this.changed();
	}
}

// An element that plays one track, or a picture with its sound.
class Reel {
	feeds = [];
	trouble = null;

	constructor(element, tracks, changed) {
		Object.assign(this, {element, tracks, changed});
		this.from = Math.max(...tracks.map(({parts}) => parts[1].from));
		this.to = Math.max(...tracks.map(({parts}) => parts.at(-1).to));
	}

	feed(source) {
		this.media = new MediaKind();
		const ready = new Promise((done) => this.media.addEventListener("sourceopen", done, {once: true})).then(() => {
			this.media.duration = this.to;
			return this.tracks.map((track) => this.media.addSourceBuffer(`${isSound(track) ? "audio" : "video"}/mp4; codecs="${track.codec}"`));
		});
		this.feeds = this.tracks.map((track, i) => new TrackFeed(track, source, ready.then((all) => all[i]), () => this.#settle()));
		this.element.disableRemotePlayback = true;  // else a ManagedMediaSource doesn't open
		this.element.src = URL.createObjectURL(this.media);
	}

	// Where there are no Media Source Extensions: the whole track as one file.
	async load(source) {
		const [track] = this.tracks, bytes = [];
		while (bytes.length < track.parts.length) {
			const part = await source.part(track, bytes.length).catch(({message}) => { this.trouble = {kind: message, at: track.parts[bytes.length].from}; });
			if (part) bytes.push(part), this.trouble = null;
			else await new Promise((done) => setTimeout(done, 3000));
			this.changed();
		}
		this.element.src = URL.createObjectURL(new Blob(bytes, {type: "video/mp4"}));
	}

	// The end is told once all last parts are here: only then one track's end doesn't stop the other.
	#settle() {
		const isQuiet = [...this.media.sourceBuffers].every((buffer) => !buffer.updating);
		if (isQuiet && this.media.readyState === "open" && this.feeds.every((feed) => feed.isWhole)) this.media.endOfStream();
		this.changed();
	}
}
