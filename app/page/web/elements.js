// Building what is shown. Foreign words only ever become text.

// properties: on… are listeners, the element's own properties are set, all others are attributes. Children that are
// null or false are left out.
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const icon = (name) =>
  makeSvg("svg", {class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true"}, makeSvg("use", {href: `#i-${name}`}));

const setIcon = (button, name) => button.querySelector("use").setAttribute("href", `#i-${name}`);

// A button that is an icon; `key` is told with its name.
function iconButton(name, label, press, {key = "", className = "tool"} = {}) {
  const button = make("button", {type: "button", className, onclick: press}, icon(name));
  nameButton(button, label, key);
  return button;
}

function nameButton(button, label, key = "") {
  button.setAttribute("aria-label", label);
  button.title = key ? `${label} (${key})` : label;
}

const textButton = (label, press, className = "button") =>
  make("button", {type: "button", className, textContent: label, onclick: press});

const byId = (id) => document.getElementById(id);

// Said to those who can't see it, and shown for a while to those who can.
let noteTimer = 0;
function say(text) {
  byId("note").textContent = text;
  byId("note").classList.add("is-shown");
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => byId("note").classList.remove("is-shown"), 5000);
}

const kPeopleColors = ["#5b5fef", "#0b7f73", "#b4440f", "#b0307a", "#2b6cb8", "#7b4bc2", "#3f7d2e", "#a2512e",
                       "#96405f", "#54627a"];

// The same for a person as in the window.
function personColor(id) {
  let hash = 2166136261;
  for (const byte of utf8(id)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return kPeopleColors[hash % kPeopleColors.length];
}

function initialsOf(name) {
  const words = name.trim().split(/\s+/);
  const first = (word) => [...(word ?? "")][0] ?? "";
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "")).toUpperCase();
}

function avatar(person, className = "") {
  const disc = make("span", {className: `avatar ${className}`, textContent: initialsOf(person.name),
                             "aria-hidden": "true"});
  disc.style.background = personColor(person.id);
  return disc;
}
