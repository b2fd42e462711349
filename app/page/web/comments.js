// The column of what people say.

class Comments {
  #now = null;

  constructor(talk, stage, actions) {
    Object.assign(this, {talk, stage, actions, entries: new Map()});
    this.draw();
  }

  draw() {
    const {threads} = this.talk;
    byId("comments-count").textContent = threads.length || "";
    this.entries = new Map(threads.map((one) => [one, this.#thread(one)]));
    const empty = make("li", {className: "empty"}, icon("comment"), make("b", {textContent: "No comments yet"}),
                       this.actions.canAnswer && make("p", {textContent: "Type below: playing pauses, and what you write stays at that moment."}));
    byId("comments").replaceChildren(...(threads.length ? this.entries.values() : [empty]));
  }

  // Lights up the last one that was passed.
  update(time) {
    const now = this.talk.threads[lastUpTo(this.talk.threads, time + 0.05, "at")];
    if (now === this.#now) return;
    this.entries.get(this.#now)?.classList.remove("is-now");
    this.entries.get(now)?.classList.add("is-now");
    this.#now = now;
  }

  show(thread) {
    const entry = this.entries.get(thread);
    entry?.scrollIntoView({block: "nearest"});
    entry?.querySelector("button").focus({preventScroll: true});
  }

  #thread(one) {
    const range = formatRange(one.at, one.to);
    const stamp = make("button", {type: "button", className: "stamp", textContent: range, "aria-label": `Play from ${range}`,
                                  onclick: () => this.actions.seek(one.at)});
    const row = make("div", {className: "entry-tools"}, stamp, one.drawing.length > 0 && icon("draw"),
                     one.isDone && make("span", {className: "done"}, icon("check"), "Resolved"),
                     this.actions.canAnswer && iconButton("reply", `Reply to ${one.person.name}`, () => this.actions.reply(one)));
    const entry = make("li", {className: one.isDone ? "thread is-done" : "thread"}, this.#entry(one, one.ask && this.#ask(one), row),
                       one.replies.length > 0 && make("ol", {className: "replies"}, ...one.replies.map((reply) => make("li", {}, this.#entry(reply)))));
    entry.addEventListener("pointerenter", () => this.#point(one));
    entry.addEventListener("pointerleave", () => this.#point(null));
    return entry;
  }

  #point(thread) {
    this.stage.pointed = thread;
    this.stage.redraw();
  }

  #entry({person, said, text, edited, isSent}, ...more) {
    const notes = [person.guest && "guest", person.mark, edited && "edited", person.isMe && !isSent && "not sent yet"].filter(Boolean);
    const head = make("p", {className: "said"}, make("b", {textContent: person.isMe ? "You" : person.name}), " ", ageOf(said),
                      ...notes.map((note) => make("i", {textContent: note})));
    return make("div", {className: "entry"}, avatar(person), make("div", {}, head, text && make("p", {className: "words", textContent: text}), ...more));
  }

  #ask({ask}) {
    const {people} = this.talk.share;
    const asked = ask.for ?? null;
    const names = asked?.map((index) => people[index].name).join(", ") ?? "everyone";
    const count = asked ? `${ask.answered.length} of ${asked.length} answered` : `${ask.answered.length} answered`;
    return make("p", {className: "ask"}, askPill(ask), make("span", {textContent: count, title: `Asked: ${names}`}),
                ask.by && make("span", {className: "by", textContent: `Answer by ${formatDate(ask.by)}`, title: formatAge(ask.by)}));
  }
}
