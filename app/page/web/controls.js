// The row below the bar, and the keys: the same as the window's.
const kFrame = 1 / 30;

class Controls {
	#skips = false;
	#language = -1;

	chapters = [];
	pauses = [];
	captions = [];

	constructor(player, stage) {
		Object.assign(this, {player, stage});
		const by = (seconds) => (place) => player.seek(edits.recorded(edits.shown(player.time) + (place ? seconds : -seconds))), {screen, camera} = player.decks.own.pictures;
		const presses = {play: this.#toggle, "big-play": this.#toggle, mute: this.#mute, full: this.#full, skip: this.#skip, captions: this.#caption};
		for (const [id, press] of Object.entries(presses)) byId(id).onclick = press;
		byId("pictures").onclick = () => stage.isDrawing || this.#toggle();
		byId("duration").textContent = formatMoment(edits.duration);
		byId("speed").append(...kSpeeds.map((speed) => new Option(`${shownValue(speed)}x`, speed)));
		byId("speed").title = tr("Speed (< / >)");
		byId("speed").onchange = ({target}) => player.setSpeed(+target.value);
		byId("volume").oninput = ({target}) => player.setVolume(+target.value, false);
		if (screen && camera) byId("layouts").append(...Object.entries(kLayouts).map(([name, label], i) => iconButton(name, `${label} (${i + 1})`, () => this.#layout(i))));
		// Keys, and what is called with the place of the one that was pressed.
		this.keys = [
			[[" ", "k"], this.#toggle], [["ArrowLeft", "ArrowRight"], by(5)], [["j", "l"], by(10)], [[",", "."], (place) => { player.pause(); by(kFrame)(place); }],
			[["<", ">"], (place) => player.setSpeed(kSpeeds[kSpeeds.indexOf(player.speed) + (place || -1)] ?? player.speed)],
			[["Home", "End"], (place) => player.seek(edits.recorded(place * edits.duration))], [["Ctrl+ArrowLeft", "Ctrl+ArrowRight"], this.#leap],
			[["ArrowUp", "ArrowDown"], (place) => player.setVolume(player.volume + (place ? -0.1 : 0.1), false)], [["m"], this.#mute], [["f"], this.#full],
			[screen && camera ? ["1", "2", "3", "4"] : [], this.#layout]];
		document.onkeydown = (event) => this.#press(event);
	}

	// keys: those of other parts, as above.
	complete({chapters = [], pauses = [], captions = []}, keys) {
		Object.assign(this, {captions, chapters: shownChapters(chapters), pauses: pauses.map((pause) => pause.map((us) => us / 1e6))});
		byId("skip").hidden = !pauses.length;
		dress(byId("skip"), "skip", trFormat("Skip pauses, saves {} (P)", formatMoment(this.pauses.reduce((sum, [from, to]) => sum + to - from, 0))));
		byId("captions").hidden = !captions.length;
		this.#listChapters();
		this.keys.push([pauses.length ? ["p"] : [], this.#skip], [captions.length ? ["Shift+c"] : [], this.#caption], ...keys);
	}

	#listChapters() {
		const {chapters} = this, list = byId("chapters").querySelector("select");
		byId("chapters").hidden = !chapters.length;
		byId("chapters").prepend(icon("chapters"));
		list.append(new Option(tr("Chapters"), ""), ...chapters.map(({at, from, name}) => new Option(`${formatMoment(from)}  ${name}`, at)));
		list.onchange = () => { this.player.seek(+list.value); list.value = ""; };
	}

	update(time) {
		const {player} = this, pause = this.#skips && player.wants && this.pauses.find(([from, to]) => time >= from && time < to - 0.3);
		if (pause) player.seek(pause[1]);
		// TRANSLATORS: in brackets is the key for it, here and in all buttons' names.
		dress(byId("play"), ...(player.wants ? ["pause", tr("Pause (Space)")] : player.isEnded ? ["again", tr("Play again (Space)")] : ["play", tr("Play (Space)")]));
		dress(byId("mute"), ...(player.isMuted ? ["mute", tr("Sound on (M)")] : ["sound", tr("Sound off (M)")]));
		setText(byId("time"), player.isEnded ? formatMoment(edits.duration) : formatPlace(time));
		change(byId("speed"), {value: String(player.speed)});
		change(byId("volume"), {value: String(player.isMuted ? 0 : player.volume)});
	}

	#toggle = () => (this.player.wants ? this.player.pause() : this.player.play());
	#mute = () => this.player.setVolume(this.player.volume, !this.player.isMuted);
	#skip = () => setPressed(byId("skip"), this.#skips = !this.#skips);
	#layout = (place) => {
		this.stage.own = Object.keys(kLayouts)[place];
		[...byId("layouts").children].forEach((button, i) => setPressed(button, i === place));
		this.stage.redraw();
	};
	// From one language to the next, then off.
	#caption = () => {
		this.#language = this.#language + 1 < this.captions.length ? this.#language + 1 : -1;
		const chosen = this.captions[this.#language], name = chosen?.language ? chosen.label || chosen.language : tr("Captions");
		this.stage.captions = chosen ? parseVtt(chosen.vtt) : [];
		setPressed(byId("captions"), !!chosen);
		if (this.captions.length > 1) say(chosen ? trFormat("Captions: {}", name) : tr("Captions off"));
		this.stage.redraw();
	};
	#full = () => {
		if (document.fullscreenElement) document.exitFullscreen();
		else if (byId("watch").requestFullscreen) byId("watch").requestFullscreen();
		else this.player.lead.webkitEnterFullscreen?.();  // iPhones
	};
	// Back: to the beginning of this one; from there to the one before.
	#leap = (isOn) => {
		const now = edits.shown(this.player.time), to = isOn ? this.chapters.find(({from}) => from > now) : this.chapters.findLast(({from}) => from < now - 2);
		this.player.seek(to?.at ?? edits.recorded(isOn ? edits.duration : 0));
	};

	#press(event) {
		const {key, target} = event, isLetter = /^[a-z]$/i.test(key);
		if (target.closest("textarea, select, dialog, input") || (target.closest("button, a") && /^( |Enter)$/.test(key))) return;
		const named = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + (isLetter && event.shiftKey ? "Shift+" : "") + (isLetter ? key.toLowerCase() : key);
		const [keys, act] = this.keys.find(([keys]) => keys.includes(named)) ?? [];
		if (!act) return;
		event.preventDefault();
		act(keys.indexOf(named));
	}
}
