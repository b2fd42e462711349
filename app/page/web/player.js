// One clock for both pictures and the sound. The sound leads; what plays in other elements follows it: held near by
// small changes of its rate, set where it is far off.
const kSpeeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const kNear = 0.008, kFar = 0.3, kFarSound = 0.12;  // seconds
const kMost = 0.25, kMostSound = 0.03;              // of the rate: sound is heard
const kScrub = 150;                                 // ms that a place gets while a hand drags
const kLast = 0.01;                                 // so long before its end a track still shows its last picture

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

	// reels: the leader first. gain: dB.
	constructor(reels, duration, gain, wake) {
		Object.assign(this, {reels, duration, gain, wake, lead: reels[0].element, followers: reels.slice(1)});
		for (const {element} of reels)
			for (const name of ["loadedmetadata", "seeked", "playing", "waiting", "canplay", "ended"]) element.addEventListener(name, wake);
		this.lead.addEventListener("ended", () => { this.wants = false; });
		this.setVolume(1, false);
	}

	get time() {
		return this.#target ?? Math.min(this.lead.currentTime, this.duration);
	}
	get isEnded() {
		return (this.lead.ended || this.#isOver) && this.#target === null;
	}
	get isWaiting() {
		return this.#isHeld || (this.lead.readyState < 3 && !this.lead.ended);
	}
	// Seconds until something else is to be shown.
	get toBorder() {
		return this.wants ? (edits.parts[this.#part].to - this.time) / this.speed : Infinity;
	}
	get isMoving() {
		return this.wants || this.#target !== null;
	}

	// Some browsers let only a hand start sound: all are started in its call.
	play() {
		if (this.isEnded) this.seek(edits.recorded(0));
		this.wants = true;
		this.#amplify();
		for (const {element} of this.reels) element.play().catch(() => {});
		this.wake();
	}
	pause() {
		this.wants = this.#isHeld = false;
		for (const {element} of this.reels) element.pause();
		this.seek(this.time);  // all show the same moment
	}

	seek(time) {
		const shown = edits.shown(Math.max(0, time));
		this.#isOver = false;
		this.#part = Math.max(0, lastUpTo(edits.parts, shown, "at"));
		this.#target = Math.min(edits.recorded(shown), this.duration);
		this.wake();
	}
	setSpeed(speed) {
		this.speed = speed;
		for (const {element} of this.reels) element.defaultPlaybackRate = element.playbackRate = speed;
		this.wake();
	}
	setVolume(volume, isMuted) {
		Object.assign(this, {volume: Math.max(0, Math.min(1, volume)), isMuted});
		for (const {element} of this.reels) Object.assign(element, {volume: this.volume * Math.min(1, 10 ** (this.gain / 20)), muted: isMuted});
		this.wake();
	}

	tick() {
		this.#passBorder();
		this.#place();
		const now = this.time;
		for (const {feeds} of this.reels) for (const feed of feeds) feed.keep(now, this.wants);
		if (this.wants) this.#hold(now);
		for (const reel of this.followers) this.#follow(reel, now);
	}

	// From one part to the next. The recording's own end is the element's to tell.
	#passBorder() {
		const {from, to} = edits.parts[this.#part], next = edits.parts[this.#part + 1], now = this.lead.currentTime;
		if (!this.wants || this.#target !== null || (now < to - kLast && now > from - kFar)) return;
		if (next) return this.seek(next.from);
		if (to > this.duration - 2 * kLast) return;
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
		lead.currentTime = this.#asked = this.#target;
		for (const reel of this.followers) this.#set(reel, this.#target);
	}

	// Before its beginning a track's first picture stands there, after its end its last.
	#within = ({from, to}, time) => Math.max(from, Math.min(time, to - kLast));
	#set(reel, time) {
		if (reel.element.readyState) reel.element.currentTime = this.#within(reel, time);
		reel.drift = undefined;
	}

	// All wait for the one whose bytes aren't here, but for what can't be shown at all.
	#hold(now) {
		const {lead} = this;
		this.#isHeld = !lead.seeking && this.followers.some(({element, from, to, feeds}) => element.readyState < 3 && now >= from &&
			now < to - 0.1 && !feeds.some((feed) => feed.isDamagedAt(now)));
		if (this.#isHeld) lead.pause();
		else if (lead.paused && !lead.ended) lead.play().catch(() => this.pause());
	}

	#follow(reel, now) {
		const {element, from, to} = reel, {lead} = this;
		const runs = !lead.paused && !lead.seeking && lead.readyState > 2 && now >= from && now < to - kLast;
		if (runs === element.paused) runs ? element.play().catch(() => {}) : element.pause();
		if (element.seeking || lead.seeking) return;
		if (!runs) return void (Math.abs(element.currentTime - this.#within(reel, now)) > 1e-3 && this.#set(reel, now));
		if (element.readyState < 2) return;
		const measured = lead.currentTime - element.currentTime;
		if (Math.abs(measured) > (reel.hears ? kFarSound : kFar)) return this.#set(reel, lead.currentTime + 0.05 * this.speed);
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
		for (const {element, hears} of this.reels) if (hears) this.audio.createMediaElementSource(element).connect(gain);
	}
}

// The sound that lasts throughout leads, with the screen in its element if that does, too; all others have one each.
function groupTracks(tracks, duration) {
	const lasts = ({parts, to}) => parts[1].from < 0.1 && to > duration - 0.5;
	const named = (...names) => names.map((name) => tracks.find((track) => track.name === name && lasts(track))).find(Boolean);
	const leading = [MediaKind && named("screen"), named("voice", "system")].filter(Boolean);
	if (!leading.length) leading.push(tracks.reduce((longest, track) => (track.to > longest.to ? track : longest)));
	return [leading, ...tracks.filter((track) => !leading.includes(track)).map((track) => [track])];
}
