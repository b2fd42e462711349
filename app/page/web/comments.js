// The column of what people say.
class Comments {
	#now = null;

	// actions: seek(time), reply(thread) or null.
	constructor(talk, stage, actions) {
		Object.assign(this, {talk, stage, actions});
		this.draw();
	}

	draw() {
		const {threads} = this.talk;
		byId("count").textContent = threads.length || "";
		byId("nothing").hidden = threads.length > 0;
		this.entries = new Map(threads.map((one) => [one, this.#thread(one)]));
		const [cut, shown] = [true, false].map((isCut) => threads.filter(({at}) => edits.isCut(at) === isCut).sort((a, b) => edits.shown(a.at) - edits.shown(b.at)));
		const entries = (list) => list.map((one) => this.entries.get(one));
		byId("comments").replaceChildren(...entries(shown), ...(cut.length ? [make("li", {className: "cut", textContent: "In a part that was cut"})] : []), ...entries(cut));
	}

	// The last that was passed stands out.
	update(time) {
		const now = this.talk.threads[lastUpTo(this.talk.threads, time + kOneFrame, "at")];
		if (now === this.#now) return;
		this.entries.get(this.#now)?.classList.remove("is-now");
		this.entries.get(now)?.classList.add("is-now");
		this.#now = now;
	}

	show(thread) {
		const entry = this.entries.get(thread);
		entry.scrollIntoView({block: "nearest"});
		entry.querySelector("button").focus({preventScroll: true});
	}

	#thread(one) {
		const range = formatRange(one.at, one.to), {seek, reply} = this.actions;
		const row = make("div", {className: "row"}, make("button", {className: "stamp", textContent: range, ariaLabel: `Play from ${range}`, onclick: () => seek(one.at)}),
			one.drawing.length > 0 && icon("draw"), one.resolved && make("span", {textContent: "Resolved"}), make("span", {className: "space"}),
			reply && iconButton("reply", `Reply to ${one.person.name}`, () => reply(one)));
		const entry = make("li", {className: one.resolved ? "is-done" : ""}, this.#entry(one, one.ask && this.#ask(one.ask), row),
			make("ol", {}, ...one.replies.map((each) => make("li", {}, this.#entry(each)))));
		const point = (thread) => () => { this.stage.pointed = thread; this.stage.redraw(); };
		return Object.assign(entry, {onpointerenter: point(one), onpointerleave: point(null)});
	}

	#entry({person, said, text, edited, isWaiting}, ...more) {
		const notes = [person.guest && "guest", person.mark, edited && "edited", isWaiting && "not sent yet"].filter(Boolean);
		return make("div", {className: "entry"}, avatar(person), make("div", {},
			make("p", {className: "said"}, make("b", {textContent: person.name}), ageOf(said), ...notes.map((textContent) => make("i", {textContent}))),
			make("p", {className: "words", textContent: text}), ...more));
	}

	#ask({kind, for: asked, by, answered}) {
		const who = asked ? `${answered.length} of ${asked.length} answered` : `${answered.length} answered`;
		return make("p", {className: `ask ${kind}`}, make("b", {textContent: kAsks[kind] ?? "Question"}),
			make("span", {textContent: who, title: asked?.map((index) => this.talk.share.people[index].name).join("\n") ?? "Everyone is asked"}),
			by && make("span", {textContent: `Answer by ${formatDate(by)} (${formatAge(by)})`}));
	}
}
