// The row below the bar, and the keys: the same as the window's.

const kLayouts = [["side", "Side by side"], ["screen", "Screen only"], ["camera", "Camera only"],
                  ["bubble", "Screen with camera bubble"]];
const kKeys = [["Space or K", "Play or pause"], ["Left / Right", "Back / forward 5 s"], ["J / L", "Back / forward 10 s"],
               [", / .", "One frame back or on"], ["< / >", "Slower or faster"], ["Home / End", "To the beginning or the end"],
               ["Ctrl+Left / Right", "To the chapter before or after"], ["Up / Down", "Louder or quieter"],
               ["M", "Sound off or on"], ["F", "Full screen"], ["1 2 3 4", "Layouts"], ["P", "Skip pauses, or not"],
               ["Shift+C", "Captions on or off"], ["C", "Write a comment at this moment"], ["Ctrl+Enter", "Send it"],
               ["I / O", "A range from here, until here"], ["Shift+drag", "Mark a range on the bar"],
               ["D", "Draw on the picture"], ["Ctrl+Z", "Take the last stroke back"], ["Alt+1 … 6", "React"],
               ["Esc", "Back"]];
const kFrame = 1 / 30;

class Controls {
  #shown = "";

  constructor(player, stage, share, actions) {
    Object.assign(this, {player, stage, share, actions, skips: false, caption: -1});
    this.pauses = (share.pauses ?? []).map(([from, to]) => ({from: from / 1e6, to: to / 1e6}));
    this.#build();
    document.addEventListener("keydown", (event) => this.#press(event));
    document.addEventListener("fullscreenchange", () => setIcon(this.full, document.fullscreenElement ? "less" : "full"));
  }

  #build() {
    const {player, actions} = this;
    this.playButton = iconButton("play", "Play", actions.toggle, {key: "Space", className: "play"});
    this.clock = make("span", {className: "clock"});
    this.mute = iconButton("sound", "Sound off", () => this.#mute(), {key: "M"});
    this.volume = make("input", {type: "range", min: 0, max: 1, step: 0.05, value: 1, className: "volume", "aria-label": "Volume",
                                 oninput: () => player.setVolume(this.volume.valueAsNumber, false)});
    this.speed = make("select", {className: "choice", "aria-label": "Speed", title: "Speed (< / >)",
                                 onchange: () => player.setSpeed(Number(this.speed.value))},
                      ...kSpeeds.map((speed) => new Option(`${speed}x`, speed, speed === 1, speed === 1)));
    this.full = iconButton("full", "Full screen", () => this.#toggleFull(), {key: "F"});
    const space = make("span", {className: "space"});
    byId("controls").append(this.playButton, this.clock, this.mute, this.volume, space, ...this.#tools(), this.speed,
                            ...this.#layoutButtons(), this.full);
  }

  #tools() {
    const tools = [];
    const {share} = this;
    if (this.pauses.length) {
      const saved = this.pauses.reduce((sum, {from, to}) => sum + to - from, 0);
      this.skipButton = iconButton("skip", `Skip pauses (saves ${formatMoment(saved)})`, () => this.#toggleSkip(), {key: "P"});
      this.skipButton.setAttribute("aria-pressed", "false");
      tools.push(this.skipButton);
    }
    if (share.chapters?.length) {
      const list = make("select", {className: "choice icon-choice", "aria-label": "Chapters", title: "Chapters",
                                   onchange: () => { this.actions.seek(Number(list.value)); list.value = ""; }},
                        make("option", {value: "", textContent: "Chapters", hidden: true}),
                        ...share.chapters.map(({at_us: at, name}) =>
                          new Option(`${formatMoment(at / 1e6)}  ${name || "Chapter"}`, at / 1e6)));
      tools.push(make("span", {className: "tool with-choice"}, icon("chapters"), list));
    }
    if (share.captions?.length) {
      this.captionButton = iconButton("captions", "Captions", () => this.#nextCaptions(), {key: "Shift+C"});
      this.captionButton.setAttribute("aria-pressed", "false");
      tools.push(this.captionButton);
    }
    return tools;
  }

  #layoutButtons() {
    const {screen, camera} = this.stage.pictures;
    if (!screen || !camera) return [];
    this.layouts = kLayouts.map(([name, label], i) => {
      const button = iconButton(`layout-${name}`, label, () => this.#setLayout(name), {key: String(i + 1)});
      button.setAttribute("aria-pressed", String(name === this.stage.layout));
      return button;
    });
    return [make("span", {className: "layouts", role: "group", "aria-label": "Layout"}, ...this.layouts)];
  }

  update(time) {
    const {player} = this;
    const state = player.wants ? "pause" : player.isEnded ? "again" : "play";
    const clock = `${formatMoment(time)} / ${formatMoment(player.duration)}`;
    const key = `${state}${clock}${player.speed}${player.isMuted}${player.volume}`;
    if (player.wants && this.skips) this.#skip(time);
    if (key === this.#shown) return;
    this.#shown = key;
    setIcon(this.playButton, state);
    nameButton(this.playButton, {pause: "Pause", again: "Play again", play: "Play"}[state], "Space");
    this.clock.replaceChildren(make("b", {textContent: formatMoment(time)}), ` / ${formatMoment(player.duration)}`);
    this.speed.value = player.speed;
    this.volume.value = player.isMuted ? 0 : player.volume;
    setIcon(this.mute, player.isMuted ? "mute" : "sound");
    nameButton(this.mute, player.isMuted ? "Sound on" : "Sound off", "M");
  }

  #skip(time) {
    const pause = this.pauses.find(({from, to}) => time >= from && time < to - 0.3);
    if (pause) this.actions.seek(pause.to);
  }
  #toggleSkip() {
    this.skips = !this.skips;
    this.skipButton.setAttribute("aria-pressed", String(this.skips));
  }

  // From one language to the next, then off.
  #nextCaptions() {
    const {captions} = this.share;
    this.caption = this.caption + 1 < captions.length ? this.caption + 1 : -1;
    const chosen = captions[this.caption];
    this.stage.showCaptions(chosen ? parseVtt(chosen.vtt) : null);
    this.captionButton.setAttribute("aria-pressed", String(!!chosen));
    if (captions.length > 1) say(chosen ? `Captions: ${chosen.label || chosen.language}` : "Captions off");
  }

  #setLayout(name) {
    this.stage.setLayout(name);
    kLayouts.forEach(([one], i) => this.layouts[i].setAttribute("aria-pressed", String(one === name)));
  }

  #mute() {
    this.player.setVolume(this.player.volume || 0.5, !this.player.isMuted);
  }

  #toggleFull() {
    const {webkitEnterFullscreen} = HTMLVideoElement.prototype;
    if (document.fullscreenElement) document.exitFullscreen();
    else if (byId("watch").requestFullscreen) byId("watch").requestFullscreen();
    else if (webkitEnterFullscreen) webkitEnterFullscreen.call(this.player.leader.element);  // iPhones
  }

  showKeys() {
    const rows = kKeys.map(([keys, does]) => make("div", {}, make("dt", {textContent: keys}), make("dd", {textContent: does})));
    const dialog = make("dialog", {className: "keys", onclose: () => dialog.remove()},
                        make("form", {method: "dialog"}, make("h2", {textContent: "Keyboard shortcuts"}),
                             iconButton("close", "Close", () => dialog.close(), {key: "Esc"})),
                        make("dl", {}, ...rows));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
    dialog.showModal();
  }

  #press(event) {
    const inField = event.target.closest?.("textarea, input:not([type=range]), select, dialog");
    if (inField || event.defaultPrevented) return;
    const onButton = event.target.closest?.("button") && (event.key === " " || event.key === "Enter");
    const act = onButton ? null : this.#actionOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  #actionOf(event) {
    const {player, actions} = this;
    const now = player.time;
    const by = (seconds) => () => actions.seek(now + seconds);
    const louder = (step) => () => player.setVolume(Math.max(0, Math.min(1, player.volume + step)), false);
    if (event.altKey && /^[1-6]$/.test(event.key)) return () => actions.react(Object.keys(kReactions)[event.key - 1]);
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "z") return actions.undoShape;
      if (this.share.chapters?.length) return {ArrowLeft: () => this.#leap(-1), ArrowRight: () => this.#leap(1)}[event.key];
      return null;
    }
    if (event.altKey) return null;
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (letter === "c" && event.shiftKey) return this.captionButton ? () => this.#nextCaptions() : null;
    if (this.layouts && /^[1-4]$/.test(letter)) return () => this.#setLayout(kLayouts[letter - 1][0]);
    return {
      " ": actions.toggle, k: actions.toggle, ArrowLeft: by(-5), ArrowRight: by(5), j: by(-10), l: by(10),
      ",": () => { player.pause(); actions.seek(now - kFrame); }, ".": () => { player.pause(); actions.seek(now + kFrame); },
      "<": () => this.#faster(-1), ">": () => this.#faster(1), Home: () => actions.seek(0),
      End: () => actions.seek(player.duration), ArrowUp: louder(0.1), ArrowDown: louder(-0.1), m: () => this.#mute(),
      f: () => this.#toggleFull(), p: this.skipButton && (() => this.#toggleSkip()), c: actions.write,
      i: () => actions.markRange(now, null), o: () => actions.markRange(null, now), d: actions.draw,
      "?": () => this.showKeys(), Escape: actions.back}[letter];
  }

  #faster(step) {
    const place = kSpeeds.indexOf(this.player.speed) + step;
    if (kSpeeds[place]) this.player.setSpeed(kSpeeds[place]);
  }

  // Back: to the beginning of this one; from there to the one before.
  #leap(step) {
    const moments = this.share.chapters.map(({at_us: at}) => at / 1e6);
    const now = this.player.time;
    this.actions.seek(step > 0 ? moments.find((at) => at > now) ?? this.player.duration
                               : moments.findLast((at) => at < now - 2) ?? 0);
  }
}
