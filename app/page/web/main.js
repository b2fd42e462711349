// Puts the page together, and draws it whenever something moves.
const kTroubles = {
	network: () => "The connection is lost. Trying again…",
	gone: (at, name) => `The storage doesn't give this update out any more. Ask ${name} for a new link.`,
	damaged: (at, name) => `The part at ${at} isn't what ${name} published, and isn't shown.`,
};

function showHead({clip, library}, {isGood, words}) {
	const {author, title, channel, published, edited, description = ""} = clip, when = ageOf(published);
	if (author.time_zone) when.title += `\n${formatDate(published, author.time_zone)} for ${author.name}`;
	byId("head").prepend(avatar(author));
	document.title = byId("title").textContent = title || "Untitled update";
	byId("byline").append(`${author.name} · `, when, ` · # ${channel || library.name}${edited ? " · edited" : ""}`);
	byId("description").textContent = description;
	byId("checked").append(icon(isGood ? "shield" : "warn"), isGood ? "Checked" : "Not all checked");
	byId("checked").classList.toggle("is-good", !!isGood);
	Object.assign(byId("checked"), {title: words, onclick: () => say(words)});
}

// The elements, and how the tracks get into them. {reels, pictures}
function threadReels({media, clip}, source, duration, changed) {
	const pictures = {}, whole = (name) => ({name, parts: [{}, {from: 0, to: duration}]});
	const groups = media.kind !== "mp4" ? groupTracks(source.tracks, duration)
		: Object.keys(media.files).map((name) => (name === media.sound ? [whole(name), whole("voice")] : [whole(name)])).sort((a, b) => b.length - a.length);
	const reels = groups.map((tracks) => {
		const [{name, width, height}] = tracks, element = make(isSound(tracks[0]) ? "audio" : "video", {playsInline: true, preload: "auto"});
		if (!isSound(tracks[0])) pictures[name] = {element, width, height}, element.ariaLabel = name;
		const reel = new Reel(element, tracks, changed);
		if (media.kind === "mp4") element.src = media.files[name];
		else if (MediaKind) reel.feed(source);
		else reel.load(source);
		return reel;
	});
	return {reels, pictures};
}

async function start() {
	const share = await readShare(), check = await checkManifest(share), source = new Source(share), guest = new Guest(share);
	const duration = share.clip.duration_us / 1e6, talk = new Talk(share, guest);
	let frame = 0, draw = () => {};
	const wake = () => { frame ||= requestAnimationFrame(() => { frame = 0; draw(); }); };
	const {reels, pictures} = threadReels(share, source, duration, wake);
	const player = new Player(reels, duration, share.clip.loudness_gain_db ?? 0, wake);
	byId("page").hidden = false;
	showHead(share, check);
	const stage = new Stage(pictures, share.pointer, talk, wake);
	const said = () => { talk.read(); comments.draw(); timeline.drawMarks(); stage.redraw(); };
	const actions = {seek: (time) => player.seek(time), reply: guest.kind !== "none" && ((thread) => composer.reply(thread)),
		show: (thread) => { player.seek(thread.at); comments.show(thread); }, markRange: (from, to) => composer?.markRange(from, to)};
	const comments = new Comments(talk, stage, actions), timeline = new Timeline(share, duration, source, talk, actions);
	const composer = guest.kind !== "none" && new Composer(guest, talk, stage, player, said);
	const controls = new Controls(player, stage, share, composer?.keys ?? []);
	const retry = () => { for (const {feeds} of reels) for (const feed of feeds) feed.retry(); composer?.deliver?.(); };
	draw = () => {
		player.tick();
		const {time} = player, trouble = reels.flatMap((reel) => [reel, ...reel.feeds]).map((one) => one.trouble).find(Boolean);
		for (const part of [stage, timeline, controls, comments, composer]) part?.update?.(time);
		byId("big-play").hidden = player.wants || time > 0;
		byId("trouble").hidden = !trouble;
		if (trouble) byId("trouble-words").textContent = kTroubles[trouble.kind in kTroubles ? trouble.kind : "damaged"](formatMoment(trouble.at), share.clip.author.name);
		byId("waiting").hidden = !!trouble || !player.isWaiting || (!player.wants && time > 0);
		if (player.isMoving) wake();
	};
	byId("voice-only").hidden = !!(pictures.screen || pictures.camera);
	byId("retry").onclick = window.ononline = retry;
	window.onhashchange = () => player.seek(readFragment().at);
	setInterval(() => (document.hidden ? draw() : wake()), 500);
	player.seek(readFragment().at);
	globalThis.meanwhile = {player, stage, talk};  // for who tests it
}

start().catch((error) => {
	if (!(error instanceof CantOpen)) console.error(error);
	byId("why").textContent = error instanceof CantOpen ? error.message : "A part of this page is missing or damaged. Ask for it again.";
	byId("failed").prepend(icon("warn"));
	byId("failed").hidden = false;
});
