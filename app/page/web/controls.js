// The row below the bar, and the keys: the same as the window's.
const kFrame = 1 / 30;

class Controls {
	skips = false;
	#language = -1;

	// actions: what other parts do when their keys are pressed.
	constructor(player, stage, share, actions) {
		Object.assign(this, {player, stage, share, actions, chapters: (share.chapters ?? []).map(({at_us: at}) => at / 1e6)});
		this.pauses = (share.pauses ?? []).map((pause) => pause.map((us) => us / 1e6));
		for (const button of document.querySelectorAll("[data-icon]")) dress(button, button.dataset.icon);
		byId("duration").textContent = formatMoment(player.duration);
		byId("speed").append(...kSpeeds.map((speed) => new Option(`${speed}x`, speed)));
		byId("speed").onchange = ({target}) => player.setSpeed(+target.value);
		byId("volume").oninput = ({target}) => player.setVolume(+target.value, false);
		this.#offer();
		const presses = {play: this.#toggle, "big-play": this.#toggle, mute: this.#mute, full: this.#full, skip: this.#skip, captions: this.#caption, help: this.#help};
		for (const [id, press] of Object.entries(presses)) byId(id).onclick = press;
		byId("pictures").onclick = () => stage.isDrawing || this.#toggle();
		byId("keys").onclick = () => byId("keys").close();
		this.#listKeys();
		document.addEventListener("keydown", (event) => this.#press(event));
	}

	// What this update has.
	#offer() {
		const {player, share, pauses, stage} = this;
		byId("skip").hidden = !pauses.length;
		byId("skip").title = `Skip pauses (saves ${formatMoment(pauses.reduce((sum, [from, to]) => sum + to - from, 0))})`;
		byId("captions").hidden = !share.captions?.length;
		const list = byId("chapters").querySelector("select");
		byId("chapters").hidden = !this.chapters.length;
		byId("chapters").prepend(icon("chapters"));
		list.append(new Option("Chapters", ""), ...this.chapters.map((at, i) => new Option(`${formatMoment(at)}  ${share.chapters[i].name ?? ""}`, at)));
		list.onchange = () => { player.seek(+list.value); list.value = ""; };
		if (stage.pictures.screen && stage.pictures.camera)
			byId("layouts").append(...Object.entries(kLayouts).map(([name, label], i) => iconButton(name, `${label} (${i + 1})`, () => this.#layout(i))));
		this.#layout(0);
	}

	update(time) {
		const {player} = this, pause = this.skips && player.wants && this.pauses.find(([from, to]) => time >= from && time < to - 0.3);
		if (pause) player.seek(pause[1]);
		dress(byId("play"), ...(player.wants ? ["pause", "Pause (Space)"] : player.isEnded ? ["again", "Play again (Space)"] : ["play", "Play (Space)"]));
		dress(byId("mute"), ...(player.isMuted ? ["mute", "Sound on (M)"] : ["sound", "Sound off (M)"]));
		byId("time").textContent = formatMoment(time);
		byId("speed").value = player.speed;
		byId("volume").value = player.isMuted ? 0 : player.volume;
	}

	#toggle = () => (this.player.wants ? this.player.pause() : this.player.play());
	#mute = () => this.player.setVolume(this.player.volume, !this.player.isMuted);
	#skip = () => setPressed(byId("skip"), this.skips = !this.skips && this.pauses.length > 0);
	#help = () => byId("keys").showModal();
	#layout = (place) => {
		this.stage.setLayout(Object.keys(kLayouts)[place]);
		[...byId("layouts").children].forEach((button, i) => setPressed(button, i === place));
	};
	// From one language to the next, then off.
	#caption = () => {
		const {captions = []} = this.share;
		this.#language = this.#language + 1 < captions.length ? this.#language + 1 : -1;
		const chosen = captions[this.#language];
		this.stage.captions = chosen ? parseVtt(chosen.vtt) : [];
		setPressed(byId("captions"), !!chosen);
		say(chosen ? `Captions: ${chosen.label || chosen.language}` : "Captions off");
		this.stage.wake();
	};
	#full = () => {
		if (document.fullscreenElement) document.exitFullscreen();
		else if (byId("watch").requestFullscreen) byId("watch").requestFullscreen();
		else this.player.lead.webkitEnterFullscreen?.();  // iPhones
	};
	// Back: to the beginning of this one; from there to the one before.
	#leap = (isOn) => this.player.seek(isOn ? this.chapters.find((at) => at > this.player.time) ?? this.player.duration
		: this.chapters.findLast((at) => at < this.player.time - 2) ?? 0);
	#faster = (isFaster) => this.player.setSpeed(kSpeeds[kSpeeds.indexOf(this.player.speed) + (isFaster ? 1 : -1)] ?? this.player.speed);

	// As told, what it does, the keys, and what is called with the place of the one that was pressed.
	#listKeys() {
		const {player, actions} = this, by = (seconds) => (place) => player.seek(player.time + (place ? seconds : -seconds));
		this.keys = [
			["Space or K", "Play or pause", [" ", "k"], this.#toggle],
			["Left / Right", "Back / forward 5 s", ["ArrowLeft", "ArrowRight"], by(5)],
			["J / L", "Back / forward 10 s", ["j", "l"], by(10)],
			[", / .", "One frame back or on", [",", "."], (place) => { player.pause(); by(kFrame)(place); }],
			["< / >", "Slower or faster", ["<", ">"], this.#faster],
			["Home / End", "To the beginning or the end", ["Home", "End"], (place) => player.seek(place * player.duration)],
			["Ctrl+Left / Right", "To the chapter before or after", ["Ctrl+ArrowLeft", "Ctrl+ArrowRight"], this.#leap],
			["Up / Down", "Louder or quieter", ["ArrowUp", "ArrowDown"], (place) => player.setVolume(player.volume + (place ? -0.1 : 0.1), false)],
			["M", "Sound off or on", ["m"], this.#mute],
			["F", "Full screen", ["f"], this.#full],
			["1 2 3 4", "Layouts", ["1", "2", "3", "4"], this.#layout],
			["P", "Skip pauses, or not", ["p"], this.#skip],
			["Shift+C", "Captions on or off", ["Shift+c"], this.#caption],
			...actions.keys,
			["?", "Keyboard shortcuts", ["?"], this.#help],
		];
		byId("keys").querySelector("dl").append(...this.keys.map(([keys, does]) => make("div", {}, make("dt", {textContent: keys}), make("dd", {textContent: does}))));
	}

	#press(event) {
		const {key, target} = event, isLetter = /^[a-z]$/i.test(key);
		if (target.closest("textarea, select, dialog, input") || (target.closest("button, a") && (key === " " || key === "Enter"))) return;
		const named = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + (isLetter && event.shiftKey ? "Shift+" : "") + (isLetter ? key.toLowerCase() : key);
		const found = this.keys.find(([, , keys]) => keys.includes(named));
		if (!found) return;
		event.preventDefault();
		found[3](found[2].indexOf(named));
	}
}
