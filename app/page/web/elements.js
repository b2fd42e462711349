// Building what is shown. Foreign words only ever become text.
const byId = (id) => document.getElementById(id);

const kIcons = {
	play: "M8 5.5v13l10.5-6.5z", pause: "M7.5 6h2v12h-2zm7 0h2v12h-2z", again: "M5 12a7 7 0 1 0 2.5-5.4M7 3v4h4",
	sound: "M4 9.5h3l4.5-4v13l-4.5-4H4zM15 9a4 4 0 0 1 0 6m2.5-8.5a8 8 0 0 1 0 11", mute: "M4 9.5h3l4.5-4v13l-4.5-4H4zm11.5 0 5 5m0-5-5 5",
	full: "M5 10V5h5m4 0h5v5m0 4v5h-5m-4 0H5v-5", side: "M2 6.5h12v11H2zm15 3h5v5h-5z", screen: "M3 6.5h18v11H3z",
	bubble: "M3 6.5h18v11H3zm2.5 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0", camera: "M8.5 8.5a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0m-3 10.5c0-6.5 13-6.5 13 0z",
	captions: "M3 5.5h18v13H3zm7.5 5a2 2 0 1 0 0 3m6.5-3a2 2 0 1 0 0 3", skip: "M3 12h3.5m11 0H21M9.5 7v10m5-10v10",
	chapters: "M9 6.5h11M9 12h11M9 17.5h11M4 6.5h.5M4 12h.5m-.5 5.5h.5", reply: "M10 5.5 4.5 11l5.5 5.5M5 11h8c4 0 6.5 2.5 6.5 7",
	draw: "m4.5 19.5 1-4.5L16 4.5l3.5 3.5L9 18.5z", range: "M5 6v12M19 6v12M5 12h14m-4-3 4 3-4 3", close: "m6 6 12 12M18 6 6 18",
	shield: "M12 3.5 5 6v6c0 4 3 7 7 8.5 4-1.5 7-4.5 7-8.5V6zM9 12l2.3 2.3L15.5 10", warn: "M12 4 3 19.5h18zm0 5.5v5m0 2.2v.1",
	lock: "M5 10.5h14V20H5zm3 0V8a4 4 0 0 1 8 0v2.5M12 14v2.5", heart: "M12 19.5C2 13 3.5 5.5 8 5.5c2 0 3.3 1 4 2.5.7-1.5 2-2.5 4-2.5 4.5 0 6 7.5-4 14z",
	"thumbs-up": "M4 11h3v8.5H4zm3 0 4-7c2 0 2.5 1.5 2 3l-.7 2.5H18c1.5 0 2.3 1 2 2.5l-1.2 5.5c-.3 1.2-1 2-2.3 2H7",
	laugh: "M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 0 0-17 0m4 1h9c0 5-9 5-9 0zM9 9v.2m6-.2v.2", idea: "M9.5 16.5c0-2-3-3-3-6.5a5.5 5.5 0 0 1 11 0c0 3.5-3 4.5-3 6.5zm.5 3.5h4",
	rocket: "M9 15c0-6 3-10 10-11 0 7-4 10-10 11zm0 0-2.5-2.5C5 12.5 4 13.5 3.5 15M9 15l2.5 2.5c0 1.5-1 2.5-2.5 3M5 19l2-2", question: "M8 8.5c.5-5 8-5 8 0 0 3-4 3-4 6.5m0 3.8v.1",
};

// tag: "p" or "p.class". What the element has is set, the rest are attributes. Children that are null or false are left out.
function make(tag, properties = {}, ...children) {
	const [name, className = ""] = tag.split("."), element = Object.assign(document.createElement(name), {className});
	for (const [name, value] of Object.entries(properties)) name in element ? element[name] = value : element.setAttribute(name, value);
	element.append(...children.filter((child) => child != null && child !== false));
	return element;
}

function makeSvg(tag, attributes, ...children) {
	const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
	element.append(...children);
	return element;
}

const icon = (name) => makeSvg("svg", {class: `icon is-${name}`, viewBox: "0 0 24 24", "aria-hidden": true}, makeSvg("path", {d: kIcons[name] ?? ""}));

// label: its name, with its key in brackets.
function dress(button, name, label = button.title) {
	if (button.dressed === name + label) return button;
	Object.assign(button, {dressed: name + label, title: label, ariaLabel: label.replace(/ \(.*/, "")}).replaceChildren(icon(name));
	return button;
}
const iconButton = (name, label, onclick) => dress(make("button.tool", {type: "button", onclick}), name, label);
// What is so already isn't set again: browsers would draw it anew.
const change = (element, what) => { for (const [name, value] of Object.entries(what)) if (element[name] !== value) element[name] = value; };
const setText = (element, textContent) => change(element, {textContent});
const setPressed = (button, is) => button.setAttribute("aria-pressed", is);

// Shown for a while, and told to those who can't see it.
function say(text) {
	const note = Object.assign(byId("note"), {textContent: text, className: "is-shown"});
	clearTimeout(say.timer);
	say.timer = setTimeout(() => { note.className = ""; }, 5000);
}

// The same for a person as in the window.
function personColor(id) {
	const hash = utf8(id).reduce((sum, byte) => Math.imul(sum ^ byte, 16777619) >>> 0, 2166136261);
	return `#${"5b5fef0b7f73b4440fb0307a2b6cb87b4bc23f7d2ea2512e96405f54627a".substr((hash % 10) * 6, 6)}`;
}

function avatar({id, name}) {
	const initials = name.trim().split(/\s+/).map((word) => [...word][0] ?? "");
	const disc = make("span.avatar", {"data-initials": (initials[0] + (initials[1] ? initials.at(-1) : "")).toUpperCase()});
	disc.style.background = personColor(id);
	return disc;
}
