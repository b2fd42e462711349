// The bar: the voice's envelope, chapters, who said something where, and the picture at the moment under the pointer.
const kBars = 200, kMarkersApart = 24, kPeekWidth = 192;

class Timeline {
	#bar = byId("bar");
	#sheet = null;

	chapters = [];
	thumbs = [];

	// actions: seek(time), show(thread), markRange(from, to).
	constructor(source, actions) {
		const bar = this.#bar;
		Object.assign(this, {source, actions});
		let begun = null;
		bar.onpointerdown = (event) => { begun = this.#timeAt(event); bar.setPointerCapture(event.pointerId); bar.onpointermove(event); };
		bar.onpointerup = bar.onpointercancel = () => { begun = null; };
		bar.onpointerleave = () => { byId("peek").hidden = true; };
		bar.onpointermove = (event) => {
			const time = this.#timeAt(event);
			if (begun !== null) event.shiftKey ? actions.markRange(begun, time) : actions.seek(time);
			this.#peek(time);
		};
		bar.ariaValueMax = Math.round(edits.duration);
	}

	complete({clip: {duration_us: us}, chapters, envelope, thumbnails}, talk) {
		Object.assign(this, {talk, end: us / 1e6, chapters: shownChapters(chapters), thumbs: thumbnails ? parseVtt(thumbnails.vtt) : []});
		this.#drawWave(fromBase64(envelope ?? ""));
		new ResizeObserver(() => this.drawMarks()).observe(this.#bar);
	}

	#timeAt({clientX}) {
		const {left, width} = this.#bar.getBoundingClientRect();
		return edits.recorded(Math.max(0, Math.min(1, (clientX - left) / width)) * edits.duration);
	}
	#share = (time) => edits.shown(time) / edits.duration;
	#percent = (time) => `${100 * this.#share(time)}%`;
	#chapterAt = (time) => this.chapters[lastUpTo(this.chapters, edits.shown(time))]?.name ?? "";

	update(time) {
		// TRANSLATORS: two moments, as "0:12 of 3:40".
		const ariaValueText = `${trFormat("{} of {}", formatPlace(time), formatMoment(edits.duration))} ${this.#chapterAt(time)}`;
		const played = `${(100 * this.#share(time)).toFixed(1)}%`;
		if (this.played !== played) this.#bar.style.setProperty("--played", this.played = played);
		if (this.#bar.ariaValueText !== ariaValueText) Object.assign(this.#bar, {ariaValueNow: Math.round(edits.shown(time)), ariaValueText});
	}

	// A root, so that quiet speech is seen beside loud.
	#drawWave(envelope) {
		const step = edits.duration / kBars, place = (i) => Math.floor(edits.recorded(i * step) * 10);  // ten a second
		const heights = Array.from({length: kBars}, (_, i) => Math.max(0, ...envelope.subarray(place(i), Math.max(place(i) + 1, Math.min(place(i + 1), place(i) + step * 10)))));
		const d = heights.map((loudest, i) => `M${i + 0.5} 100v-${5 + Math.sqrt(loudest / 255) * 80}`).join("");
		for (const id of ["wave", "wave-played"]) byId(id).append(makeSvg("path", {d}));
	}

	// Markers that would cover each other become one.
	drawMarks() {
		const by = (a, b) => edits.shown(a.at) - edits.shown(b.at), [threads, reactions] = [this.talk.threads, this.talk.reactions].map((list) => list.filter(({at, isEarlier}) => !isEarlier && !edits.isCut(at)).sort(by)), apart = (kMarkersApart / this.#bar.clientWidth) * edits.duration;
		const at = (time, element) => { element.style.left = this.#percent(time); return element; };
		const clusters = (list) => list.reduce((found, one) => {
			found.length && edits.shown(one.at) - edits.shown(found.at(-1)[0].at) < apart ? found.at(-1).push(one) : found.push([one]);
			return found;
		}, []);
		byId("markers").replaceChildren(...clusters(threads).map(([first, ...more]) => {
			const title = more.length ? trCount(more.length + 1, "{} comment around {}", "{} comments around {}", more.length + 1, formatPlace(first.at)) : `${formatPlace(first.at)} ${first.person.name}: ${first.text.slice(0, 160)}`;
			const face = more.length ? make("span.avatar", {"data-initials": more.length + 1}) : avatar(first.person);
			return at(first.at, make("button", {title, ariaLabel: title, onclick: () => this.actions.show(first)}, face));
		}));
		const range = ({at: from, to, person}) => {
			const mark = at(from, make("i.range"));
			Object.assign(mark.style, {width: `${100 * Math.max(0, this.#share(to) - this.#share(from))}%`, background: personColor(person.id)});
			return mark;
		};
		byId("marks").replaceChildren(...this.chapters.filter(({from}) => from).map((one) => at(one.at, make("i"))), ...threads.filter(({to}) => to).map(range),
			...clusters(reactions).map((all) => at(all[0].at, make("span", {title: all.map((one) => `${formatPlace(one.at)} ${one.person.name}: ${kReactions[one.name]}`).join("\n")},
				all[1] ? String(all.length) : icon(all[0].name)))));
	}

	async #peek(time) {
		const peek = byId("peek"), picture = byId("peek-picture"), width = this.#bar.clientWidth;
		byId("peek-time").textContent = `${formatPlace(time)}  ${this.#chapterAt(time)}`.trim();
		peek.hidden = false;
		peek.style.left = `${Math.max(kPeekWidth / 2, Math.min(width - kPeekWidth / 2, this.#share(time) * width))}px`;
		const place = time < this.end && this.thumbs[lastUpTo(this.thumbs, time)]?.text.split("#xywh=")[1]?.split(",");
		const sheet = place && await (this.#sheet ??= this.source.picture("thumbs.jpg"));
		if (picture.hidden = !sheet) return;
		Object.assign(picture.style, {width: `${place[2]}px`, height: `${place[3]}px`, zoom: kPeekWidth / place[2], background: `url(${sheet}) -${place[0]}px -${place[1]}px`});
	}
}
