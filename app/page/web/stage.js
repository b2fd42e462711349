// What is drawn over the pictures at a moment. Where they lie is page.css's.
const kLayouts = {side: tr("Side by side"), screen: tr("Screen only"), camera: tr("Camera only"), bubble: tr("Screen with camera bubble")};
const kReactionLength = 1.6;  // seconds

class Stage {
	pointed = null;  // the comment that a hand is at: its drawing shows
	draft = [];
	pointer = [];
	captions = [];
	drawings = makeSvg("svg", {class: "drawings", "aria-hidden": true});
	#drawn = null;
	#arranged = null;
	#areas = [];
	#deck = null;  // whose pictures are seen
	#frames = {screen: make("div", {id: "screen"}, this.drawings), camera: make("div", {id: "camera"})};
	#arrow = makeSvg("g", {class: "pointer"}, makeSvg("circle", {r: 16}), makeSvg("path", {d: "M0 0v16l3.8-3.6 2.6 5.6 2.5-1.1-2.5-5.5 5.1-.4z"}));
	#shownPointer = null;
	#rising = new Map();

	// isMixed: the screen's picture has the camera's in it, so that nothing can be drawn at its place.
	// arrangement: the author's layouts, zooms and covered areas.
	constructor(player, isMixed, arrangement, wake) {
		Object.assign(this, {player, wake, arrangement, isMixed});
		byId("pictures").append(this.#frames.screen, this.#frames.camera);
		this.own = null;  // the viewer's choice; the author's layouts don't count any more then
		this.show();
		window.onresize = () => this.redraw();
	}

	// {screen?, camera?} of {element, width, height}
	get pictures() {
		return this.#deck.pictures;
	}
	get canDraw() {
		return !!this.pictures.screen && !this.isMixed;
	}

	complete(talk, pointer) {
		Object.assign(this, {talk, pointer: (pointer ?? "").split("\n").filter((line) => line.includes('"t"')).map((line) => JSON.parse(line))});
	}

	redraw() {
		this.#drawn = this.#shownPointer = null;
		this.wake();
	}

	// The pictures of what plays, those of what comes next behind them.
	show() {
		const {player, player: {shown, time}} = this;
		for (const deck of player.decks.all) for (const [name, picture] of Object.entries(deck.pictures)) this.#hang(name, picture);
		if (this.#deck !== shown) this.#take(shown);
		this.#arrange(time);
	}
	#hang(name, picture) {
		const {element} = picture;
		if (element.parentNode === this.#frames[name]) return;
		this.#frames[name].prepend(element);
		element.classList.add("waits");
		element.onresize = () => { picture.width ??= element.videoWidth, picture.height ??= element.videoHeight, this.#shape(), this.redraw(); };
	}
	#shape() {
		for (const [name, {width, height}] of Object.entries(this.pictures)) byId("pictures").style.setProperty(`--${name}`, width / height);
	}
	#take(deck) {
		const {title, text} = deck.words ?? {}, words = [title && make("b", {textContent: title}), text && make("span", {textContent: text})].filter(Boolean);
		this.#deck = deck;
		for (const [name, frame] of Object.entries(this.#frames)) {
			frame.hidden = !deck.pictures[name];
			for (const video of frame.querySelectorAll("video")) video.classList.toggle("waits", video !== deck.pictures[name]?.element);
		}
		byId("card").replaceChildren(...(words.length ? [make("div", {className: (title ?? "").length > 80 ? "is-long" : ""}, ...words)] : []));
		byId("voice-only").hidden = words.length > 0 || Object.keys(deck.pictures).length > 0 || !deck.reels.length;
		this.#shape();
		this.#arranged = null;
		this.redraw();
	}

	update(time) {
		const {text = "", to} = this.captions[lastUpTo(this.captions, time)] ?? {};
		setText(byId("caption"), to > time ? text : "");
		if (this.canDraw && this.pictures.screen.width) this.#showDrawings(time, this.pictures.screen);
		this.#showReactions(time);
	}

	#arrange(time) {
		const us = time * 1e6, {layouts = [], zooms = [], covered = []} = this.arrangement ?? {}, {screen, camera} = this.pictures;
		const {layout = "side"} = layouts[lastUpTo(layouts, us, "at_us")] ?? {}, isNow = ({from_us: from, to_us: to}) => us >= from && us < to;
		const shown = screen && camera ? this.own ?? (layout === "side-by-side" ? "side" : layout) : Object.keys(this.pictures)[0] ?? "";
		if (byId("pictures").dataset.layout !== shown) byId("pictures").dataset.layout = shown;
		const {x = 0.5, y = 0.5, scale = 1} = zooms.find(isNow) ?? {}, inside = (middle) => Math.max(0, Math.min(middle - 0.5 / scale, 1 - 1 / scale)) * -100;
		const zoom = scale > 1 ? `scale(${scale}) translate(${inside(x)}%, ${inside(y)}%)` : "";
		// What was covered stays so until its picture is gone.
		const areas = this.#areas = [...new Set([...(this.player.isSettled ? [] : this.#areas), ...covered.filter(isNow)])], key = JSON.stringify([zoom, areas]);
		if (key === this.#arranged) return;
		this.#arranged = key;
		for (const [name, frame] of Object.entries(this.#frames)) {
			frame.querySelectorAll(".covered").forEach((old) => old.remove());
			for (const area of areas.filter(({track}) => track === name)) frame.append(this.#cover(area));
			if (name === "screen") for (const layer of frame.children) if (!layer.matches(".covered")) layer.style.transform = zoom;
		}
	}

	#cover({kind, x, y, width, height}) {
		const cover = make("div", {className: `covered ${kind}`}), percent = (share) => `${100 * share}%`;
		Object.assign(cover.style, {left: percent(x), top: percent(y), width: percent(width), height: percent(height)});
		return cover;
	}

	#showDrawings(time, size) {
		const shown = this.talk.drawingsAt(time, this.pointed), isOwn = this.#deck === this.player.decks.own, pointer = isOwn && this.pointer[lastUpTo(this.pointer, time * 1e6, "t")];
		const key = shown.map(({id}) => id).join(), unit = size.width / this.drawings.clientWidth;
		if (key !== this.#drawn) {
			const shapes = [...shown.flatMap(({drawing}) => drawing), ...this.draft].map((shape) => shapeOf(shape, size, unit));
			this.drawings.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
			this.drawings.replaceChildren(makeSvg("g", {}, ...shapes), ...(pointer ? [this.#arrow] : []));
		}
		this.#drawn = key;
		if (!pointer || this.#shownPointer === pointer) return;
		this.#shownPointer = pointer;
		this.#arrow.setAttribute("transform", `translate(${pointer.x} ${pointer.y}) scale(${Math.max(1, unit)})`);
		this.#arrow.classList.toggle("is-down", pointer.down);
	}

	// They rise and fade by themselves.
	#showReactions(time) {
		const passed = this.talk.reactions.filter(({at}) => time >= at && time < at + kReactionLength);
		for (const [one, mark] of this.#rising) if (!passed.includes(one)) this.#rising.delete(one), mark.remove();
		for (const one of passed) {
			if (this.#rising.has(one)) continue;
			this.#rising.set(one, make("p", {}, one.person.name, icon(one.name)));
			byId("rising").append(this.#rising.get(one));
		}
	}
}
