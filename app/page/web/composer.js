// Where the viewer writes: at a moment or over a range, under a comment, with a drawing. A draft outlives a reload.

const kTools = {pen: "Pen", arrow: "Arrow", box: "Box"};
const kPenWidth = 0.004;

class Composer {
  #stroke = null;

  constructor(guest, talk, stage, player, actions) {
    Object.assign(this, {guest, talk, stage, player, actions, draft: remembered(guest.place).draft ?? {text: ""}, tool: "pen", color: "red"});
    this.#build();
    this.#listenToPen();
    this.update();
  }

  #build() {
    this.field = make("textarea", {id: "words", rows: 2, maxLength: 4000, value: this.draft.text, oninput: () => this.#type(),
                                   onkeydown: (event) => this.#press(event)});
    this.label = make("label", {htmlFor: "words"});
    const tool = (...all) => iconButton(...all);
    this.drop = tool("close", "Drop this", () => this.#change({}));
    this.pen = tool("draw", "Draw on the picture", () => this.setDrawing(!this.stage.drawing), {key: "D"});
    this.range = tool("range", "A range, until now", () => this.markRange(null, this.player.time), {key: "O"});
    this.sendButton = make("button", {className: "button primary", textContent: "Send", title: "Send (Ctrl+Enter)"});
    const reacts = Object.entries(kReactions).map(([name, label], i) => {
      const button = iconButton(name, label, () => this.react(name), {key: `Alt+${i + 1}`});
      return button;
    });
    this.ways = make("div", {className: "ways"});
    byId("composer").append(make("div", {className: "reactions", role: "group", "aria-label": "React"}, ...reacts),
      make("form", {onsubmit: (event) => { event.preventDefault(); this.send(); }},
           make("div", {className: "about"}, icon("comment"), this.label, this.drop), this.field,
           make("div", {className: "send"}, this.pen, this.range, make("span", {className: "space"}), this.sendButton)), this.ways);
  }

  #type() {
    if (this.field.value && this.draft.at === undefined && !this.draft.to) {
      this.player.pause();
      this.draft.at = this.player.time;
    }
    if (!this.field.value && !this.draft.drawing && !this.draft.until) delete this.draft.at;
    this.draft.text = this.field.value;
    this.#keep();
  }
  #press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.send();
    else if (event.key === "Escape") this.field.blur();
    else return;
    event.preventDefault();
  }

  #change(draft) {
    this.draft = {text: "", ...draft};
    this.field.value = this.draft.text;
    this.#keep();
  }
  #keep() {
    remember(this.guest.place, {draft: this.draft});
    this.stage.draft = this.draft.drawing;
    this.stage.redraw();
    this.update();
  }

  update() {
    const {at, until, to, drawing, text} = this.draft;
    const about = to && this.talk.threads.find(({id}) => id === to);
    this.label.textContent = to ? `Reply to ${about?.person.name ?? "a comment"}` : `At ${formatRange(at ?? this.player.time, until)}`;
    this.field.placeholder = to ? "Write a reply" : drawing ? "Say something about it" : "Comment on this moment";
    this.drop.hidden = !(text || to || until || drawing);
    this.range.hidden = !!to;
    this.sendButton.disabled = !(text.trim() || drawing?.length);
    this.stage.draft = drawing;
  }

  write() {
    this.field.focus();
  }
  reply(thread) {
    this.#change({text: this.draft.text, to: thread.id});
    this.write();
  }
  markRange(from, until) {
    const {at, until: end} = this.draft;
    const begin = from ?? Math.min(at ?? this.player.time, until);
    const last = until ?? Math.max(end ?? begin, begin);
    this.#change({...this.draft, to: undefined, at: Math.min(begin, last), until: Math.max(begin, last) - Math.min(begin, last) > 0.1 ? Math.max(begin, last) : undefined});
  }

  async react(name) {
    await this.#say({type: "react", at_us: Math.round(this.player.time * 1e6), name});
  }
  async send() {
    const {at, until, to, text, drawing} = this.draft;
    if (this.sendButton.disabled) return;
    const us = (time) => Math.round(time * 1e6);
    const words = {text: text.trim(), ...(drawing?.length ? {drawing} : {})};
    const event = to ? {type: "reply", to, ...words}
                     : {type: "comment", at_us: us(at ?? this.player.time), ...(until ? {to_us: us(until)} : {}), ...words};
    if (await this.#say(event)) {
      this.setDrawing(false);
      this.#change({});
    }
  }

  async #say(event) {
    if (!this.guest.name && !(await this.#askName())) return false;
    try {
      await this.guest.say(event);
    } catch (error) {
      this.showWays(error.message);
      return false;
    }
    this.actions.said();
    await this.deliver();
    return true;
  }

  async deliver() {
    const count = this.guest.unsent.length;
    if (!count) return this.showWays("");
    try {
      await this.guest.send();
      const waits = this.guest.unsent.length;
      this.showWays(waits ? `${waits} of your answers ${waits > 1 ? "are" : "is"} only in this browser. Copy them and send them to ${this.guest.answers.to}.` : `Sent to ${this.guest.answers.to}.`);
    } catch (error) {
      this.showWays(error.message);
    }
    this.actions.said();
  }

  showWays(words) {
    const ways = words && this.guest.words.length ? [textButton("Copy my answers", () => this.#copy())] : [];
    const mail = words && this.guest.mailLink;
    if (mail) ways.push(make("a", {className: "button", href: mail, textContent: "Send by e-mail"}));
    this.ways.replaceChildren(...(words ? [make("p", {role: "status", textContent: words}), ...ways] : []));
  }

  async #copy() {
    const text = this.guest.copied;
    try {
      await navigator.clipboard.writeText(text);
      say(`Copied. Paste it into a message to ${this.guest.answers.to}.`);
    } catch {
      const field = make("textarea", {value: text, readOnly: true, rows: 3, "aria-label": "Your answers, to be copied"});
      this.ways.append(field);
      field.select();
    }
  }

  #askName() {
    const field = make("input", {id: "name", maxLength: 100, required: true, autocomplete: "name"});
    const dialog = make("dialog", {}, make("form", {method: "dialog"}, make("h2", {textContent: "Your name"}),
      make("p", {textContent: "It stands beside what you write. Your name, the key that signs your words, and your drafts stay in this browser; nothing else does, and there are no cookies."}),
      make("label", {htmlFor: "name", textContent: "Name"}), field,
      make("div", {className: "send"}, textButton("Cancel", () => dialog.close()), make("button", {className: "button primary", value: "ok", textContent: "Go on"}))));
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((done) => dialog.addEventListener("close", () => {
      const name = field.value.trim();
      if (dialog.returnValue === "ok" && name) this.guest.name = name;
      dialog.remove();
      done(!!this.guest.name);
    }));
  }

  setDrawing(isOn) {
    if (!this.stage.pictures.screen) return;
    this.stage.drawing = isOn;
    this.stage.drawings.classList.toggle("is-pen", isOn);
    this.pen.setAttribute("aria-pressed", String(isOn));
    byId("pens").hidden = !isOn;
    if (!isOn) return;
    this.player.pause();
    const press = (what, name, button) => {
      button.setAttribute("aria-pressed", String(this[what] === name));
      button.onclick = () => { this[what] = name; this.setDrawing(true); };
      return button;
    };
    const colors = Object.keys(kShapeColors).map((color) => {
      const button = press("color", color, make("button", {type: "button", className: "color", title: color, "aria-label": color}));
      button.style.background = kShapeColors[color];
      return button;
    });
    byId("pens").replaceChildren(...Object.entries(kTools).map(([name, label]) => press("tool", name, iconButton(name, label))), ...colors,
      iconButton("undo", "Take the last stroke back", () => this.undo(), {key: "Ctrl+Z"}), iconButton("check", "Done", () => { this.setDrawing(false); this.write(); }, {key: "Esc"}));
  }

  undo() {
    const drawing = this.draft.drawing?.slice(0, -1);
    this.#change({...this.draft, drawing: drawing?.length ? drawing : undefined});
  }

  #listenToPen() {
    const {drawings} = this.stage;
    const place = (event) => {
      const box = drawings.getBoundingClientRect();
      const share = (value, from, size) => Math.round(Math.max(0, Math.min(1, (value - from) / size)) * 1e4) / 1e4;
      return [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
    };
    drawings.addEventListener("pointerdown", (event) => {
      if (!this.stage.drawing) return;
      drawings.setPointerCapture(event.pointerId);
      this.#stroke = {kind: this.tool, color: this.color, width: kPenWidth, points: place(event)};
      if (this.tool !== "pen") this.#stroke.points.push(...place(event));
      const {drawing = [], at = this.player.time} = this.draft;
      this.draft = {...this.draft, at, drawing: [...drawing, this.#stroke].slice(-50)};
    });
    drawings.addEventListener("pointermove", (event) => {
      const stroke = this.#stroke;
      if (!stroke) return;
      if (this.tool !== "pen") stroke.points.splice(2, 2, ...place(event));
      else if (stroke.points.length < 400) stroke.points.push(...place(event));
      this.stage.draft = this.draft.drawing;
      this.stage.redraw();
    });
    drawings.addEventListener("pointerup", () => {
      if (this.#stroke) this.#keep();
      this.#stroke = null;
    });
  }
}
