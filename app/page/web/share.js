// The document that the page is about, unlocked, what lies beside the page, and clip.json, checked.
class CantOpen extends Error {}

// After # in the address: the key of a locked page, and the moment to begin at.
function readFragment() {
	const parts = new URLSearchParams(location.hash.slice(1));
	return {key: parts.get("k") ?? "", at: parseFloat(parts.get("t")) || 0};
}

async function unlock({share, locked: {box, password: lock}}, password) {
	const {key} = readFragment();
	if (!subtle) throw new CantOpen(tr("Browsers unlock updates only over https. Open this address with https:// in front."));
	if (!key && !lock) throw new CantOpen(tr("This link is incomplete: what stands after # is missing. Ask for the whole link."));
	try {
		const typed = lock && {name: "PBKDF2", hash: "SHA-256", salt: fromBase64(lock.salt), iterations: lock.rounds};
		const wrap = lock ? await subtle.deriveBits(typed, await importKey("PBKDF2", utf8(password.normalize("NFC")), "deriveBits"), 256) : [];
		const opener = await hkdf(joined(fromBase64Url(key), new Uint8Array(wrap)), new Uint8Array(), "meanwhile share 1 box");
		return {...JSON.parse(textOf(await openBox(opener, fromBase64(box), `meanwhile share 1\n${share}`))), opener};
	} catch {
		throw new CantOpen(lock ? tr("That password doesn't open this update. Check it and try again.") : tr("This link doesn't open the update. It may have been cut short: ask for it again."));
	}
}

function askForPassword(outer) {
	const form = byId("lock"), field = byId("password"), button = byId("unlock");
	const rest = () => Object.assign(button, {disabled: false, textContent: trIn("button", "Open")});
	form.prepend(icon("lock"));
	form.hidden = false;
	rest();
	field.focus();
	return new Promise((opened) => {
		form.onsubmit = async (event) => {
			event.preventDefault();
			Object.assign(button, {disabled: true, textContent: tr("Opening…")});
			const inner = await unlock(outer, field.value).catch(({message}) => { byId("wrong").textContent = message; });
			rest();
			if (form.hidden = !!inner) opened(inner);
			else field.select();
		};
	});
}

async function readShare() {
	const outer = JSON.parse(byId("share").textContent);
	if (outer.format !== 1) throw new CantOpen(tr("A newer Meanwhile made this page, and its parts don't fit together."));
	const inner = outer.open ?? await (outer.locked.password && subtle ? askForPassword(outer) : unlock(outer, ""));
	if (inner.until && new Date(inner.until) < Date.now()) throw new CantOpen(trFormat("This page ended on {}. Ask {} for a new one.", formatDate(inner.until), inner.clip.author.name));
	return {...inner, share: outer.share};
}

// What stands beside the page: asked for again and again until it is here. Until then `trouble` says what is wrong.
class Rest {
	trouble = null;
	retry = () => {};

	constructor(source, changed) {
		Object.assign(this, {source, changed});
	}

	async read() {
		for (let attempts = 0; ; ++attempts) {
			const rest = await this.source.rest(attempts > 0).catch(({message}) => { this.trouble = {kind: ["network", "gone"].includes(message) ? message : "rest"}; });
			this.changed();
			if (rest) return this.trouble = null, rest;
			await Promise.race([pass(Math.min(2 ** attempts, 15)), new Promise((again) => { this.retry = again; })]);
		}
	}
}

// The same of what is joined: the first that isn't as it should be, else the update's own.
async function checkAll(share, source) {
	const joined = (share.joined ?? []).filter(({missing}) => !missing).map((entry) => checkManifest({...entry, clip: share.clip}, {complete: () => true}));
	const checks = await Promise.all([checkManifest(share, source), ...joined]);
	return checks.find(({isGood}) => !isGood) ?? checks[0];
}

// In words; `isGood` where everything could be checked. Throws where it isn't what the author signed.
async function checkManifest({media, manifest, manifest_sha256: hash, author_key: key, clip: {author: {name}}}, source) {
	if (media.kind === "mp4") return {words: tr("Opened as plain files: a page in a folder can't check them.")};
	if (!manifest) return {words: trFormat("A smaller version, made for sending. It can't be checked against what {} published.", name)};
	const isWhole = source.complete(manifest);
	if (!subtle) return {words: tr("Not checked: browsers check only over https.")};
	const isSigned = isWhole && hexOf(await sha256(utf8(manifest))) === hash && await isSignedBy(fromBase64(key), manifest);
	if (isSigned === false) throw new CantOpen(trFormat("This isn't what {} published: it was changed afterwards. Ask for a new link.", name));
	return isSigned ? {isGood: true, words: trFormat("Signed by {}. Every part is checked before it is shown.", name)} : {words: trFormat("Every part is checked. This browser can't check {}'s signature.", name)};
}
