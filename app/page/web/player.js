// One clock for both pictures and the sound. The sound leads; what plays in other elements follows it: held near by
// small changes of its rate, set where it is far off.
const kSpeeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const kNear = 0.008, kFar = 0.3, kFarSound = 0.12;  // seconds
const kMost = 0.25, kMostSound = 0.03;              // of the rate: sound is heard
const kInside = 1e-4;                               // seconds: still the part, not what comes behind it
const kEdge = 0.03;                                 // seconds before its end a part is left: timers are late, and what was cut isn't to be seen
const kScrub = 150;                                 // ms that a place gets while a hand drags

class Player {
	wants = false;
	speed = 1;
	volume = 1;
	isMuted = false;
	#target = null;
	#asked = null;
	#askedAt = 0;
	#isHeld = false;
	#part = 0;        // of the edits, that is played
	#isOver = false;  // the last of them was

	// deck: what plays, shown: what is seen, which stays until the other is there. gain: dB.
	constructor(decks, gain, wake) {
		Object.assign(this, {decks, gain, wake, deck: decks.own, shown: decks.own});
		decks.made = (deck) => this.#dress(deck);
		this.#dress(decks.own);
	}

	get lead() {
		return this.deck.lead;
	}
	get time() {
		const {deck} = this;
		return this.#target ?? (deck.isArranged ? deck.time : Math.min(deck.time, this.#isLast ? this.#now.to : this.#now.to - kInside));
	}
	get #now() {
		return edits.parts[this.#part];
	}
	get #isLast() {
		return this.#part + 1 === edits.parts.length || !!this.deck.isArranged;
	}
	get isEnded() {
		return ((this.lead.ended && this.#isLast) || this.#isOver) && this.#target === null;
	}
	// What is seen is of the moment that time says.
	get isSettled() {
		return this.#target === null && this.shown === this.deck && !this.lead.seeking;
	}
	get isWaiting() {
		return this.#isHeld || (this.lead.readyState < 3 && !this.lead.ended);
	}
	// Seconds until something else is to be shown.
	get toBorder() {
		return this.wants && !this.deck.isArranged ? (this.#now.to - kEdge - this.time) / this.speed : Infinity;
	}
	get isMoving() {
		return this.wants || this.#target !== null;
	}

	// Some browsers let only a hand start sound: all are started in its call.
	play() {
		if (this.isEnded) this.seek(edits.recorded(0));
		this.wants = true;
		this.#amplify();
		for (const clock of this.deck.clocks) clock.play().catch(() => {});
		this.wake();
	}
	pause() {
		this.wants = this.#isHeld = false;
		for (const clock of this.deck.clocks) clock.pause();
		this.seek(this.time);  // all show the same moment
	}

	seek(time) {
		const shown = edits.shown(Math.max(0, time));
		this.#isOver = false;
		this.#go(Math.max(0, lastUpTo(edits.parts, shown, "at")), edits.recorded(shown));
	}
	#go(part, time) {
		const deck = this.decks.of(edits.parts[part]);
		this.#part = part;
		this.#target = time;
		if (deck !== this.deck) {
			for (const clock of this.deck.clocks) clock.pause();
			this.deck = deck;
			this.#asked = null;
		}
		this.wake();
	}
	setSpeed(speed) {
		this.speed = speed;
		this.decks.all.forEach((deck) => this.#tune(deck));
		this.wake();
	}
	setVolume(volume, isMuted) {
		Object.assign(this, {volume: Math.max(0, Math.min(1, volume)), isMuted});
		this.decks.all.forEach((deck) => this.#tune(deck));
		this.wake();
	}
	#tune({lead, reels}) {
		lead.playbackRate = this.speed;
		for (const {element} of reels) {
			element.defaultPlaybackRate = element.playbackRate = this.speed;
			Object.assign(element, {volume: this.volume * Math.min(1, 10 ** (this.gain / 20)), muted: this.isMuted});
		}
	}
	#dress(deck) {
		for (const {element} of deck.reels)
			for (const name of ["loadedmetadata", "seeked", "playing", "waiting", "canplay", "ended"]) element.addEventListener(name, this.wake);
		this.#tune(deck);
		if (this.audio) this.#connect(deck);
	}

	tick() {
		this.#passBorder();
		this.#place();
		const now = this.time, {deck} = this, local = deck.local(now);
		if (this.#target === null && deck.isReady) this.shown = deck;
		this.decks.keep(now, this);
		if (this.wants) this.#hold(local);
		for (const reel of deck.followers) this.#follow(reel, local);
	}

	// From one part to the next. What was joined may have become shorter; the recording's own end is the element's to tell.
	#passBorder() {
		const {deck, lead} = this, {from, to} = this.#now;
		if (!this.wants || this.#target !== null) return;
		if (lead.ended && this.#isLast) return void (this.wants = false);
		if (deck.isArranged || (!lead.ended && deck.time < to - kEdge && deck.time > from - kFar)) return;
		if (!this.#isLast) return this.#go(this.#part + 1, edits.parts[this.#part + 1].from);
		if (deck === this.decks.own && to > deck.to - kEdge) return;
		this.pause();
		this.seek(to - kLast);
		this.#isOver = true;
	}

	// A dragged hand asks for more moments than can be shown: each gets a while, unless its bytes don't come.
	#place() {
		const {lead} = this, isAsked = this.#asked === this.#target;
		if (this.#target === null || !lead.readyState || (lead.seeking && (isAsked || performance.now() < this.#askedAt + kScrub))) return;
		if (isAsked) return void (this.#target = this.#asked = null);
		this.#askedAt = performance.now();
		this.#asked = this.#target;
		// What comes next stands where it begins.
		this.deck === this.shown ? this.deck.place(this.#target) : this.deck.prepare(this.#target);
		if (!lead.seeking) this.#target = this.#asked = null;
	}

	// All wait for the one whose bytes aren't here, but for what can't be shown at all.
	#hold(now) {
		const {lead} = this;
		this.#isHeld = !lead.seeking && this.deck.followers.some(({element, from, to, feeds}) => element.readyState < 3 && now >= from &&
			now < to - 0.1 && !feeds.some((feed) => feed.isDamagedAt(now)));
		if (this.#isHeld) lead.pause();
		else if (lead.paused && !lead.ended) lead.play().catch(({name}) => name !== "AbortError" && lead === this.lead && this.pause());
	}

	#follow(reel, now) {
		const {element, from, to} = reel, {lead} = this;
		const runs = !lead.paused && !lead.seeking && lead.readyState > 2 && now >= from && now < to - kLast;
		if (runs === element.paused) runs ? element.play().catch(() => {}) : element.pause();
		if (element.seeking || lead.seeking) return;
		if (!runs) return void (Math.abs(element.currentTime - reel.within(now)) > 1e-3 && reel.place(now));
		if (element.readyState < 2) return;
		const measured = lead.currentTime - element.currentTime;
		if (Math.abs(measured) > (reel.hears ? kFarSound : kFar)) return reel.place(lead.currentTime + 0.05 * this.speed);
		// Smoothed, for elements' clocks tick coarsely.
		reel.drift = 0.7 * (reel.drift ?? measured) + 0.3 * measured;
		const most = reel.hears ? kMostSound : kMost;
		const share = Math.abs(reel.drift) < kNear ? 0 : Math.max(-most, Math.min(most, (3 * reel.drift) / this.speed));
		const rate = this.speed * (1 + Math.round(share * 50) / 50);
		if (element.playbackRate !== rate) element.playbackRate = rate;
	}

	// Louder than it was recorded, with a limit that keeps peaks whole.
	#amplify() {
		if (this.gain < 1 || this.audio) return;
		this.audio = new AudioContext();
		const limit = new DynamicsCompressorNode(this.audio, {threshold: -3, knee: 0, ratio: 20, attack: 0.002});
		const gain = new GainNode(this.audio, {gain: 10 ** (this.gain / 20)});
		gain.connect(limit).connect(this.audio.destination);
		this.amplified = gain;
		this.decks.all.forEach((deck) => this.#connect(deck));
	}
	#connect({reels}) {
		for (const {element, hears} of reels) if (hears) this.audio.createMediaElementSource(element).connect(this.amplified);
	}
}

// The sound that lasts throughout leads, with the screen in its element if that does, too; all others have one each.
function groupTracks(tracks, begin, end) {
	const lasts = ({parts, to}) => parts[1].from < begin + 0.1 && to > end - 0.5;
	const named = (...names) => names.map((name) => tracks.find((track) => track.name === name && lasts(track))).find(Boolean);
	const leading = [MediaKind && named("screen"), named("voice", "system")].filter(Boolean);
	if (!leading.length) leading.push(tracks.reduce((longest, track) => (track.to > longest.to ? track : longest)));
	return [leading, ...tracks.filter((track) => !leading.includes(track)).map((track) => [track])];
}
