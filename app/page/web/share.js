// The document that the page is about, unlocked, and clip.json in it, checked.
class CantOpen extends Error {}

// After # in the address: the key of a locked page, and the moment to begin at.
function readFragment() {
	const parts = new URLSearchParams(location.hash.slice(1));
	return {key: parts.get("k") ?? "", at: parseFloat(parts.get("t")) || 0};
}

async function unlock({share, locked}, password) {
	const {key} = readFragment();
	if (!subtle) throw new CantOpen("Browsers unlock updates only over https. Open this address with https:// in front.");
	if (!key && !locked.password) throw new CantOpen("This link is incomplete: what stands after # is missing. Ask for the whole link.");
	try {
		const parts = [fromBase64Url(key)];
		if (locked.password) {
			const typed = await subtle.importKey("raw", utf8(password.normalize("NFC")), "PBKDF2", false, ["deriveBits"]);
			const how = {name: "PBKDF2", hash: "SHA-256", salt: fromBase64(locked.password.salt), iterations: locked.password.rounds};
			parts.push(new Uint8Array(await subtle.deriveBits(how, typed, 256)));
		}
		const opener = await hkdf(joined(...parts), new Uint8Array(), "meanwhile share 1 box");
		return JSON.parse(textOf(await openBox(opener, fromBase64(locked.box), `meanwhile share 1\n${share}`)));
	} catch {
		throw new CantOpen(locked.password ? "That password doesn't open this update. Check it and try again."
			: "This link doesn't open the update. It may have been cut short: ask for it again.");
	}
}

function askForPassword(outer) {
	const [form, field, wrong, button] = ["lock", "password", "wrong", "unlock"].map(byId);
	form.prepend(icon("lock"));
	form.hidden = false;
	field.focus();
	return new Promise((opened) => {
		form.onsubmit = async (event) => {
			event.preventDefault();
			Object.assign(button, {disabled: true, textContent: "Opening…"});
			const inner = await unlock(outer, field.value).catch((error) => { wrong.textContent = error.message; });
			Object.assign(button, {disabled: false, textContent: "Open"});
			if (!inner) return field.select();
			form.hidden = true;
			opened(inner);
		};
	});
}

async function readShare() {
	const outer = JSON.parse(byId("share").textContent);
	if (outer.format !== 1) throw new CantOpen("A newer Meanwhile made this page, and its parts don't fit together.");
	const inner = outer.open ?? await (outer.locked.password && subtle ? askForPassword(outer) : unlock(outer, ""));
	if (inner.until && new Date(inner.until) < Date.now())
		throw new CantOpen(`This page ended on ${formatDate(inner.until)}. Ask ${inner.clip.author.name} for a new one.`);
	return {...inner, share: outer.share};
}

// In words; `isGood` where everything could be checked. Throws where it isn't what the author signed.
async function checkManifest({media, manifest, manifest_sha256: hash, author_key: key, clip: {author: {name}}}) {
	if (media.kind === "mp4") return {words: "Opened as plain files: a page in a folder can't check them."};
	if (!subtle) return {words: "Not checked: browsers check only over https."};
	const isWhole = hexOf(await sha256(utf8(manifest))) === hash;
	const isSigned = isWhole && await isSignedBy(fromBase64(key), manifest);
	if (isSigned === false) throw new CantOpen(`This isn't what ${name} published: it was changed afterwards. Ask for a new link.`);
	if (isSigned === null) return {words: `Every part is checked. This browser can't check ${name}'s signature.`};
	return {isGood: true, words: `Signed by ${name}. Every part is checked before it is shown.`};
}
