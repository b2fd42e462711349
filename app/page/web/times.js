// Moments of the update, and times by the viewer's own clock.
const kAges = {year: 31536000, month: 2592000, week: 604800, day: 86400, hour: 3600, minute: 60};

function formatMoment(seconds) {
	const whole = Math.max(0, Math.floor(seconds + 1e-6)), hours = Math.floor(whole / 3600), two = (number) => String(number % 60).padStart(2, 0);
	return `${hours ? `${hours}:${two(Math.floor(whole / 60))}` : Math.floor(whole / 60)}:${two(whole)}`;
}

function formatAge(date) {
	const seconds = (new Date(date) - Date.now()) / 1000, unit = Object.keys(kAges).find((name) => Math.abs(seconds) >= kAges[name]);
	return unit ? new Intl.RelativeTimeFormat(kLocale, {numeric: "auto"}).format(Math.round(seconds / kAges[unit]), unit) : tr("just now");
}
const formatDate = (date, timeZone) => new Date(date).toLocaleString(kLocale, {weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short", timeZone});
const ageOf = (date) => make("time", {dateTime: date, title: formatDate(date), textContent: formatAge(date)});

// [{from, to, text}] in seconds. Tags are for looks only.
function parseVtt(text) {
	const seconds = (time) => time.split(":").reduce((sum, part) => sum * 60 + parseFloat(part), 0);
	const plain = (words) => words.replace(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").trim();
	return Array.from(text.replaceAll("\r", "").matchAll(/([\d:.]+) +--> +([\d:.]+).*\n((?:.+\n?)*)/g), ([, from, to, words]) => ({from: seconds(from), to: seconds(to), text: plain(words)}));
}

// The place of the last of a sorted list that isn't after `time`; -1: none.
function lastUpTo(list, time, key = "from") {
	let low = 0, high = list.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		list[middle][key] <= time ? low = middle + 1 : high = middle;
	}
	return low - 1;
}
