// Puts the page together, and draws it whenever something moves.
const troubleWords = ({kind, at}, name) => ({
	network: tr("The connection is lost. Trying again…"), rest: tr("What lies beside this page is damaged. Trying again…"),
	gone: trFormat("The storage doesn't give this update out any more. Ask {} for a new link.", name), browser: tr("This browser can't play a part of this update. Try another one."),
})[kind] ?? trFormat("The part at {} isn't what {} published, and isn't shown.", formatMoment(at), name);

function showHead({clip: {author, title, channel, published, edited, description}, library}) {
	const when = ageOf(published);
	// TRANSLATORS: {0} is a time, {1} a person's name: that time where they are.
	if (author.time_zone) when.title += `\n${trFormat("{} for {}", formatDate(published, author.time_zone), author.name)}`;
	byId("head").prepend(avatar(author));
	document.title = byId("title").textContent = title || tr("Untitled update");
	byId("byline").append(make("bdi", {}, author.name), " · ", when, ` · # ${channel || library.name}${edited ? ` · ${trIn("an update", "edited")}` : ""}`);
	byId("description").textContent = description ?? "";
}

function showCheck({isGood, words}) {
	byId("checked").append(icon(isGood ? "shield" : "warn"), isGood ? tr("Checked") : tr("Not all checked"));
	Object.assign(byId("checked"), {hidden: false, className: isGood ? "row is-good" : "row", title: words, onclick: () => say(words)});
}

// The elements, and how the tracks get into them. Files are played as they are. begin, end: of what is shown of it.
// {reels, pictures}
function threadReels({kind, files, sound}, source, {begin = 0, end}, changed) {
	const pictures = {}, whole = (name) => ({name, to: end, parts: [{}, {from: 0, to: end}]}), led = [sound ?? "screen"];
	const named = kind === "mp4" ? Object.keys(files) : source.tracks.length ? null : led;
	const groups = named ? named.sort((a, b) => led.includes(b) - led.includes(a)).map((name) => (led.includes(name) ? [whole(name), whole("voice")] : [whole(name)])) : groupTracks(source.tracks, begin, end);
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

// All that plays. A smaller version is one file of what is shown.
function makeDecks(share, source, duration, changed) {
	const {arrangement, media, inline_key, share: id} = share, sources = new Map(), place = {from: 0, to: duration};
	if (media.kind === "inline" && !share.manifest) return new Decks(new ArrangedDeck(place, threadReels(media, source, {end: edits.duration}, changed)));
	return new Decks(new Deck(place, threadReels(media, source, {end: duration}, changed)), arrangement ?? {}, (entry, {from, to}) => {
		const shown = edits.parts.filter((part) => part.from >= from && part.from < to);
		if (!sources.has(entry)) sources.set(entry, new Source({...entry, inline_key, share: id}));
		return threadReels(entry.media, sources.get(entry), {begin: Math.min(...shown.map((part) => part.from)) - from, end: Math.max(...shown.map((part) => part.to)) - from}, changed);
	});
}

async function start() {
	const share = await readShare(), source = new Source(share), {author, duration_us: us, loudness_gain_db: gain = 0} = share.clip, duration = us / 1e6;
	edits = new Edits(share.arrangement?.parts?.map((part) => part.map((moment) => moment / 1e6)), duration);
	// Of what is all here nothing is shown before it is checked.
	let check = share.media.rest ? null : await checkAll(share, source), composer = null, frame = 0, draw = () => { player.tick(); showTrouble(); };
	// Not by requestAnimationFrame: that has browsers draw the whole page though nothing changed.
	const wake = () => { frame ||= setTimeout(() => { frame = 0; draw(); }); };
	const decks = makeDecks(share, source, duration, wake), player = new Player(decks, share.media.kind === "mp4" ? Math.min(0, gain) : gain, wake);  // a file from a disk is silent once it is amplified
	if (check) decks.complete(share.joined);
	const reels = () => decks.all.flatMap((deck) => deck.reels), feeds = () => reels().flatMap((reel) => reel.feeds), rest = new Rest(source, wake);
	const showTrouble = () => {
		const trouble = reels().some(({element}) => element.error) ? {kind: "browser"} : [rest, ...reels(), ...feeds()].map((one) => one.trouble).find(Boolean);
		change(byId("trouble"), {hidden: !trouble});
		if (trouble) setText(byId("trouble-words"), troubleWords(trouble, author.name));
		return trouble;
	};
	byId("retry").onclick = window.ononline = () => { for (const one of [rest, ...feeds()]) one.retry(); composer?.deliver(); };
	player.seek(readFragment().at || edits.recorded(0));
	player.tick();  // the first parts are on their way before anything is drawn
	byId("page").hidden = false;
	showHead(share);
	const stage = new Stage(player, !!decks.own.isArranged, share.arrangement, wake), reading = rest.read();
	// The first picture goes before all else of the page, and what is needed to play before what lies beside it.
	await Promise.race([new Promise((done) => { player.lead.onloadeddata = done; }), pass(0.6)]);
	const seek = (time) => player.seek(time), controls = new Controls(player, stage);
	const timeline = new Timeline(source, {seek, show: (thread) => { seek(thread.at); comments.show(thread); }, markRange: (from, to) => composer?.markRange(from, to)});
	const parts = [timeline, controls];
	draw = () => {
		player.tick();
		stage.show();
		const {time} = player, trouble = showTrouble();
		for (const part of parts) part.update(time);
		change(byId("big-play"), {hidden: player.wants || edits.shown(time) > 0});
		change(byId("waiting"), {hidden: !!trouble || !player.isWaiting || (!player.wants && edits.shown(time) > 0)});
		if (player.isMoving) setTimeout(wake, Math.max(4, Math.min(stage.pointer.length ? 33 : 100, player.toBorder * 1000)));
	};
	window.onhashchange = () => seek(readFragment().at);
	setInterval(() => (document.hidden ? draw() : wake()), 500);
	wake();
	Object.assign(share, await reading);
	check ??= await checkAll(share, source).catch((error) => { draw = () => {}; byId("page").remove(); throw error; });
	showCheck(check);
	decks.complete(share.joined);
	if (!player.lead.readyState) seek(player.time);
	const guest = new Guest(share), talk = new Talk(share, guest), comments = new Comments(talk, stage, {seek, reply: guest.kind !== "none" && ((thread) => composer.reply(thread))});
	if (guest.kind !== "none") composer = new Composer(guest, talk, stage, player, () => { talk.read(); comments.draw(); timeline.drawMarks(); stage.redraw(); });
	stage.complete(talk, share.pointer);
	timeline.complete(share, talk);
	controls.complete(share, composer?.keys ?? []);
	parts.push(stage, comments, ...[composer].filter(Boolean));
	wake();
	globalThis.meanwhile = {player, stage, talk};  // for tests
}

for (const button of document.querySelectorAll("[data-icon]")) dress(button, button.dataset.icon);
start().catch((error) => {
	if (!(error instanceof CantOpen)) console.error(error);
	byId("why").textContent = error instanceof CantOpen ? error.message : tr("A part of this page is missing or damaged. Ask for it again.");
	byId("failed").prepend(icon("warn"));
	byId("failed").hidden = false;
});
