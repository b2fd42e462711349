// All that was said: what the page brought, and what this viewer said since.
const kReactions = {"thumbs-up": tr("Agreed"), heart: tr("Love it"), laugh: tr("Funny"), rocket: tr("Go for it"), idea: tr("Good idea"), question: tr("I don't follow")};
const kAsks = {decision: trIn("what a question asks for", "Decision"), answer: trIn("what a question asks for", "Answer needed"), know: trIn("what a question asks for", "For information")};
const kMomentLength = 3, kOneFrame = 0.05;  // seconds: a drawing shows, a seek lands before its moment at worst

class Talk {
	constructor(share, guest) {
		Object.assign(this, {share, guest});
		this.read();
	}

	read() {
		const {people, comments = [], reactions = []} = this.share;
		// On an earlier recording: its moment says nothing about this one.
		const read = (one) => ({drawing: [], replies: [], ...one, at: one.at_us / 1e6, to: one.to_us / 1e6, person: people[one.by], isEarlier: one.version > 0});
		this.threads = comments.map((one) => ({...read(one), replies: (one.replies ?? []).map(read)}));
		this.reactions = reactions.map(read);
		for (const word of this.guest.words) this.#add(word);
		for (const list of [this.threads, this.reactions]) list.sort((a, b) => a.at - b.at);
	}

	// What came back with the page isn't said twice.
	#add({id, at, event, name, isSent}) {
		const person = {id: id.split(".")[0], name: trIn("the author", "You")}, {at_us: us} = event;
		const word = {drawing: [], replies: [], ...event, id, said: at, person, isWaiting: !isSent, at: us / 1e6, to: event.to_us / 1e6};
		const isNew = (list) => !list.some((one) => one.id === id || (one.person.name === name && one.text === word.text && (one.at_us === us || event.to)));
		const replies = this.threads.find((one) => [one, ...one.replies].some((entry) => entry.id === event.to))?.replies ?? [];
		if (event.type === "reply" && isNew(replies)) replies.push(word);
		if (event.type === "comment" && isNew(this.threads)) this.threads.push(word);
		if (event.type === "react" && !this.reactions.some((one) => one.at_us === us && one.name === event.name)) this.reactions.push(word);
	}

	isCut = ({at, isEarlier}) => !isEarlier && edits.isCut(at);
	placeOf = ({at, isEarlier}) => (isEarlier ? at : edits.shown(at));

	drawingsAt(time, pointed) {
		const isNow = ({at, to, resolved}) => !resolved && time >= at - kOneFrame && time <= (to || at + kMomentLength);
		return this.threads.filter((one) => !one.isEarlier && (one === pointed || isNow(one))).flatMap((one) => [one, ...one.replies]).filter(({drawing}) => drawing.length);
	}
}
