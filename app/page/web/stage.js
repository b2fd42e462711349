// The pictures, where they lie, and what is drawn over them at a moment.
const kLayouts = {side: "Side by side", screen: "Screen only", camera: "Camera only", bubble: "Screen with camera bubble"};
const kGap = 12, kCameraShare = 0.24, kMostCameraShare = 0.4, kStackingGain = 1.4, kBubbleShare = 0.28;
const kReactionLength = 1.6, kMostRising = 6;

function fit({width, height}, area) {
	const scale = Math.min(area.width / width, area.height / height);
	return {width: width * scale, height: height * scale};
}
const centred = (size, {width, height}) => ({x: (width - size.width) / 2, y: (height - size.height) / 2, ...size});
const turned = ({width, height}) => ({width: height, height: width});

// Along a horizontal line: the camera gets more only where the screen can't use it.
function shareLine(area, screen, camera) {
	const length = area.width - kGap, shown = fit(screen, {width: length * (1 - kCameraShare), height: area.height});
	return [shown, fit(camera, {width: Math.min(length - shown.width, length * kMostCameraShare), height: area.height})];
}

// As the window does (media/base/layout.h).
function compose(layout, area, screen, camera) {
	const whole = (size) => centred(fit(size, area), area);
	if (!camera || (screen && layout === "screen")) return {screen: screen && whole(screen)};
	if (!screen || layout === "camera") return {camera: whole(camera)};
	if (layout === "bubble") {
		const place = whole(screen), side = Math.min(place.width, place.height) * kBubbleShare;
		return {screen: place, camera: {x: place.x + kGap, y: place.y + place.height - kGap - side, width: side, height: side}};
	}
	const beside = shareLine(area, screen, camera), below = shareLine(turned(area), turned(screen), turned(camera)).map(turned);
	const isBelow = below[0].width * below[0].height > beside[0].width * beside[0].height * kStackingGain;
	const [first, second] = (isBelow ? below : beside).map((size) => centred(size, area)), [at, long] = isBelow ? ["y", "height"] : ["x", "width"];
	first[at] = (area[long] - first[long] - kGap - second[long]) / 2;
	second[at] = first[at] + first[long] + kGap;
	return {screen: first, camera: second};
}

class Stage {
	layout = "side";
	pointed = null;  // the comment that a hand is at: its drawing shows
	draft = [];
	captions = [];
	#drawn = "";
	#rising = new Map();
	#area = byId("pictures");
	drawings = makeSvg("svg", {class: "drawings", "aria-hidden": true});

	// pictures: {screen?, camera?} of {element, width, height}.
	constructor(pictures, pointer, talk, wake) {
		Object.assign(this, {pictures, talk, wake});
		this.pointer = (pointer ?? "").split("\n").filter((line) => line.includes('"t"')).map((line) => JSON.parse(line));
		for (const {element} of Object.values(pictures)) element.onresize = () => this.place();
		this.#area.append(...Object.values(pictures).map(({element}) => element), this.drawings);
		new ResizeObserver(() => this.place()).observe(this.#area);
	}

	setLayout(layout) {
		this.layout = layout;
		this.place();
	}

	#sizeOf(name) {
		const picture = this.pictures[name];
		return picture && {width: picture.width ?? (picture.element.videoWidth || 16), height: picture.height ?? (picture.element.videoHeight || 9)};
	}

	place() {
		const screen = this.#sizeOf("screen");
		const places = compose(this.layout, {width: this.#area.clientWidth, height: this.#area.clientHeight}, screen, this.#sizeOf("camera"));
		const put = (element, place) => {
			element.classList.toggle("is-away", !place);
			if (place) for (const [side, from] of [["left", "x"], ["top", "y"], ["width", "width"], ["height", "height"]]) element.style[side] = `${Math.round(place[from])}px`;
		};
		for (const [name, {element}] of Object.entries(this.pictures)) put(element, places[name]);
		put(this.drawings, places.screen);
		this.#area.classList.toggle("is-bubble", this.layout === "bubble");
		if (places.screen) this.drawings.setAttribute("viewBox", `0 0 ${screen.width} ${screen.height}`), this.unit = screen.width / (places.screen.width || 1);
		this.redraw();
	}

	redraw() {
		this.#drawn = "";
		this.wake();
	}

	update(time) {
		const shown = this.talk.drawingsAt(time, this.pointed), pointer = this.pointer[lastUpTo(this.pointer, time * 1e6, "t")];
		const key = `${shown.map(({id}) => id)} ${pointer?.t}`, size = this.#sizeOf("screen");
		if (key !== this.#drawn && this.unit) this.drawings.replaceChildren(...(pointer ? this.#pointer(pointer) : []),
			...[...shown.flatMap(({drawing}) => drawing), ...this.draft].map((shape) => shapeOf(shape, size, this.unit)));
		this.#drawn = key;
		const {text = "", to} = this.captions[lastUpTo(this.captions, time)] ?? {};
		byId("caption").textContent = to > time ? text : "";
		this.#showReactions(time);
	}

	#pointer({x, y, down}) {
		const arrow = {class: "pointer", d: "M0 0v16l3.8-3.6 2.6 5.6 2.5-1.1-2.5-5.5 5.1-.4z", transform: `translate(${x} ${y}) scale(${Math.max(1, this.unit)})`};
		return [down ? makeSvg("circle", {cx: x, cy: y, r: 16 * this.unit}) : "", makeSvg("path", arrow)];
	}

	// They rise and fade by themselves.
	#showReactions(time) {
		const passed = this.talk.reactions.filter(({at}) => time >= at && time < at + kReactionLength).slice(0, kMostRising);
		for (const [one, mark] of this.#rising) if (!passed.includes(one)) this.#rising.delete(one), mark.remove();
		for (const one of passed) {
			if (this.#rising.has(one)) continue;
			this.#rising.set(one, make("p", {}, one.person.name, icon(one.name)));
			byId("rising").append(this.#rising.get(one));
		}
	}
}
