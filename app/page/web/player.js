// One clock for both pictures and the sound. The sound leads; what doesn't play in its element follows it: started
// together, held near by small changes of its rate, set where it is far off.

const kNear = 0.008;       // seconds: nearer is together
const kFar = 0.3;          // further away is set
const kFarSound = 0.12;    // … heard sound sooner: its rate is changed less
const kMostCorrection = 0.15;
const kMostSoundCorrection = 0.03;
const kLastPicture = 0.01;   // seconds before its end a track still shows its last
const kSpeeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];

class Player {
  #target = null;   // of a seek that isn't done
  #drift = new Map();  // reel -> what lies between it and the leader, smoothed
  #isHeld = false;  // the leader waits for a follower's bytes

  // reels: the leader first. wake(): something moves again.
  constructor(reels, duration, gain, wake) {
    [this.leader, ...this.followers] = reels;
    Object.assign(this, {reels, duration, gain, wake, wants: false, speed: 1, volume: 1, isMuted: false});
    for (const {element} of reels) {
      for (const name of ["seeked", "playing", "waiting", "canplay", "loadeddata", "ended", "error"])
        element.addEventListener(name, () => wake());
      element.addEventListener("loadedmetadata", () => this.#place());
    }
    this.leader.element.addEventListener("ended", () => { this.wants = false; });
    this.#applyVolume();
  }

  get time() {
    return this.#target ?? Math.min(this.leader.element.currentTime, this.duration);
  }
  get isEnded() {
    return this.leader.element.ended && this.#target === null;
  }
  get isWaiting() {
    const {element} = this.leader;
    return this.#isHeld || (element.readyState < 3 && !element.ended);
  }
  get isMoving() {
    return this.wants || this.#target !== null || this.reels.some(({element}) => element.seeking);
  }

  // Called by a hand: some browsers let only those start sound, so all are started now, and held a moment later.
  play() {
    this.wants = true;
    if (this.isEnded) this.seek(0);
    this.#amplify();
    for (const {element} of this.reels) element.play().catch(() => {});
    this.wake();
  }
  pause() {
    this.wants = this.#isHeld = false;
    for (const {element} of this.reels) element.pause();
    this.#target = this.leader.element.currentTime;  // all show the same moment
    this.#place();
    this.wake();
  }
  toggle() {
    if (this.wants) this.pause();
    else this.play();
  }

  seek(time) {
    this.#target = Math.max(0, Math.min(time, this.duration));
    for (const reel of this.reels) reel.keep(this.#target, this.wants);
    this.#place();
    this.wake();
  }

  setSpeed(speed) {
    this.speed = speed;
    for (const {element} of this.reels) element.defaultPlaybackRate = element.playbackRate = speed;
    this.wake();
  }
  setVolume(volume, isMuted) {
    Object.assign(this, {volume, isMuted});
    this.#applyVolume();
    this.wake();
  }

  // Once a frame, and twice a second where nobody looks.
  tick() {
    const {element} = this.leader;
    if (this.#target !== null && !element.seeking && element.readyState > 0) this.#place();
    const now = this.time;
    for (const reel of this.reels) reel.keep(now, this.wants);
    if (this.wants) this.#hold();
    for (const reel of this.followers) this.#follow(reel, now);
  }

  // A dragged hand asks for more places than can be shown: the last is what counts.
  #place() {
    const {element} = this.leader;
    if (this.#target === null || element.seeking || element.readyState === 0) return;
    if (Math.abs(element.currentTime - this.#target) > 1e-4) {
      element.currentTime = this.#target;
      for (const reel of this.followers) this.#set(reel, this.#target);
    } else {
      for (const reel of this.followers)
        if (Math.abs(reel.element.currentTime - this.#within(reel, this.#target)) > 1e-3) this.#set(reel, this.#target);
      this.#target = null;
    }
  }

  // Before a picture's beginning its first stands there, after its end its last.
  #within(reel, time) {
    return Math.max(reel.from, Math.min(time, reel.to - kLastPicture));
  }
  #set(reel, time) {
    if (reel.element.readyState > 0) reel.element.currentTime = this.#within(reel, time);
    this.#drift.delete(reel);
  }

  // All wait for the one whose bytes aren't here; what can't be shown at all is waited for by nobody.
  #hold() {
    const {element} = this.leader;
    const now = this.time;
    const waits = (reel) => reel.element.readyState < 3 && now >= reel.from && now < reel.to - 0.1 &&
                            !reel.element.ended && !reel.isDamagedAt(now);
    const isHeld = !element.seeking && this.followers.some(waits);
    if (isHeld && !element.paused) element.pause();
    if (!isHeld && element.paused && !element.ended) element.play().catch(() => this.pause());
    this.#isHeld = isHeld;
  }

  #follow(reel, now) {
    const {element} = reel;
    const lead = this.leader.element;
    const isInside = now >= reel.from && now < reel.to - kLastPicture;
    const runs = !lead.paused && !lead.seeking && lead.readyState > 2 && isInside;
    if (runs === element.paused && element.readyState > 0) runs ? element.play().catch(() => {}) : element.pause();
    if (!runs || element.seeking || element.readyState < 2) {
      const isOff = Math.abs(element.currentTime - this.#within(reel, now)) > (runs ? kFar : 0.001);
      if (isOff && !element.seeking && !lead.seeking && !runs && lead.readyState > 0) this.#set(reel, now);
      return;
    }
    const measured = lead.currentTime - element.currentTime;
    if (Math.abs(measured) > (reel.isSound ? kFarSound : kFar)) {
      this.#set(reel, lead.currentTime + 0.05 * this.speed);
      return;
    }
    this.#correct(reel, measured);
  }

  // The drift is smoothed, for clocks of elements tick coarsely.
  #correct(reel, measured) {
    const drift = 0.8 * (this.#drift.get(reel) ?? measured) + 0.2 * measured;
    this.#drift.set(reel, drift);
    const most = reel.isSound ? kMostSoundCorrection : kMostCorrection;
    const share = Math.abs(drift) < kNear ? 0 : Math.max(-most, Math.min(most, drift * 2));
    const rate = this.speed * (1 + Math.round(share * 100) / 100);
    if (reel.element.playbackRate !== rate) reel.element.playbackRate = rate;
  }

  // What is too loud is turned down here; what is too quiet needs #amplify().
  #applyVolume() {
    const quieter = this.gain < 0 ? 10 ** (this.gain / 20) : 1;
    for (const {element} of this.reels) {
      element.volume = this.volume * quieter;
      element.muted = this.isMuted;
    }
  }

  // Louder than it was recorded, with a limit that keeps peaks whole. Only a hand may start it.
  #amplify() {
    if (this.gain < 1 || this.audio || !window.AudioContext) return;
    this.audio = new AudioContext();
    const gain = new GainNode(this.audio, {gain: 10 ** (this.gain / 20)});
    const limit = new DynamicsCompressorNode(this.audio, {threshold: -3, knee: 0, ratio: 20, attack: 0.002});
    for (const {element, tracks} of this.reels)
      if (tracks.some(isSound)) this.audio.createMediaElementSource(element).connect(gain);
    gain.connect(limit).connect(this.audio.destination);
    this.audio.resume();
  }
}

const coversAll = (track, duration) => track.parts[1].from < 0.1 && track.parts.at(-1).to > duration - 0.5;

// Which tracks share an element: the sound that lasts throughout leads, with the screen if that does, too; all others
// have elements of their own. [[tracks]], the leader first.
function groupTracks(tracks, duration, areApart) {
  const named = (...names) => names.map((name) => tracks.find((track) => track.name === name)).filter(Boolean);
  const sounds = named("voice", "system");
  const pictures = named("screen", "camera");
  const lasting = (list) => list.find((track) => coversAll(track, duration));
  const sound = lasting(sounds);
  const picture = areApart ? null : lasting(pictures.slice(0, 1));
  const longest = () => tracks.toSorted((a, b) => b.parts.at(-1).to - a.parts.at(-1).to).slice(0, 1);
  const leading = sound || picture ? [picture, sound].filter(Boolean) : longest();
  return [leading, ...tracks.filter((track) => !leading.includes(track)).map((track) => [track])];
}
