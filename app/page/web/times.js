// Moments of the update, and times as the viewer's own clock and calendar have them. The words are English.
const kLocale = navigator.languages?.find((language) => language.startsWith("en")) ?? "en-GB";
const kAges = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600],
               ["minute", 60]];

function formatMoment(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const formatRange = (from, to) => (to ? `${formatMoment(from)} – ${formatMoment(to)}` : formatMoment(from));

function formatAge(date) {
  const seconds = (new Date(date) - Date.now()) / 1000;
  const [unit, length] = kAges.find(([, length]) => Math.abs(seconds) >= length) ?? ["", 1];
  if (!unit) return "just now";
  return new Intl.RelativeTimeFormat(kLocale, {numeric: "auto"}).format(Math.round(seconds / length), unit);
}

const formatDate = (date, zone) =>
  new Intl.DateTimeFormat(kLocale, {weekday: "short", day: "numeric", month: "short", hour: "numeric",
                                    minute: "2-digit", timeZoneName: "short", timeZone: zone}).format(new Date(date));

const ageOf = (date) => make("time", {dateTime: date, title: formatDate(date), textContent: formatAge(date)});

function parseVttTime(text) {
  return text.split(":").reduce((sum, part) => sum * 60 + parseFloat(part), 0);
}

// [{from, to, text}] in seconds, in order. Tags are taken off: they are for looks only.
function parseVtt(text) {
  const cues = [];
  for (const block of text.replaceAll("\r", "").split(/\n\n+/)) {
    const found = block.match(/^(?:.*\n)?([\d:.]+) +--> +([\d:.]+).*\n([^]*)/);
    if (!found) continue;
    const words = found[3].replace(/<[^>]*>/g, "").trim();
    const plain = words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    cues.push({from: parseVttTime(found[1]), to: parseVttTime(found[2]), text: plain});
  }
  return cues;
}

// The last of `list`, which is sorted by `key`, that isn't after `time`; -1: none.
function lastUpTo(list, time, key) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle][key] <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
