// Where the viewer writes: at a moment or over a range, under a comment, with a drawing. Drafts outlive a reload.
class Composer {
	#field = byId("words");

	// said(): there are new words.
	constructor(guest, talk, stage, player, said) {
		Object.assign(this, {guest, talk, stage, player, said});
		byId("composer").hidden = false;
		byId("reactions").append(...Object.entries(kReactions).map(([name, label], i) => iconButton(name, `${label} (Alt+${i + 1})`, () => this.react(i))));
		byId("composer").onsubmit = (event) => { event.preventDefault(); this.send(); };
		this.#field.oninput = () => this.#type();
		this.#field.onkeydown = ({key, ctrlKey, metaKey}) => { if (key === "Enter" && (ctrlKey || metaKey)) this.send(); else if (key === "Escape") this.#field.blur(); };
		byId("drop").onclick = () => this.#set({});
		byId("draw").onclick = () => this.setDrawing(!stage.isDrawing);
		byId("until").onclick = () => this.markRange(null, player.time);
		byId("copy").onclick = () => navigator.clipboard.writeText(guest.line).then(() => say(`Copied. Paste it into a message to ${guest.answers.to}.`), () => prompt("Copy this line:", guest.line));
		this.#listenToPen();
		this.#set(remembered(guest.place).draft ?? {});
		this.deliver();
	}

	// For Controls.
	get keys() {
		const {player, stage} = this;
		return [[["c"], () => this.#field.focus()], [["i", "o"], (place) => this.markRange(place ? null : player.time, place ? player.time : null)],
			[["d"], () => this.setDrawing(!stage.isDrawing)], [["Ctrl+z"], () => this.#set({...this.draft, drawing: this.draft.drawing.slice(0, -1)})],
			[["Escape"], () => this.setDrawing(false)], [[1, 2, 3, 4, 5, 6].map((digit) => `Alt+${digit}`), (place) => this.react(place)]];
	}

	#set(draft) {
		this.draft = {text: "", drawing: [], ...draft};
		this.#field.value = this.draft.text;
		this.#keep();
	}
	#keep() {
		remember(this.guest.place, {draft: this.draft});
		this.stage.draft = this.draft.drawing;
		this.stage.redraw();
		this.update();
	}
	// A first letter stops the update, and what is written stays at that moment.
	#type() {
		const {text, at, to, drawing} = this.draft;
		if (!text && at === undefined && !to) this.player.pause();
		this.#set({...this.draft, text: this.#field.value, at: at ?? (to ? undefined : this.player.time)});
		if (!this.draft.text && !drawing.length && !this.draft.end) this.#set({to});
	}

	update() {
		const {text, at = this.player.time, end, to, drawing} = this.draft;
		const name = this.talk.threads.find(({id}) => id === to)?.person.name ?? "a comment";
		byId("about").textContent = to ? `Reply to ${name}` : `At ${formatRange(at, end)}`;
		this.#field.placeholder = to ? "Write a reply" : drawing.length ? "Say something about it" : "Comment on this moment";
		byId("drop").hidden = !(text || to || end || drawing.length);
		byId("until").hidden = !!to;
		byId("send").disabled = !(text.trim() || drawing.length);
	}

	reply(thread) {
		this.#set({...this.draft, to: thread.id, end: undefined});
		this.#field.focus();
	}
	markRange(from, until) {
		const {at = this.player.time, end = at} = this.draft;
		const [begin, last] = [from ?? Math.min(at, until), until ?? Math.max(end, from)].sort((a, b) => a - b);
		this.#set({...this.draft, to: undefined, at: begin, end: last > begin ? last : undefined});
	}

	react(place) {
		this.#say({type: "react", at_us: Math.round(this.player.time * 1e6), name: Object.keys(kReactions)[place]});
	}
	async send() {
		const {text, at = this.player.time, end, to, drawing} = this.draft;
		if (byId("send").disabled) return;
		const place = to ? {type: "reply", to} : {type: "comment", at_us: Math.round(at * 1e6), ...(end && {to_us: Math.round(end * 1e6)})};
		if (!await this.#say({...place, text: text.trim(), ...(drawing.length && {drawing})})) return;
		this.setDrawing(false);
		this.#set({});
	}

	async #say(event) {
		if (!this.guest.name && !await this.#askName()) return false;
		try {
			await this.guest.say(event);
		} catch ({message}) {
			return this.#tell(message);
		}
		this.deliver();
		return true;
	}
	async deliver() {
		const {to} = this.guest.answers, waited = this.guest.unsent.length;
		this.said();
		if (!waited) return;
		try {
			await this.guest.send();
			this.#tell(this.guest.unsent.length ? `Your answers are only in this browser. Copy them and send them to ${to}.` : `Sent to ${to}.`);
		} catch ({message}) {
			this.#tell(message);
		}
		this.said();
	}
	#tell(words) {
		byId("sent").textContent = words;
		byId("ways").hidden = false;
		byId("copy").hidden = !this.guest.words.length;
		byId("mail").hidden = !(byId("mail").href = this.guest.mail);
	}
	#askName() {
		byId("naming").showModal();
		return new Promise((done) => {
			byId("naming").onclose = () => {
				const name = byId("name").value.trim();
				if (name) remember(kGuest, {name});
				done(name);
			};
		});
	}

	setDrawing(isOn) {
		const {stage} = this;
		if (isOn) this.player.pause();
		stage.isDrawing = isOn && !!stage.pictures.screen;
		stage.drawings.classList.toggle("is-pen", stage.isDrawing);
		setPressed(byId("draw"), stage.isDrawing);
	}

	#listenToPen() {
		const {drawings} = this.stage;
		let stroke = null;
		const place = ({clientX, clientY}) => {
			const {left, top, width, height} = drawings.getBoundingClientRect();
			return [(clientX - left) / width, (clientY - top) / height].map((share) => Math.round(Math.max(0, Math.min(1, share)) * 1e4) / 1e4);
		};
		drawings.onpointerdown = (event) => {
			drawings.setPointerCapture(event.pointerId);
			stroke = {kind: "pen", color: "red", width: 0.004, points: place(event)};
			this.draft = {...this.draft, at: this.draft.at ?? this.player.time, drawing: [...this.draft.drawing, stroke].slice(0, 50)};
		};
		drawings.onpointermove = (event) => {
			if (!stroke || stroke.points.length > 300) return;
			stroke.points.push(...place(event));
			this.#keep();
		};
		drawings.onpointerup = () => { stroke = null; };
	}
}
