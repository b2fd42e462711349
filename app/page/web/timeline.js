// The bar: the voice's envelope, chapters, who said something where, and what is shown at the moment under the pointer.

const kBarStep = 4;      // points from one bar of the envelope to the next
const kMarkerApart = 18;
const kPeekWidth = 192;

class Timeline {
  #thumbs = [];
  #sheet = null;
  #isDragged = false;
  #shown = "";

  constructor(share, duration, source, talk, actions) {
    Object.assign(this, {duration, source, talk, actions, bar: byId("bar"), chapters: share.chapters ?? []});
    this.envelope = share.envelope ? fromBase64(share.envelope) : null;
    if (share.thumbnails) this.#thumbs = parseVtt(share.thumbnails.vtt);
    this.#listen();
    this.#drawChapters();
    new ResizeObserver(() => this.draw()).observe(this.bar);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  #listen() {
    const {bar} = this;
    bar.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      bar.setPointerCapture(event.pointerId);
      this.#isDragged = true;
      this.#drag(event);
    });
    bar.addEventListener("pointermove", (event) => {
      if (this.#isDragged) this.#drag(event);
      this.#peek(this.#timeAt(event));
    });
    for (const name of ["pointerup", "pointercancel"])
      bar.addEventListener(name, () => { this.#isDragged = false; });
    bar.addEventListener("pointerleave", () => { byId("peek").hidden = true; });
  }

  // With Shift: marks a range, as in the window.
  #drag(event) {
    const time = this.#timeAt(event);
    if (event.type === "pointerdown") this.dragFrom = time;
    if (event.shiftKey) this.actions.markRange(this.dragFrom, time);
    else this.actions.seek(time);
  }

  #timeAt({clientX}) {
    const box = this.bar.getBoundingClientRect();
    return Math.max(0, Math.min(1, (clientX - box.left) / box.width)) * this.duration;
  }

  #percent(time) {
    return `${(100 * Math.min(time, this.duration)) / this.duration}%`;
  }

  update(time, buffered) {
    const played = this.#percent(time);
    let end = time;
    for (let i = 0; i < buffered.length; ++i)
      if (buffered.start(i) <= time + 0.2) end = Math.max(end, buffered.end(i));
    const ready = this.#percent(end);
    if (this.#shown === played + ready) return;
    this.#shown = played + ready;
    this.bar.style.setProperty("--played", played);
    this.bar.style.setProperty("--ready", ready);
    const chapter = this.chapterAt(time);
    this.bar.setAttribute("aria-valuenow", Math.round(time));
    this.bar.setAttribute("aria-valuetext", `${formatMoment(time)} of ${formatMoment(this.duration)}` +
                                            (chapter ? `, ${chapter}` : ""));
  }

  chapterAt(time) {
    return this.chapters.findLast(({at_us: at}) => at / 1e6 <= time)?.name ?? "";
  }

  draw() {
    for (const name of ["wave", "wave-played"]) this.#drawWave(byId(name));
    this.drawMarks();
  }

  #drawWave(canvas) {
    const {clientWidth: width, clientHeight: height} = this.bar;
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.fillStyle = getComputedStyle(canvas).color;
    const count = Math.floor(width / kBarStep);
    for (let i = 0; i < count; ++i) {
      // A root, so that quiet speech is seen beside loud.
      const tall = Math.max(2, Math.sqrt(this.#loudest(i / count, (i + 1) / count) / 255) * (height - 8));
      pen.fillRect(i * kBarStep, height - tall - 6, kBarStep - 1.5, tall);
    }
  }

  #loudest(from, to) {
    if (!this.envelope) return 0;
    const first = Math.floor(from * this.envelope.length);
    return this.envelope.subarray(first, Math.max(first + 1, Math.ceil(to * this.envelope.length)))
      .reduce((most, one) => Math.max(most, one), 0);
  }

  #drawChapters() {
    for (const {at_us: at} of this.chapters) {
      const tick = make("i", {className: "tick"});
      tick.style.left = this.#percent(at / 1e6);
      if (at > 0) this.bar.append(tick);
    }
  }

  // Markers that would cover each other become one.
  drawMarks() {
    const width = this.bar.clientWidth;
    const clusters = (list) => list.reduce((found, one) => {
      const x = (Math.min(one.at, this.duration) / this.duration) * width;
      if (found.length && x - found.at(-1).x < kMarkerApart) found.at(-1).all.push(one);
      else found.push({x, all: [one]});
      return found;
    }, []);
    byId("markers").replaceChildren(...clusters(this.talk.threads).map((one) => this.#marker(one)));
    const heard = clusters(this.talk.reactions).map((one) => this.#reaction(one));
    const ranges = this.talk.threads.filter(({to}) => to).map(({at, to, person}) => {
      const mark = make("i", {className: "range"});
      Object.assign(mark.style, {left: this.#percent(at), width: this.#percent(to - at), color: personColor(person.id)});
      return mark;
    });
    byId("marks").replaceChildren(...ranges, ...heard);
  }

  #at(element, x) {
    element.style.left = `${Math.max(11, Math.min(this.bar.clientWidth - 11, x))}px`;
    return element;
  }

  #marker({x, all}) {
    const [first] = all;
    const words = all.length > 1 ? `${all.length} comments around ${formatMoment(first.at)}`
                                 : `${formatMoment(first.at)} ${first.person.name}: ${first.text.slice(0, 160)}`;
    const face = all.length > 1 ? make("span", {className: "avatar many", textContent: all.length})
                                : avatar(first.person);
    return this.#at(make("button", {type: "button", className: "marker", title: words, "aria-label": words,
                                    onclick: () => this.actions.show(first)}, face), x);
  }

  #reaction({x, all}) {
    const words = all.map(({at, person, name}) => `${formatMoment(at)} ${person.name}: ${kReactions[name]}`).join("\n");
    const sign = make("span", {className: "reaction-mark", title: words, role: "img", "aria-label": words},
                      all.length > 1 ? String(all.length) : reactionIcon(all[0].name));
    return this.#at(sign, x);
  }

  async #peek(time) {
    const peek = byId("peek");
    const chapter = this.chapterAt(time);
    byId("peek-time").textContent = formatMoment(time) + (chapter ? `  ${chapter}` : "");
    peek.hidden = false;
    const half = Math.min(kPeekWidth, this.bar.clientWidth) / 2;
    const x = (time / this.duration) * this.bar.clientWidth;
    peek.style.left = `${Math.max(half, Math.min(this.bar.clientWidth - half, x))}px`;
    const thumb = this.#thumbs[lastUpTo(this.#thumbs, time, "from")];
    const [, place] = thumb?.text.split("#xywh=") ?? [];
    byId("peek-picture").hidden = !place;
    if (!place) return;
    // Fetched when it is first looked at.
    const sheet = await (this.#sheet ??= this.source.picture("thumbs.jpg"));
    if (sheet) this.#cut(byId("peek-picture"), sheet, place.split(",").map(Number));
    else byId("peek-picture").hidden = true;
  }

  #cut(element, sheet, [x, y, width, height]) {
    const scale = kPeekWidth / width;
    Object.assign(element.style, {width: `${width}px`, height: `${height}px`, zoom: scale,
                                  backgroundImage: `url(${JSON.stringify(sheet)})`,
                                  backgroundPosition: `${-x}px ${-y}px`});
  }
}
