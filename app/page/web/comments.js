// The column of what people say.
class Comments {
	#now = null;

	// actions: seek(time), reply(thread) or null.
	constructor(talk, stage, actions) {
		Object.assign(this, {talk, stage, actions});
		this.draw();
	}

	draw() {
		const {talk, talk: {threads}} = this;
		byId("count").textContent = threads.length || "";
		byId("nothing").hidden = threads.length > 0;
		this.entries = new Map(threads.map((one) => [one, this.#thread(one)]));
		const [cut, shown] = [true, false].map((isCut) => threads.filter((one) => talk.isCut(one) === isCut).sort((a, b) => talk.placeOf(a) - talk.placeOf(b)));
		this.passed = shown.filter(({isEarlier}) => !isEarlier).map((thread) => ({from: talk.placeOf(thread), thread}));
		const entries = (list) => list.map((one) => this.entries.get(one));
		byId("comments").replaceChildren(...entries(shown), ...(cut.length ? [make("li", {className: "cut", textContent: tr("In a part that was cut")})] : []), ...entries(cut));
	}

	// The last that was passed stands out.
	update(time) {
		const now = this.passed[lastUpTo(this.passed, edits.shown(time) + kOneFrame)]?.thread;
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
		const range = one.isEarlier ? formatMoment(one.at) : formatRange(one.at, one.to), {seek, reply} = this.actions;
		const stamp = one.isEarlier ? make("span", {className: "stamp", textContent: range, title: tr("A moment of an earlier recording")})
			: make("button", {className: "stamp", textContent: range, ariaLabel: trFormat("Play from {}", range), onclick: () => seek(one.at)});
		const row = make("div", {className: "row"}, stamp,
			one.drawing.length > 0 && icon("draw"), one.resolved && make("span", {textContent: tr("Resolved")}), make("span", {className: "space"}),
			reply && iconButton("reply", trFormat("Reply to {}", one.person.name), () => reply(one)));
		const entry = make("li", {className: one.resolved ? "is-done" : ""}, this.#entry(one, one.ask && this.#ask(one.ask), row),
			make("ol", {}, ...one.replies.map((each) => make("li", {}, this.#entry(each)))));
		const point = (thread) => () => { this.stage.pointed = thread; this.stage.redraw(); };
		return Object.assign(entry, {onpointerenter: point(one), onpointerleave: point(null)});
	}

	#entry({person, said, text, edited, isWaiting, version}, ...more) {
		const notes = [person.guest && tr("guest"), person.mark, edited && trIn("a comment", "edited"), version && trFormat("on version {}", version), isWaiting && tr("not sent yet")].filter(Boolean);
		return make("div", {className: "entry"}, avatar(person), make("div", {},
			make("p", {className: "said"}, make("b", {textContent: person.name}), ageOf(said), ...notes.map((textContent) => make("i", {textContent}))),
			make("p", {className: "words", textContent: text}), ...more));
	}

	#ask({kind, for: asked, by, answered}) {
		const who = asked ? trCount(asked.length, "{} of {} answered", "{} of {} answered", answered.length, asked.length)
			: trCount(answered.length, "{} answered", "{} answered");
		return make("p", {className: `ask ${kind}`}, make("b", {textContent: kAsks[kind] ?? tr("Question")}),
			make("span", {textContent: who, title: asked?.map((index) => this.talk.share.people[index].name).join("\n") ?? tr("Everyone is asked")}),
			// TRANSLATORS: {0} is a time such as "Thu, 26 Nov, 16:00", {1} how far away it is: "in 2 days".
			by && make("span", {textContent: trFormat("Answer by {} ({})", formatDate(by), formatAge(by))}));
	}
}
