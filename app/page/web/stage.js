// The pictures, where they lie, and what is drawn over them at a moment.

const kGap = 12;
const kCameraShare = 0.24;      // of what it divides with the screen: a face can be read
const kMostCameraShare = 0.4;   // only where the screen can't use it
const kStackingMustGain = 1.4;  // beside each other is what people expect
const kBubbleShare = 0.28;
const kMomentLength = 3;        // seconds that a drawing of a moment shows
const kReactionLength = 1.6;
const kAskLength = 8;
const kMostRising = 6;
const kOneFrame = 0.05;         // a seek lands on the frame before its moment, at worst

function fit(size, width, height) {
  const scale = Math.min(width / size.width, height / size.height);
  return {width: size.width * scale, height: size.height * scale};
}

function centred(size, width, height) {
  return {x: (width - size.width) / 2, y: (height - size.height) / 2, ...size};
}

const turned = ({width, height}) => ({width: height, height: width});

// Along one line; written for a horizontal one.
function shareLine(area, screen, camera) {
  const length = area.width - kGap;
  const shown = fit(screen, length * (1 - kCameraShare), area.height);
  const left = Math.min(length - shown.width, length * kMostCameraShare);
  return [shown, fit(camera, left, area.height)];
}

// As the window composes (media/base/layout.h): {screen?, camera?} of {x, y, width, height}.
function compose(layout, area, screen, camera) {
  const whole = (size) => centred(fit(size, area.width, area.height), area.width, area.height);
  if (!screen && !camera) return {};
  if (!camera || (layout === "screen" && screen)) return {screen: whole(screen)};
  if (!screen || layout === "camera") return {camera: whole(camera)};
  if (layout === "bubble") {
    const place = whole(screen);
    const side = Math.min(place.width, place.height) * kBubbleShare;
    return {screen: place, isRound: true,
            camera: {x: place.x + kGap, y: place.y + place.height - kGap - side, width: side, height: side}};
  }
  const beside = shareLine(area, screen, camera);
  const below = shareLine(turned(area), turned(screen), turned(camera)).map(turned);
  if (below[0].width * below[0].height > beside[0].width * beside[0].height * kStackingMustGain) {
    const y = (area.height - below[0].height - kGap - below[1].height) / 2;
    return {screen: {...centred(below[0], area.width, 0), y},
            camera: {...centred(below[1], area.width, 0), y: y + below[0].height + kGap}};
  }
  const x = (area.width - beside[0].width - kGap - beside[1].width) / 2;
  return {screen: {...centred(beside[0], 0, area.height), x},
          camera: {...centred(beside[1], 0, area.height), x: x + beside[0].width + kGap}};
}

class Stage {
  #drawn = "";
  #cue = -1;
  #passing = new Map();
  #pointerLooks = new Map();
  #asking = null;

  // pictures: {screen?, camera?} of {element, width, height}. changed(): the layout is another.
  constructor(pictures, share, source, talk, actions) {
    Object.assign(this, {pictures, source, talk, actions, area: byId("pictures"), layout: "side", captions: null});
    this.drawings = makeSvg("svg", {class: "drawings", "aria-hidden": "true"});
    this.pointer = parsePointer(share.pointer);
    this.pointed = null;  // the comment that a hand is at: its drawing shows
    for (const {element} of Object.values(pictures)) {
      this.area.append(element);
      element.addEventListener("loadedmetadata", () => this.place());
    }
    this.area.append(this.drawings);
    this.area.addEventListener("click", () => this.drawing || actions.toggle());
    new ResizeObserver(() => this.place()).observe(this.area);
  }

  setLayout(layout) {
    this.layout = layout;
    this.place();
  }

  sizeOf(name) {
    const picture = this.pictures[name];
    if (!picture) return null;
    const {width = picture.element.videoWidth || 16, height = picture.element.videoHeight || 9} = picture;
    return {width, height};
  }

  place() {
    const area = {width: this.area.clientWidth, height: this.area.clientHeight};
    const screen = this.sizeOf("screen");
    const places = compose(this.layout, area, screen, this.sizeOf("camera"));
    for (const [name, {element}] of Object.entries(this.pictures)) {
      element.classList.toggle("is-away", !places[name]);
      element.classList.toggle("is-round", name === "camera" && !!places.isRound);
      if (places[name]) this.#put(element, places[name]);
    }
    this.drawings.classList.toggle("is-away", !places.screen);
    if (!places.screen) return;
    this.#put(this.drawings, places.screen);
    this.drawings.setAttribute("viewBox", `0 0 ${screen.width} ${screen.height}`);
    this.unit = screen.width / Math.max(1, places.screen.width);
    this.#drawn = "";
    this.actions.wake();
  }

  #put(element, place) {
    for (const [name, side] of [["left", "x"], ["top", "y"], ["width", "width"], ["height", "height"]])
      element.style[name] = `${Math.round(place[side])}px`;
  }

  update(time) {
    this.#showDrawings(time);
    this.#showCaption(time);
    this.#showReactions(time);
    this.#showAsk(time);
  }

  redraw() {
    this.#drawn = "";
    this.actions.wake();
  }

  #showDrawings(time) {
    const shown = this.talk.drawingsAt(time, this.pointed);
    const pointer = this.pointer.moments[lastUpTo(this.pointer.moments, time, "at")];
    const key = `${shown.map(({id}) => id)}|${pointer?.t}|${this.draft?.length}`;
    if (key === this.#drawn || !this.unit) return;
    this.#drawn = key;
    const size = this.sizeOf("screen");
    const shapes = [...shown.flatMap(({drawing}) => drawing), ...(this.draft ?? [])];
    this.drawings.replaceChildren(...(pointer ? this.#pointerParts(pointer) : []),
                                  ...shapes.flatMap((shape) => shapeParts(shape, size, this.unit)));
  }

  #pointerParts({x, y, shape, down}) {
    const press = makeSvg("circle", {cx: x, cy: y, r: 16 * this.unit, class: "press"});
    const look = this.#pointerLook(shape);
    // Smaller than the picture would make it, it couldn't be seen any more.
    const scale = Math.max(1, 0.7 * this.unit);
    const place = `translate(${x} ${y}) scale(${scale})`;
    const sign = look
      ? makeSvg("image", {href: look.href, x: -look.hot_x, y: -look.hot_y, transform: place})
      : makeSvg("path", {d: "M0 0v16l3.8-3.6 2.6 5.6 2.5-1.1-2.5-5.5 5.1-.4z", class: "arrow",
                         transform: `translate(${x} ${y}) scale(${Math.max(scale, this.unit)})`});
    return down ? [press, sign] : [sign];
  }

  // An arrow stands for what isn't here.
  #pointerLook(shape) {
    const look = this.pointer.looks.get(shape);
    if (!look) return null;
    if (!this.#pointerLooks.has(shape)) {
      this.#pointerLooks.set(shape, null);
      this.source.picture(look.file).then((href) => {
        if (href) this.#pointerLooks.set(shape, {...look, href});
        this.redraw();
      });
    }
    return this.#pointerLooks.get(shape);
  }

  #showCaption(time) {
    const cues = this.captions ?? [];
    let index = lastUpTo(cues, time, "from");
    if (index >= 0 && cues[index].to <= time) index = -1;
    if (index === this.#cue) return;
    this.#cue = index;
    byId("caption").replaceChildren(...(index < 0 ? [] : [make("span", {textContent: cues[index].text})]));
  }

  showCaptions(cues) {
    this.captions = cues;
    this.#cue = -2;
    this.actions.wake();
  }

  // They rise and fade by themselves; here it is told when.
  #showReactions(time) {
    const passed = this.talk.reactions.filter(({at}) => time >= at && time < at + kReactionLength).slice(0, kMostRising);
    for (const [reaction, element] of this.#passing)
      if (!passed.includes(reaction)) this.#passing.delete(reaction), element.remove();
    for (const reaction of passed) {
      if (this.#passing.has(reaction)) continue;
      const mark = make("div", {className: "rising"}, make("span", {textContent: reaction.person.name}),
                        reactionIcon(reaction.name));
      this.#passing.set(reaction, mark);
      byId("rising").append(mark);
    }
  }

  #showAsk(time) {
    const ask = this.talk.threads.find((one) => one.ask && !one.isDone && time >= one.at - kOneFrame &&
                                                time < one.at + kAskLength) ?? null;
    if (ask === this.#asking) return;
    this.#asking = ask;
    byId("asking").hidden = !ask;
    if (!ask) return;
    const parts = [askPill(ask.ask), make("span", {className: "who", textContent: ask.person.name}),
                   make("p", {textContent: ask.text})];
    if (this.actions.canAnswer) parts.push(textButton("Answer", () => this.actions.reply(ask), "button primary"));
    byId("asking").replaceChildren(...parts);
  }
}
