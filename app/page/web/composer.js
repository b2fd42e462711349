// Where the viewer writes: at a moment or over a range, under a comment, with a drawing. Drafts outlive a reload.
const kPen = {kind: "pen", color: "red", width: 0.004}, kMostPoints = 600, kMostStrokes = 50;

class Composer {
	#field = byId("words");

	// said(): there are new words.
	constructor(guest, talk, stage, player, said) {
		Object.assign(this, {guest, talk, stage, player, said, now: () => player.time, to: guest.answers.to});
		byId("composer").hidden = false;
		byId("reactions").append(...Object.entries(kReactions).map(([name, label], i) => iconButton(name, `${label} (Alt+${i + 1})`, () => this.#react(i))));
		byId("composer").onsubmit = (event) => { event.preventDefault(); this.#send(); };
		this.#field.oninput = () => this.#type();
		this.#field.onkeydown = ({key, ctrlKey, metaKey}) => { if (key === "Enter" && (ctrlKey || metaKey)) this.#send(); else if (key === "Escape") this.#field.blur(); };
		byId("drop").onclick = () => this.#set({});
		byId("draw").onclick = () => this.#setDrawing(!stage.isDrawing);
		byId("until").onclick = () => this.markRange(null, this.now());
		byId("copy").onclick = () => navigator.clipboard.writeText(guest.line).then(() => say(trFormat("Copied. Paste it into a message to {}.", this.to)), () => prompt(tr("Copy this line:"), guest.line));
		this.#listenToPen(stage.drawings);
		this.#set(remembered(guest.place).draft ?? {});
		this.deliver();
	}

	// For Controls.
	get keys() {
		return [[["c"], () => this.#field.focus()], [["i", "o"], (place) => this.markRange(place ? null : this.now(), place ? this.now() : null)],
			[["d"], () => this.#setDrawing(!this.stage.isDrawing)], [["Escape"], () => this.#setDrawing(false)],
			[["Ctrl+z"], () => this.#set({...this.draft, drawing: this.draft.drawing.slice(0, -1)})], [[1, 2, 3, 4, 5, 6].map((digit) => `Alt+${digit}`), (place) => this.#react(place)]];
	}

	#set(draft) {
		this.draft = {text: "", drawing: [], ...draft};
		if (this.#field.value !== this.draft.text) this.#field.value = this.draft.text;
		remember(this.guest.place, {draft: this.draft});
		this.stage.draft = this.draft.drawing;
		this.stage.redraw();
		this.update();
	}
	// A first letter stops the update, and what is written stays at that moment.
	#type() {
		const {text, at, to, end, drawing} = this.draft, words = this.#field.value;
		if (!text && at === undefined && !to) this.player.pause();
		this.#set({...this.draft, text: words, at: words || end || drawing.length ? at ?? this.now() : undefined});
	}

	update() {
		const {text, at = this.now(), end, to, drawing} = this.draft;
		setText(byId("about"), to ? this.#replyWords(to) : trFormat("At {}", formatRange(at, end)));
		const isEmpty = !(text.trim() || drawing.length);
		change(this.#field, {placeholder: to ? tr("Write a reply") : drawing.length ? tr("Say something about it") : tr("Comment on this moment")});
		change(byId("send"), {disabled: isEmpty});
		change(byId("drop"), {hidden: isEmpty && !to && !end});
		change(byId("until"), {hidden: !!to});
		change(byId("draw"), {hidden: !this.stage.canDraw});
	}

	#replyWords(to) {
		const thread = this.talk.threads.find(({id}) => id === to);
		return thread ? trFormat("Reply to {}", thread.person.name) : tr("Reply to a comment");
	}

	reply({id}) {
		this.#set({...this.draft, to: id, end: undefined});
		this.#field.focus();
	}
	markRange(from, until) {
		const {at = this.now(), end = at} = this.draft;
		const [begin, last] = [from ?? Math.min(at, until), until ?? Math.max(end, from)].sort((a, b) => a - b);
		this.#set({...this.draft, to: undefined, at: begin, end: last > begin ? last : undefined});
	}

	#react(place) {
		this.#say({type: "react", at_us: Math.round(this.now() * 1e6), name: Object.keys(kReactions)[place]});
	}
	async #send() {
		const {text, at = this.now(), end, to, drawing} = this.draft;
		const place = to ? {type: "reply", to} : {type: "comment", at_us: Math.round(at * 1e6), ...(end && {to_us: Math.round(end * 1e6)})};
		if (byId("send").disabled || !await this.#say({...place, text: text.trim(), ...(drawing.length && {drawing})})) return;
		this.#setDrawing(false);
		this.#set({});
	}

	async #say(event) {
		if (!this.guest.name && !await this.#askName()) return false;
		const isSaid = await this.guest.say(event).then(() => true, ({message}) => this.#tell(message));
		if (isSaid) this.deliver();
		return isSaid;
	}
	async deliver() {
		this.said();
		if (!this.guest.unsent.length) return;
		this.#tell(await this.guest.send().catch(({message}) => message) ?? (this.guest.unsent.length ?
			trFormat("Your answers are only in this browser. Copy them and send them to {}.", this.to) : trFormat("Sent to {}.", this.to)));
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

	#setDrawing(isOn) {
		if (isOn) this.player.pause();
		this.stage.isDrawing = isOn && this.stage.canDraw;
		this.stage.drawings.classList.toggle("is-pen", this.stage.isDrawing);
		setPressed(byId("draw"), this.stage.isDrawing);
	}
	#listenToPen(drawings) {
		let points = null;
		const place = ({clientX, clientY}) => {
			const {left, top, width, height} = drawings.getBoundingClientRect();
			return [(clientX - left) / width, (clientY - top) / height].map((share) => Math.round(Math.max(0, Math.min(1, share)) * 1e4) / 1e4);
		};
		drawings.onpointerdown = (event) => {
			drawings.setPointerCapture(event.pointerId);
			points = place(event);
			this.#set({...this.draft, at: this.draft.at ?? this.now(), drawing: [...this.draft.drawing, {...kPen, points}].slice(0, kMostStrokes)});
		};
		drawings.onpointermove = (event) => {
			if (points?.length < kMostPoints) points.push(...place(event)), this.#set(this.draft);
		};
		drawings.onpointerup = () => { points = null; };
	}
}
