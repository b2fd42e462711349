// Brings a track's parts into an element, near the moment that is played and no others, so that an hour plays.
const kAhead = 30, kAheadAtRest = 12, kBehind = 20;  // seconds
const kAtOnce = 2;
const kLast = 0.01;  // seconds before its end a track still shows its last picture
const MediaKind = window.MediaSource ?? window.ManagedMediaSource;
const isSound = ({name}) => name === "voice" || name === "system";
const pass = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

class TrackFeed {
	trouble = null;
	#ahead = kAhead;
	#arriving = new Map();
	#here = new Set();
	#damaged = new Set();
	#turn = Promise.resolve();
	#begun = null;
	#attempts = 0;
	#rest = null;

	// buffer: a promise of the SourceBuffer. changed() is called when anything did.
	constructor(track, source, buffer, changed) {
		Object.assign(this, {parts: track.parts, track, source, buffer, changed});
		buffer.then((ready) => { ready.onbufferedchange = (event) => this.#forget(event); });
	}

	// Of a long track the page itself knows only the beginning.
	get isKnown() {
		return this.parts.at(-1).to >= this.track.to;
	}
	get isWhole() {
		return this.isKnown && this.#here.has(this.parts.length - 1);
	}
	#indexAt = (time) => Math.max(1, lastUpTo(this.parts, time));
	isDamagedAt = (time) => this.#damaged.has(this.#indexAt(time));

	// ahead(seconds): what comes within them, as ranges of the track.
	keep(time, isPlaying, ahead) {
		const first = this.#indexAt(time), ranges = ahead(isPlaying ? this.#ahead : kAheadAtRest);
		const isWanted = (index) => !index || (this.isKnown && index === first) || ranges.some(({from, to}) => this.parts[index].to > from && this.parts[index].from < to);
		for (const [index, stop] of this.#arriving) if (!isWanted(index)) stop.abort();
		for (const index of this.#here) if (!isWanted(index) && (this.parts[index].to < time - kBehind || this.parts[index].from > time + 3 * kAhead)) this.#drop(index);
		if (this.#rest) return;
		this.#begun ??= this.#fetch(0);
		// What is to be shown now has the line for itself.
		const most = this.#here.has(first) ? kAtOnce : 1 + this.#arriving.has(0);
		for (const {from} of [{from: time}, ...ranges]) for (let index = this.#indexAt(from); index < this.parts.length && isWanted(index) && this.#arriving.size < most; ++index)
			if (![this.#here, this.#arriving, this.#damaged].some((set) => set.has(index))) this.#fetch(index);
	}

	retry() {
		this.#rest = null;
		this.#damaged.clear();
		this.changed();
	}

	stop() {
		for (const stop of this.#arriving.values()) stop.abort();
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
			if (!index) this.#begun = null;
			if (!stop.signal.aborted) this.#fail(index, error);
		}
		this.#arriving.delete(index);
		this.changed();
	}

	async #fail(index, error) {
		// The browser has no room for so much.
		if (error.name === "QuotaExceededError") return void (this.#ahead = Math.max(6, this.#ahead / 2));
		if (error.message === "damaged" && this.trouble) this.#damaged.add(index);
		this.trouble = {kind: error instanceof SourceError ? error.message : "browser", index, at: this.parts[index].from};
		const rest = this.#rest = pass(Math.min(2 ** this.#attempts++, 15));
		await rest;
		if (this.#rest === rest) this.#rest = null;
		this.changed();
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
		this.#here.delete(index);
		this.#change((buffer) => buffer.remove(this.parts[index].from, this.parts[index].to)).then(this.changed, this.changed);
	}

	// A ManagedMediaSource takes away what it pleases.
	#forget({removedRanges: gone}) {
		for (let i = 0; i < gone?.length; ++i)
			for (const index of this.#here) if (index && gone.start(i) < this.parts[index].to && gone.end(i) > this.parts[index].from) this.#here.delete(index);
		this.changed();
	}
}

// An element that plays one track, or a picture with its sound.
class Reel {
	feeds = [];
	trouble = null;

	constructor(element, tracks, changed) {
		Object.assign(this, {element, tracks, changed, hears: tracks.some(isSound)});
		this.from = Math.max(...tracks.map(({parts}) => parts[1].from));
		this.to = Math.max(...tracks.map(({to}) => to));
	}

	feed(source) {
		this.media = new MediaKind();
		const ready = new Promise((done) => { this.media.onsourceopen = done; }).then(() => {
			this.media.onsourceopen = null;
			this.media.duration = this.to;
			return this.tracks.map((track) => this.media.addSourceBuffer(`${isSound(track) ? "audio" : "video"}/mp4; codecs="${track.codec}"`));
		});
		this.feeds = this.tracks.map((track, i) => new TrackFeed(track, source, ready.then((all) => all[i]), () => this.#settle()));
		this.element.disableRemotePlayback = true;  // else a ManagedMediaSource doesn't open
		this.element.src = URL.createObjectURL(this.media);
	}

	// Before its beginning a track's first picture stands there, after its end its last.
	within = (time) => Math.max(this.from, Math.min(time, this.to - kLast));
	place(time) {
		if (this.element.readyState) this.element.currentTime = this.within(time);
		this.drift = undefined;
	}
	end() {
		const {element, feeds} = this;
		for (const feed of feeds) feed.stop();
		element.pause();
		URL.revokeObjectURL(element.src);
		element.removeAttribute("src");
		element.load();
		element.remove();
	}

	// Where there are no Media Source Extensions: the whole track as one file.
	async load(source) {
		const [track] = this.tracks, bytes = [];
		while (bytes.length < track.parts.length || track.parts.at(-1).to < track.to) {
			if (bytes.length === track.parts.length) await pass(0.1);  // the rest of the page isn't here yet
			const part = bytes.length < track.parts.length && await source.part(track, bytes.length).catch(({message}) => { this.trouble = {kind: message, at: track.parts[bytes.length].from}; });
			if (part) bytes.push(part), this.trouble = null;
			else await pass(3);
			this.changed();
		}
		this.element.src = URL.createObjectURL(new Blob(bytes, {type: "video/mp4"}));
	}

	// The end is told once all last parts are here: only then one track's end doesn't stop the other.
	#settle() {
		const isQuiet = [...this.media.sourceBuffers].every(({updating}) => !updating);
		if (isQuiet && this.media.readyState === "open" && this.feeds.every(({isWhole}) => isWhole)) this.media.endOfStream();
		this.changed();
	}
}
