// What the page says, in its viewer's language. The sentences in scripts and HTML are English; the page brings what they are
// in other languages (../page_words.h), made of the literals below and of what HTML marks by data-tr.
//   tr("Resolved")                              a sentence or a word; always a literal, in double quotes
//   trIn("a comment", "edited")                 the same English, another meaning elsewhere
//   trFormat("Reply to {}", name)               translators may write {1} before {0}
//   trCount(n, "{} answer", "{} answers")       one, or several; {} is n, or what stands behind
const kTables = JSON.parse(document.getElementById("translations")?.textContent ?? "{}");
// The first that the viewer reads and the page speaks, with its region: times and numbers are as they are there.
const kLocale = navigator.languages?.find((tag) => /^en\b/.test(tag) || kTables[tag.split("-")[0]]) ?? "en-GB";
const kLanguage = kLocale.split("-")[0], kTable = kTables[kLanguage] ?? {}, kPlurals = new Intl.PluralRules(kLocale);

const translated = (english, context) => kTable[context ? `${context}\u0004${english}` : english] ?? english;
const shownValue = (value) => (typeof value === "number" ? value.toLocaleString(kLocale) : value ?? "");
function filled(sentence, values) {
	let next = 0;
	return sentence.replace(/\{(\d*)\}/g, (_, place) => shownValue(values[place || next++]));
}
const tr = (english) => translated(english);
const trIn = (context, english) => translated(english, context);
const trFormat = (english, ...values) => filled(translated(english), values);
const trCount = (n, one, many, ...values) => {
	const forms = kTable[one];
	return filled(forms?.[kPlurals.select(n)] ?? forms?.other ?? (n === 1 ? one : many), values.length ? values : [n]);
};

// It has words or children, not both.
function translateMarked(element) {
	for (const name of ["title", "aria-label", "placeholder"])
		if (element.hasAttribute(name)) element.setAttribute(name, translated(element.getAttribute(name)));
	if (!element.childElementCount && element.textContent) element.textContent = translated(element.textContent);
}
if (kTables[kLanguage]) document.querySelectorAll("[data-tr]").forEach(translateMarked);
document.documentElement.lang = kLanguage;
if (/^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)$/.test(kLanguage)) document.documentElement.dir = "rtl";
