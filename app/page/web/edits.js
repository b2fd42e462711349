// What the author left in, and in which order. Moments are the recording's everywhere; people see those of what is left.
const kMore = 0.5;  // seconds

class Edits {
	constructor(parts, duration) {
		this.duration = 0;
		this.parts = (parts ?? [[0, duration]]).map(([from, to]) => ({from, to, at: (this.duration += to - from) - (to - from)}));
	}

	placeOf = (time) => this.parts.findIndex(({from, to}) => time >= from && time < to);
	isCut = (time) => this.placeOf(time) < 0 && !this.parts.some(({to}) => to === time);
	// Of what was cut: where what was recorded next is shown. The last part's end is the end.
	shown(time) {
		if (this.placeOf(time) < 0 && time === this.parts.at(-1).to) return this.duration;
		const part = this.parts[this.placeOf(time)], later = this.parts.filter(({from}) => from > time).sort((a, b) => a.from - b.from);
		return part ? part.at + time - part.from : later[0]?.at ?? this.duration;
	}
	recorded(shown) {
		const {from, to, at} = this.parts[Math.max(0, lastUpTo(this.parts, shown, "at"))];
		return Math.min(from + Math.max(0, shown - at), to);
	}
	// What comes within the next seconds, as ranges of the recording; a little more of each, for some browsers wait
	// for what comes after the last picture that they have.
	ahead(time, seconds) {
		const begun = this.shown(time), until = begun + seconds;
		return this.parts.filter(({from, to, at}) => at < until && at + to - from > begun).map(({from, to, at}) => ({from: from + Math.max(0, begun - at), to: Math.min(to, from + until - at) + kMore}));
	}
}
let edits = new Edits(null, Infinity);
// Those that aren't cut, as they are shown: {at, from (of what is shown), name}.
const shownChapters = (chapters) => (chapters ?? []).map(({at_us: us, name}, i) => ({at: us / 1e6, from: edits.shown(us / 1e6), name: name || trFormat("Chapter {}", i + 1)})).filter(({at}) => !edits.isCut(at)).sort((a, b) => a.from - b.from);
const formatPlace = (time) => (edits.isCut(time) ? trIn("instead of a moment: it was cut out", "cut") : formatMoment(edits.shown(time)));
const formatRange = (from, to) => (to && !edits.isCut(from) ? `${formatPlace(from)} – ${formatMoment(edits.shown(to))}` : formatPlace(from));
