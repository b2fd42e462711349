// The bar: the voice's envelope, chapters, who said something where, and the picture at the moment under the pointer.
const kBarStep = 4, kMarkersApart = 18, kPeekWidth = 192;  // points

class Timeline {
	#bar = byId("bar");
	#sheet = null;

	// actions: seek(time), show(thread), markRange(from, to).
	constructor(share, duration, source, talk, actions) {
		Object.assign(this, {duration, source, talk, actions, chapters: share.chapters ?? []});
		this.envelope = fromBase64(share.envelope ?? "");
		this.thumbs = share.thumbnails ? parseVtt(share.thumbnails.vtt) : [];
		let begun = null;
		this.#bar.onpointerdown = (event) => { begun = this.#timeAt(event); this.#bar.setPointerCapture(event.pointerId); this.#bar.onpointermove(event); };
		this.#bar.onpointerup = this.#bar.onpointercancel = () => { begun = null; };
		this.#bar.onpointerleave = () => { byId("peek").hidden = true; };
		this.#bar.onpointermove = (event) => {
			const time = this.#timeAt(event);
			if (begun !== null) event.shiftKey ? actions.markRange(begun, time) : actions.seek(time);
			this.#peek(time);
		};
		this.#bar.ariaValueMax = Math.round(duration);
		new ResizeObserver(() => this.draw()).observe(this.#bar);
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
	}

	#timeAt({clientX}) {
		const {left, width} = this.#bar.getBoundingClientRect();
		return Math.max(0, Math.min(1, (clientX - left) / width)) * this.duration;
	}
	#percent = (time) => `${(100 * Math.min(time, this.duration)) / this.duration}%`;
	#chapterAt = (time) => this.chapters.findLast(({at_us: at}) => at / 1e6 <= time)?.name ?? "";

	update(time) {
		const words = `${formatMoment(time)} of ${formatMoment(this.duration)} ${this.#chapterAt(time)}`;
		this.#bar.style.setProperty("--played", this.#percent(time));
		if (this.#bar.ariaValueText !== words) Object.assign(this.#bar, {ariaValueNow: Math.round(time), ariaValueText: words});
	}

	draw() {
		for (const canvas of [byId("wave"), byId("wave-played")]) this.#drawWave(canvas);
		this.drawMarks();
	}

	#drawWave(canvas) {
		const {clientWidth: width, clientHeight: height} = this.#bar, pen = canvas.getContext("2d"), count = Math.floor(width / kBarStep);
		Object.assign(canvas, {width: width * devicePixelRatio, height: height * devicePixelRatio});
		pen.scale(devicePixelRatio, devicePixelRatio);
		pen.fillStyle = getComputedStyle(canvas).color;
		for (let i = 0; i < count; ++i) {
			const [from, to] = [i, i + 1].map((place) => (place / count) * this.envelope.length);
			const loudest = this.envelope.subarray(from, Math.max(from + 1, to)).reduce((most, one) => Math.max(most, one), 0);
			const tall = Math.max(2, Math.sqrt(loudest / 255) * (height - 8));  // a root, so that quiet speech is seen beside loud
			pen.fillRect(i * kBarStep, height - tall - 6, kBarStep - 1.5, tall);
		}
	}

	// Markers that would cover each other become one.
	drawMarks() {
		const width = this.#bar.clientWidth, {threads, reactions} = this.talk;
		const at = (element, x) => { element.style.left = typeof x === "string" ? x : `${Math.max(11, Math.min(width - 11, x))}px`; return element; };
		const clusters = (list) => list.reduce((found, one) => {
			const x = (Math.min(one.at, this.duration) / this.duration) * width;
			if (x - found.at(-1)?.x < kMarkersApart) found.at(-1).all.push(one);
			else found.push({x, all: [one]});
			return found;
		}, []);
		byId("markers").replaceChildren(...clusters(threads).map(({x, all: [first, ...more]}) => {
			const title = more.length ? `${more.length + 1} comments around ${formatMoment(first.at)}` : `${formatMoment(first.at)} ${first.person.name}: ${first.text.slice(0, 160)}`;
			const face = more.length ? make("span", {className: "avatar", textContent: more.length + 1}) : avatar(first.person);
			return at(make("button", {type: "button", title, ariaLabel: title, onclick: () => this.actions.show(first)}, face), x);
		}));
		byId("marks").replaceChildren(...this.chapters.filter(({at_us: us}) => us).map(({at_us: us}) => at(make("i", {className: "tick"}), this.#percent(us / 1e6))),
			...threads.filter(({to}) => to).map(({at: from, to, person}) => {
				const range = at(make("i", {className: "range"}), this.#percent(from));
				Object.assign(range.style, {width: this.#percent(to - from), background: personColor(person.id)});
				return range;
			}),
			...clusters(reactions).map(({x, all}) => {
				const title = all.map((one) => `${formatMoment(one.at)} ${one.person.name}: ${kReactions[one.name]}`).join("\n");
				return at(make("span", {className: "reaction", title}, all.length > 1 ? String(all.length) : icon(all[0].name)), x);
			}));
	}

	async #peek(time) {
		const peek = byId("peek"), picture = byId("peek-picture"), width = this.#bar.clientWidth;
		byId("peek-time").textContent = `${formatMoment(time)}  ${this.#chapterAt(time)}`.trim();
		peek.hidden = false;
		peek.style.left = `${Math.max(kPeekWidth / 2, Math.min(width - kPeekWidth / 2, (time / this.duration) * width))}px`;
		const place = this.thumbs[lastUpTo(this.thumbs, time)]?.text.split("#xywh=")[1]?.split(",");
		const sheet = place && await (this.#sheet ??= this.source.picture("thumbs.jpg"));
		picture.hidden = !sheet;
		if (sheet) Object.assign(picture.style, {width: `${place[2]}px`, height: `${place[3]}px`, zoom: kPeekWidth / place[2],
			backgroundImage: `url(${sheet})`, backgroundPosition: `-${place[0]}px -${place[1]}px`});
	}
}
