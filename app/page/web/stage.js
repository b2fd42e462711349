// What is drawn over the pictures at a moment. Where they lie is page.css's.
const kLayouts = {side: "Side by side", screen: "Screen only", camera: "Camera only", bubble: "Screen with camera bubble"};
const kReactionLength = 1.6;  // seconds

class Stage {
	pointed = null;  // the comment that a hand is at: its drawing shows
	draft = [];
	pointer = [];
	captions = [];
	drawings = makeSvg("svg", {class: "drawings", "aria-hidden": true});
	#drawn = null;
	#arranged = null;
	#arrow = makeSvg("g", {class: "pointer"}, makeSvg("circle", {r: 16}), makeSvg("path", {d: "M0 0v16l3.8-3.6 2.6 5.6 2.5-1.1-2.5-5.5 5.1-.4z"}));
	#shownPointer = null;
	#rising = new Map();

	// pictures: {screen?, camera?} of {element, width, height}.
	// isMixed: the screen's picture has the camera's in it, so that nothing can be drawn at its place.
	// arrangement: the author's layouts, zooms and covered areas.
	constructor(pictures, isMixed, arrangement, wake) {
		const {screen, camera} = pictures, area = byId("pictures");
		Object.assign(this, {pictures, wake, arrangement, canDraw: screen && !isMixed});
		for (const [name, picture] of Object.entries(pictures)) {
			const {element} = picture, shape = () => area.style.setProperty(`--${name}`, picture.width / picture.height);
			element.onresize = () => { picture.width ??= element.videoWidth, picture.height ??= element.videoHeight, shape(), this.redraw(); };
			shape();
		}
		if (screen) area.append(make("div", {id: "screen"}, screen.element, this.drawings));
		if (camera) area.append(make("div", {id: "camera"}, camera.element));
		this.own = null;  // the viewer's choice; the author's layouts don't count any more then
		this.#arrange(0);
		window.onresize = () => this.redraw();
	}

	complete(talk, pointer) {
		Object.assign(this, {talk, pointer: (pointer ?? "").split("\n").filter((line) => line.includes('"t"')).map((line) => JSON.parse(line))});
	}

	redraw() {
		this.#drawn = this.#shownPointer = null;
		this.wake();
	}

	update(time) {
		const {text = "", to} = this.captions[lastUpTo(this.captions, time)] ?? {};
		setText(byId("caption"), to > time ? text : "");
		this.#arrange(time);
		if (this.canDraw && this.pictures.screen.width) this.#showDrawings(time, this.pictures.screen);
		this.#showReactions(time);
	}

	#arrange(time) {
		const us = time * 1e6, {layouts = [], zooms = [], covered = []} = this.arrangement ?? {}, {screen, camera} = this.pictures;
		const {layout = "side"} = layouts[lastUpTo(layouts, us, "at_us")] ?? {}, isNow = ({from_us: from, to_us: to}) => us >= from && us < to;
		const shown = screen && camera ? this.own ?? (layout === "side-by-side" ? "side" : layout) : Object.keys(this.pictures)[0] ?? "";
		if (byId("pictures").dataset.layout !== shown) byId("pictures").dataset.layout = shown;
		const {x = 0.5, y = 0.5, scale = 1} = zooms.find(isNow) ?? {}, inside = (middle) => Math.max(0, Math.min(middle - 0.5 / scale, 1 - 1 / scale)) * -100;
		const zoom = scale > 1 ? `scale(${scale}) translate(${inside(x)}%, ${inside(y)}%)` : "", areas = covered.filter(isNow), key = JSON.stringify([zoom, areas]);
		if (key === this.#arranged) return;
		this.#arranged = key;
		for (const [name, {element}] of Object.entries(this.pictures)) {
			const frame = element.parentNode;
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
		const shown = this.talk.drawingsAt(time, this.pointed), pointer = this.pointer[lastUpTo(this.pointer, time * 1e6, "t")];
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
