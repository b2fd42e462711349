// Puts the page together, and draws it whenever something moves.

function showCard(...parts) {
  byId("card").replaceChildren(...parts);
  byId("card").hidden = false;
  byId("page").hidden = true;
}

function showHead(share, check) {
  const {clip, library} = share;
  const {author} = clip;
  byId("head").prepend(avatar(author));
  document.title = byId("title").textContent = clip.title || "Untitled update";
  const published = ageOf(clip.published);
  if (author.time_zone) published.title += `\n${formatDate(clip.published, author.time_zone)} for ${author.name}`;
  byId("byline").append(`${author.name} · `, published, ` · # ${clip.channel || library.name}`, clip.edited ? " · edited" : "");
  byId("description").textContent = clip.description ?? "";
  byId("checked").classList.toggle("is-good", check.isChecked);
  byId("checked").append(icon(check.isChecked ? "shield" : "warn"), make("span", {textContent: check.isChecked ? "Checked" : "Not all checked"}));
  byId("checked").addEventListener("click", () => say(check.words));
  byId("checked").title = check.words;
}

// The elements and how the tracks are in them. {reels, pictures}
function threadReels(share, source, report, changed) {
  const duration = share.clip.duration_us / 1e6;
  const {media} = share;
  const isFiles = media.kind === "mp4";
  const whole = (name) => ({name, parts: [{}, {from: 0, to: duration}]});
  const groups = isFiles
    ? Object.keys(media.files).map((name) => [whole(name), ...(name === media.sound ? [whole("voice")] : [])]).toSorted((a, b) => b.length - a.length)
    : groupTracks(source.tracks, duration, !MediaSourceKind);
  const pictures = {};
  const reels = groups.map((tracks) => {
    const picture = tracks.find((track) => !isSound(track));
    const element = make(picture ? "video" : "audio", {playsInline: true, preload: "auto"});
    if (picture) {
      element.setAttribute("aria-label", picture.name === "screen" ? "Screen" : "Camera");
      pictures[picture.name] = {element, width: picture.width, height: picture.height};
    }
    const reel = new Reel(element, tracks, report, changed);
    if (isFiles) element.src = media.files[tracks[0].name];
    else if (MediaSourceKind) reel.feed(source);
    else reel.load(source);
    return reel;
  });
  return {reels, pictures, duration};
}

const kTroubles = {
  network: () => "The connection is lost. Trying again…",
  gone: (author) => `The storage doesn't give this update out any more. Ask ${author} for a new link.`,
  damaged: (author, part) => `The part at ${formatMoment(part.from)} isn't what ${author} published, and isn't shown.`,
};

function showTrouble(trouble, author, retry) {
  const words = trouble && kTroubles[trouble.trouble](author, trouble.part);
  byId("trouble").hidden = !words;
  if (words && byId("trouble").firstChild?.textContent !== words)
    byId("trouble").replaceChildren(make("span", {textContent: words}), textButton("Try again", retry));
}

async function start() {
  const share = await readShare();
  const check = await checkManifest(share);
  const source = new Source(share);
  let frame = 0;
  let draw = () => {};
  const wake = () => { frame ||= requestAnimationFrame(() => { frame = 0; draw(); }); };
  const retry = () => { for (const feed of reels.flatMap((reel) => reel.feeds)) feed.retry(); wake(); };
  const report = (trouble) => showTrouble(trouble, share.clip.author.name, retry);
  const {reels, pictures, duration} = threadReels(share, source, report, wake);
  const player = new Player(reels, duration, share.clip.loudness_gain_db ?? 0, wake);
  byId("page").hidden = false;
  byId("card").hidden = true;
  showHead(share, check);
  const guest = new Guest(share);
  const talk = new Talk(share, guest);
  let composer = null;
  const actions = {
    wake, canAnswer: guest.kind !== "none", toggle: () => player.toggle(), seek: (time) => player.seek(time),
    show: (thread) => { player.seek(thread.at); comments.show(thread); }, reply: (thread) => composer?.reply(thread),
    write: () => composer?.write(), markRange: (from, to) => composer?.markRange(from, to), react: (name) => composer?.react(name),
    draw: () => composer?.setDrawing(!stage.drawing), undoShape: () => composer?.undo(),
    back: () => stage.drawing && composer.setDrawing(false),
    said: () => { talk.read(); comments.draw(); timeline.drawMarks(); stage.redraw(); },
  };
  const stage = new Stage(pictures, share, source, talk, actions);
  const timeline = new Timeline(share, duration, source, talk, actions);
  const controls = new Controls(player, stage, share, actions);
  const comments = new Comments(talk, stage, actions);
  if (actions.canAnswer) composer = new Composer(guest, talk, stage, player, actions);
  byId("composer").hidden = !composer;
  byId("voice-only").hidden = Object.keys(pictures).length > 0;
  byId("big-play").addEventListener("click", actions.toggle);
  byId("help").addEventListener("click", () => controls.showKeys());
  draw = () => {
    player.tick();
    const time = player.time;
    for (const part of [stage, controls, comments]) part.update(time);
    timeline.update(time, player.leader.element.buffered);
    if (composer && composer.draft.at === undefined && !composer.draft.to) composer.update();
    byId("big-play").hidden = player.wants || time > 0;
    byId("waiting").hidden = !(player.isWaiting && (player.wants || time === 0)) || !byId("trouble").hidden;
    if (player.isMoving) wake();
  };
  addEventListener("online", () => { retry(); composer?.deliver(); });
  addEventListener("hashchange", () => player.seek(readFragment().at));
  setInterval(() => document.hidden && player.tick(), 500);
  setInterval(wake, 1000);
  player.seek(readFragment().at);
  composer?.deliver();
  globalThis.meanwhile = {player, stage, talk};
  wake();
}

start().catch((error) => {
  const words = error instanceof CantOpen ? error.message : "This page can't be shown: a part of it is missing or damaged. Ask for it again.";
  if (!(error instanceof CantOpen)) console.error(error);
  showCard(make("div", {className: "card"}, icon("warn"), make("h1", {textContent: "This update can't be opened"}), make("p", {textContent: words})));
});
