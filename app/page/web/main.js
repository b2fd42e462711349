// Puts the page together, and draws it whenever something moves.
const troubleWords = ({kind, at}, name) => ({network: "The connection is lost. Trying again…", rest: "What lies beside this page is damaged. Trying again…", gone: `The storage doesn't give this update out any more. Ask ${name} for a new link.`, browser: "This browser can't play a part of this update. Try another one."})[kind] ??
	`The part at ${formatMoment(at)} isn't what ${name} published, and isn't shown.`;

function showHead({clip: {author, title, channel, published, edited, description}, library}) {
	const when = ageOf(published);
	if (author.time_zone) when.title += `\n${formatDate(published, author.time_zone)} for ${author.name}`;
	byId("head").prepend(avatar(author));
	document.title = byId("title").textContent = title || "Untitled update";
	byId("byline").append(make("bdi", {}, author.name), " · ", when, ` · # ${channel || library.name}${edited ? " · edited" : ""}`);
	byId("description").textContent = description ?? "";
}

function showCheck({isGood, words}) {
	byId("checked").append(icon(isGood ? "shield" : "warn"), isGood ? "Checked" : "Not all checked");
	Object.assign(byId("checked"), {hidden: false, className: isGood ? "row is-good" : "row", title: words, onclick: () => say(words)});
}

// The elements, and how the tracks get into them. Files are played as they are. {reels, pictures}
function threadReels({media: {kind, files, sound}}, source, duration, changed) {
	const pictures = {}, whole = (name) => ({name, to: duration, parts: [{}, {from: 0, to: duration}]}), led = [sound ?? "screen"];
	const named = kind === "mp4" ? Object.keys(files) : source.tracks.length ? null : led;
	const groups = named ? named.sort((a, b) => led.includes(b) - led.includes(a)).map((name) => (led.includes(name) ? [whole(name), whole("voice")] : [whole(name)])) : groupTracks(source.tracks, duration);
	const reels = groups.map((tracks) => {
		const [{name, width, height}] = tracks, isPicture = !isSound(tracks[0]), element = make(isPicture ? "video" : "audio", {playsInline: true, preload: "auto", ariaLabel: name});
		if (isPicture) pictures[name] = {element, width, height};
		const reel = new Reel(element, tracks, changed);
		if (named) files ? element.src = files[name] : source.whole(name).then((address) => { element.src = address; });
		else MediaKind ? reel.feed(source) : reel.load(source);
		return reel;
	});
	return {reels, pictures};
}

async function start() {
	const share = await readShare(), source = new Source(share), {author, duration_us: us, loudness_gain_db: gain = 0} = share.clip, duration = us / 1e6;
	let composer = null, frame = 0, draw = () => { player.tick(); showTrouble(); };
	const wake = () => { frame ||= requestAnimationFrame(() => { frame = 0; draw(); }); };
	const {reels, pictures} = threadReels(share, source, duration, wake), player = new Player(reels, duration, share.media.kind === "mp4" ? Math.min(0, gain) : gain, wake);  // a file from a disk is silent once it is amplified
	const feeds = reels.flatMap((reel) => reel.feeds), rest = new Rest(source, wake);
	const showTrouble = () => {
		const trouble = reels.some(({element}) => element.error) ? {kind: "browser"} : [rest, ...reels, ...feeds].map((one) => one.trouble).find(Boolean);
		byId("trouble").hidden = !trouble;
		if (trouble) setText(byId("trouble-words"), troubleWords(trouble, author.name));
		return trouble;
	};
	byId("retry").onclick = window.ononline = () => { for (const one of [rest, ...feeds]) one.retry(); composer?.deliver(); };
	player.seek(readFragment().at);
	byId("page").hidden = false;
	showHead(share);
	const stage = new Stage(pictures, share.media.kind === "inline" && !share.manifest, wake);
	byId("big-play").onclick = () => player.play();
	// The first picture goes before the rest of the page.
	const begun = Promise.race([new Promise((done) => { player.lead.onloadeddata = done; }), pass(0.6)]);
	Object.assign(share, await rest.read());
	const check = await checkManifest(share, source).catch((error) => { draw = () => {}; byId("page").remove(); throw error; });
	wake();
	await begun;
	showCheck(check);
	const guest = new Guest(share), talk = new Talk(share, guest);
	stage.complete(talk, share.pointer);
	const actions = {seek: (time) => player.seek(time), reply: guest.kind !== "none" && ((thread) => composer.reply(thread)),
		show: (thread) => { player.seek(thread.at); comments.show(thread); }, markRange: (from, to) => composer?.markRange(from, to)};
	const comments = new Comments(talk, stage, actions), timeline = new Timeline(share, duration, source, talk, actions);
	if (actions.reply) composer = new Composer(guest, talk, stage, player, () => { talk.read(); comments.draw(); timeline.drawMarks(); stage.redraw(); });
	const controls = new Controls(player, stage, share, composer?.keys ?? []);
	draw = () => {
		player.tick();
		const {time} = player, trouble = showTrouble();
		for (const part of [stage, timeline, controls, comments, composer]) part?.update(time);
		byId("big-play").hidden = player.wants || time > 0;
		byId("waiting").hidden = !!trouble || !player.isWaiting || (!player.wants && time > 0);
		if (player.isMoving) setTimeout(wake, kFrame * 500);  // half of the frames that a screen shows
	};
	byId("voice-only").hidden = !!(pictures.screen || pictures.camera);
	window.onhashchange = () => player.seek(readFragment().at);
	setInterval(() => (document.hidden ? draw() : wake()), 500);
	wake();
	globalThis.meanwhile = {player, stage, talk};  // for tests
}

for (const button of document.querySelectorAll("[data-icon]")) dress(button, button.dataset.icon);
start().catch((error) => {
	if (!(error instanceof CantOpen)) console.error(error);
	byId("why").textContent = error instanceof CantOpen ? error.message : "A part of this page is missing or damaged. Ask for it again.";
	byId("failed").prepend(icon("warn"));
	byId("failed").hidden = false;
});
