// Brings a track's parts into an element, near the moment that is played and no others, so that an hour plays.

const kAhead = 30;        // seconds that are fetched ahead while playing
const kAheadAtRest = 12;  // … before it was started
const kBehind = 20;       // seconds that stay behind
const kAtOnce = 2;        // parts of one track on their way
const kLongestWait = 15;  // seconds between two attempts

const MediaSourceKind = window.MediaSource ?? window.ManagedMediaSource;

const typeOf = (track) => `${isSound(track) ? "audio" : "video"}/mp4; codecs="${track.codec}"`;
const isSound = (track) => track.name === "voice" || track.name === "system";

// One track into one SourceBuffer. tell(trouble): what ails it, null once it goes on; thereafter `changed` is called.
class TrackFeed {
  #arriving = new Map();  // index -> AbortController
  #here = new Set();
  #turn = Promise.resolve();  // a SourceBuffer does one thing at a time
  #begun = null;
  #attempts = 0;
  #sleep = null;

  constructor(track, source, buffer, tell, changed) {
    Object.assign(this, {track, source, buffer, tell, changed, ahead: kAhead, damaged: new Set()});
    this.buffer.then((ready) => ready.addEventListener("bufferedchange", (event) => this.#forget(event)));
  }

  get isWhole() {
    return this.#here.has(this.track.parts.length - 1);
  }

  // What is wanted changes with each moment. Calls are cheap where nothing does.
  keep(time, isPlaying) {
    const {parts} = this.track;
    const until = time + Math.min(this.ahead, isPlaying ? kAhead : kAheadAtRest);
    let next = Math.max(1, lastUpTo(parts.slice(1), time, "from") + 1);
    const wanted = [];
    for (; next < parts.length && parts[next].from < until; ++next) wanted.push(next);
    for (const [index, stop] of this.#arriving) if (index && !wanted.includes(index)) stop.abort();
    this.#drop(time);
    if (this.#sleep) return;
    this.#begun ??= this.#fetch(0);
    for (const index of wanted) {
      if (this.#arriving.size > kAtOnce) return;
      if (!this.#here.has(index) && !this.#arriving.has(index) && !this.damaged.has(index)) this.#fetch(index);
    }
  }

  // The wait after a failure is over.
  retry() {
    clearTimeout(this.#sleep);
    this.#sleep = null;
    this.damaged.clear();
    this.changed();
  }

  isDamagedAt(time) {
    return this.damaged.has(lastUpTo(this.track.parts.slice(1), time, "from") + 1);
  }

  async #fetch(index) {
    const stop = new AbortController();
    this.#arriving.set(index, stop);
    try {
      const bytes = await this.source.part(this.track, index, stop.signal, this.#attempts > 0);
      if (index) await this.#begun;
      await this.#change((buffer) => buffer.appendBuffer(bytes));
      this.#here.add(index);
      this.#attempts = 0;
      this.tell(null);
    } catch (error) {
      this.#fail(index, error);
    }
    this.#arriving.delete(index);
    this.changed();
  }

  #fail(index, error) {
    if (index === 0) this.#begun = null;
    if (error.name === "AbortError") return;
    // The browser has no room: less ahead, and what lies behind goes first.
    if (error.name === "QuotaExceededError") return void (this.ahead = Math.max(6, this.ahead / 2));
    const trouble = error.trouble ?? "damaged";
    ++this.#attempts;
    if (trouble === "damaged" && this.#attempts > 1) this.damaged.add(index);
    if (trouble !== "damaged" || this.#attempts > 1) this.tell({trouble, part: this.track.parts[index]});
    const wait = Math.min(2 ** (this.#attempts - 1), kLongestWait);
    this.#sleep = setTimeout(() => { this.#sleep = null; this.changed(); }, wait * 1000);
  }

  #change(act) {
    const turn = this.#turn.then(async () => {
      const buffer = await this.buffer;
      act(buffer);
      if (buffer.updating) await new Promise((done) => buffer.addEventListener("updateend", done, {once: true}));
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #drop(time) {
    for (const index of this.#here) {
      const part = this.track.parts[index];
      if (index === 0 || (part.to > time - kBehind && part.from < time + 3 * kAhead)) continue;
      this.#here.delete(index);
      // To the end of its last picture, and not into its neighbour's first.
      this.#change((buffer) => buffer.remove(part.from, part.to)).then(this.changed, this.changed);
    }
  }

  // A ManagedMediaSource takes away what it pleases.
  #forget({removedRanges: gone}) {
    for (const index of this.#here) {
      const {from, to} = this.track.parts[index];
      for (let i = 0; index && i < (gone?.length ?? 0); ++i)
        if (gone.start(i) < to && gone.end(i) > from) this.#here.delete(index);
    }
    this.changed();
  }
}

// An element that plays one or two tracks, and how they get into it.
class Reel {
  // report(trouble or null), changed(): something is there that wasn't.
  constructor(element, tracks, report, changed) {
    Object.assign(this, {element, tracks, report, changed, feeds: []});
    this.from = Math.max(...tracks.map((track) => track.parts[1].from));
    this.to = Math.max(...tracks.map((track) => track.parts.at(-1).to));
    this.isSound = tracks.every(isSound);
  }

  // Parts of it arrive as keep() asks for them.
  feed(source) {
    this.media = new MediaSourceKind();
    const open = new Promise((done) => this.media.addEventListener("sourceopen", done, {once: true}));
    const ready = open.then(() => {
      this.media.duration = this.to;
      return this.tracks.map((track) => this.media.addSourceBuffer(typeOf(track)));
    });
    this.feeds = this.tracks.map((track, i) => new TrackFeed(track, source, ready.then((buffers) => buffers[i]),
                                                             this.report, () => this.#settle()));
    this.element.disableRemotePlayback = true;  // a ManagedMediaSource opens only then
    this.element.src = URL.createObjectURL(this.media);
  }

  // Without Media Source Extensions: the whole track, checked, as one file. parts: 1 track.
  async load(source) {
    const [track] = this.tracks;
    const bytes = [];
    for (let index = 0; index < track.parts.length;) {
      try {
        bytes.push(await source.part(track, index));
        this.report(null);
        ++index;
      } catch (error) {
        this.report({trouble: error.trouble, part: track.parts[index]});
        await new Promise((done) => setTimeout(done, 3000));
      }
    }
    this.element.src = URL.createObjectURL(new Blob(bytes, {type: "video/mp4"}));
  }

  keep(time, isPlaying) {
    for (const feed of this.feeds) feed.keep(time, isPlaying);
  }

  isDamagedAt(time) {
    return this.feeds.some((feed) => feed.isDamagedAt(time));
  }

  // The end is told once all last parts are here: only then the shorter track's end doesn't stop the longer one.
  #settle() {
    const isQuiet = [...this.media.sourceBuffers].every((buffer) => !buffer.updating);
    if (isQuiet && this.media.readyState === "open" && this.feeds.every((feed) => feed.isWhole))
      this.media.endOfStream();
    this.changed();
  }
}
