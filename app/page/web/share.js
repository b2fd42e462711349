// What the page is about: the document in #share, unlocked if it has to be, and clip.json in it, checked.

// What stands after # in the address: the key of a locked page, and the moment to begin at.
function readFragment() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const key = parts.get("k") ?? "";
  const at = parseFloat(parts.get("t") ?? "");
  return {key: /^[\w-]{22}$/.test(key) ? key : "", at: Number.isFinite(at) ? Math.max(0, at) : 0};
}

class CantOpen extends Error {}

// password: "" where none was asked for.
async function unlock(outer, password) {
  const {box, password: lock} = outer.locked;
  const secret = readFragment().key;
  if (!subtle)
    throw new CantOpen("Browsers unlock updates only over https. Open this address with https:// in front.");
  if (!secret && !lock)
    throw new CantOpen("This link is incomplete: what stands after # in the address is missing. Ask for the whole link.");
  const parts = [secret ? fromBase64Url(secret) : new Uint8Array()];
  if (lock) {
    const typed = await subtle.importKey("raw", utf8(password.normalize("NFC")), "PBKDF2", false, ["deriveBits"]);
    const how = {name: "PBKDF2", hash: "SHA-256", salt: fromBase64(lock.salt), iterations: lock.rounds};
    parts.push(new Uint8Array(await subtle.deriveBits(how, typed, 256)));
  }
  const key = await hkdf(joined(...parts), new Uint8Array(), "meanwhile share 1 box");
  try {
    return JSON.parse(textOf(await openBox(key, fromBase64(box), `meanwhile share 1\n${outer.share}`)));
  } catch {
    throw new CantOpen(lock ? "That password doesn't open this update. Check it and try again."
                            : "This link doesn't open the update. It may have been cut short: ask for it again.");
  }
}

// Shows a card with a question for the password until one fits.
function askForPassword(outer) {
  const field = make("input", {type: "password", id: "password", autocomplete: "off", required: true});
  const button = make("button", {className: "button primary", textContent: "Open"});
  const wrong = make("p", {className: "wrong", role: "alert"});
  const note = make("p", {textContent: "Whoever sent you this has the password."});
  const form = make("form", {className: "card"}, icon("lock"), make("h1", {textContent: "This update is locked"}),
                    note, make("label", {htmlFor: "password", textContent: "Password"}), field, wrong, button);
  showCard(form);
  field.focus();
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      button.textContent = "Opening…";
      wrong.textContent = "";
      try {
        resolve(await unlock(outer, field.value));
      } catch (error) {
        wrong.textContent = error.message;
        field.select();
      }
      button.disabled = false;
      button.textContent = "Open";
    });
  });
}

async function readShare() {
  const outer = JSON.parse(byId("share").textContent);
  if (outer.format !== 1) throw new CantOpen("This page was made by a newer Meanwhile, and its parts don't fit together.");
  let inner = outer.open;
  if (outer.locked) inner = outer.locked.password && subtle ? await askForPassword(outer) : await unlock(outer, "");
  if (inner.until && new Date(inner.until) < Date.now())
    throw new CantOpen(`This page ended on ${formatDate(inner.until)}. Ask ${inner.clip.author.name} for a new one.`);
  return {...inner, share: outer.share};
}

// What could be checked of clip.json, as words. Throws where it isn't what the author signed.
async function checkManifest(share) {
  if (share.media.kind === "mp4" || !share.manifest)
    return {isChecked: false, words: "Opened as plain files: a page in a folder can't check them."};
  if (!subtle) return {isChecked: false, words: "Not checked: browsers check only over https."};
  if (toHex(await sha256(utf8(share.manifest))) !== share.manifest_sha256)
    throw new CantOpen("This update was changed after it was published, and isn't shown. Ask for a new link.");
  const author = share.clip.author.name;
  const isSigned = await isSignedBy(fromBase64(share.author_key), share.manifest);
  if (isSigned === false)
    throw new CantOpen(`This update isn't signed by ${author}, and isn't shown. Ask for a new link.`);
  if (isSigned === null)
    return {isChecked: false, words: `Every part is whole. This browser can't check ${author}'s signature.`};
  return {isChecked: true, words: `Signed by ${author}. Each part is checked before it is shown.`};
}
