// What plays: the recording, what is joined to it, title cards. Each lies at its place of the recorded timeline, and has a clock.
const kReady = 12;     // seconds before its turn it is made ready
const kApart = 0.02;   // seconds: it stands where it is to begin
// As the program that made the page says it.
const kMissing = {
	"it was deleted": tr("it was deleted"), "it isn't in the library": tr("it isn't in the library"), "it is somebody else's": tr("it is somebody else's"),
	"it is still being recorded": tr("it is still being recorded"), "it was made by a newer Meanwhile": tr("it was made by a newer Meanwhile"), "it is damaged in the library": tr("it is damaged in the library"),
};

// Where nothing was recorded, time passes as in an element.
class QuietClock {
	paused = true;
	seeking = false;
	ended = false;
	#at = 0;
	#since = 0;
	#rate = 1;

	constructor(length, readyState = 4) {
		Object.assign(this, {length, readyState});
	}

	get currentTime() {
		return Math.min(this.length, this.paused ? this.#at : this.#at + ((performance.now() - this.#since) / 1000) * this.#rate);
	}
	set currentTime(time) {
		this.#at = time;
		this.#since = performance.now();
	}
	set playbackRate(rate) {
		this.currentTime = this.currentTime;
		this.#rate = rate;
	}
	async play() {
		this.currentTime = this.currentTime;
		this.paused = !this.readyState;
	}
	pause() {
		this.#at = this.currentTime;
		this.paused = true;
	}
}

class Deck {
	// reels: the leader first; none: the clock does. words: {title, text}, instead of pictures.
	constructor({from, to}, {reels = [], pictures = {}}, words, clock) {
		Object.assign(this, {from, to, reels, pictures, words, lead: reels[0]?.element ?? clock, followers: reels.slice(1)});
	}

	has = ({from}) => from >= this.from && from < this.to;
	local = (time) => time - this.from;
	get time() {
		return this.from + this.lead.currentTime;
	}
	get clocks() {
		return [this.lead, ...this.followers.map(({element}) => element)];
	}
	get isReady() {
		return this.lead.readyState > 1 && !this.lead.seeking;
	}

	place(time) {
		this.lead.currentTime = this.local(time);
		for (const reel of this.followers) reel.place(this.local(time));
	}
	// As place(), of what isn't there already.
	prepare(time) {
		const {lead, followers} = this, at = Math.min(this.local(time), (lead.duration || Infinity) - kLast);
		if (!lead.readyState) return;
		if (Math.abs(lead.currentTime - at) > kApart) lead.currentTime = at;
		for (const reel of followers) if (Math.abs(reel.element.currentTime - reel.within(at)) > kApart) reel.place(at);
	}
	// near: the moment around which its parts are wanted; now: the one that is shown.
	keep(near, now, isPlaying) {
		const ahead = (seconds) => edits.ahead(now, seconds).filter(this.has).map(({from, to}) => ({from: this.local(from), to: this.local(to)}));
		for (const {feeds} of this.reels) for (const feed of feeds) feed.keep(this.local(near), isPlaying, ahead);
	}
	end() {
		for (const reel of this.reels) reel.end();
	}
}

// One file of what is shown, in its order.
class ArrangedDeck extends Deck {
	isArranged = true;
	local = (time) => edits.shown(time);
	get time() {
		return edits.recorded(this.lead.currentTime);
	}
}

class Decks {
	made = () => {};  // one that is new
	#made = new Map();
	#joined = null;

	// build(entry, place): of what is joined {reels, pictures}.
	constructor(own, {cards = [], joined = []} = {}, build) {
		const seconds = (us) => us / 1e6;
		Object.assign(this, {own, build, places: [...cards.map(({from_us: from, to_us: to, title, text}) => ({from: seconds(from), to: seconds(to), words: {title, text}})),
			...joined.map(([from, to], index) => ({from: seconds(from), to: seconds(to), index}))]});
	}

	// Now it is known what is joined.
	complete(joined) {
		if (this.#joined) return;
		this.#joined = joined ?? [];
		for (const [place, {lead}] of this.#made) if (!lead.readyState) this.#made.delete(place);
	}

	get all() {
		return [this.own, ...this.#made.values()];
	}
	of(part) {
		const place = this.places.find(({from, to}) => part.from >= from && part.from < to);
		if (!place) return this.own;
		if (!this.#made.has(place)) this.#made.set(place, this.#make(place)), this.made(this.#made.get(place));
		return this.#made.get(place);
	}
	#make(place) {
		const {from, to, index, words} = place, entry = this.#joined?.[index], clock = new QuietClock(to - from, words || entry ? 4 : 0);
		if (entry && !entry.missing) return new Deck(place, this.build(entry, place), null, clock);
		return new Deck(place, {}, words ?? (entry && {text: trFormat("A part of another update belongs here. It can't be shown: {}.", kMissing[entry.missing] ?? entry.missing)}), clock);
	}

	// Those of what comes soon are made ready, those of what is far away go.
	keep(now, {deck: current, shown, wants}) {
		const coming = this.places.length ? edits.ahead(now, kReady) : [];
		for (const part of coming) this.of(part);
		for (const [place, deck] of this.#made) if (deck !== current && deck !== shown && !coming.some(deck.has)) this.#made.delete(place), deck.end();
		current.keep(now, now, wants);
		for (const deck of this.all) {
			const next = deck !== current && deck !== shown && coming.find(deck.has);
			if (next) deck.keep(next.from, now, false), deck.prepare(next.from);
		}
	}
}
