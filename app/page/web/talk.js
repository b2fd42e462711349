// All that was said: what the page brought, and what this viewer said since.

const kReactions = {"thumbs-up": "Agreed", heart: "Love it", laugh: "Funny", rocket: "Go for it", idea: "Good idea",
                    question: "I don't follow"};
const kAskWords = {decision: "Decision", answer: "Answer needed", know: "For information"};

const reactionIcon = (name) => {
  const sign = icon(name in kReactions ? name : "question");
  sign.classList.add(`is-${name}`);
  return sign;
};

const askPill = (ask) => make("span", {className: `pill ${ask.kind}`, textContent: kAskWords[ask.kind] ?? "Question"});

class Talk {
  constructor(share, guest) {
    Object.assign(this, {share, guest});
    this.read();
  }

  read() {
    const {people} = this.share;
    const entry = (one) => ({...one, person: people[one.by], drawing: one.drawing ?? []});
    this.threads = (this.share.comments ?? []).map((one) => ({
      ...entry(one), at: one.at_us / 1e6, to: one.to_us && one.to_us / 1e6, replies: (one.replies ?? []).map(entry),
      isDone: one.resolved ?? false}));
    this.reactions = (this.share.reactions ?? []).map((one) => ({...one, at: one.at_us / 1e6, person: people[one.by]}));
    for (const word of this.guest.words) this.#add(word);
    for (const list of [this.threads, this.reactions]) list.sort((a, b) => a.at - b.at);
  }

  // What came back with the page isn't said twice.
  #add({id, at: said, event, name, isSent}) {
    const person = {id: id.split(".")[0], name, isMe: true};
    const {type, at_us: moment, to_us: until, text, drawing = [], to} = event;
    const word = {id, said, text, drawing, person, at: moment / 1e6, at_us: moment, to: until && until / 1e6, isSent,
                  replies: [], name: event.name};
    const isKnown = (one) => one.id === id || (one.person.id === person.id && one.text === text && one.at_us === moment);
    if (type === "react") {
      this.reactions = this.reactions.filter((one) => one.person.id !== person.id || one.at_us !== moment);
      if (event.name) this.reactions.push(word);
    } else if (type === "reply") {
      const thread = this.threads.find((one) => one.id === to || one.replies.some((reply) => reply.id === to));
      if (thread && !thread.replies.some((one) => one.id === id || (one.person.id === person.id && one.text === text)))
        thread.replies.push(word);
    } else if (!this.threads.some(isKnown)) {
      this.threads.push(word);
    }
  }

  drawingsAt(time, pointed) {
    const isNow = ({at, to}) => time >= at - kOneFrame && time <= (to || at + kMomentLength);
    return this.threads.filter((one) => one === pointed || (isNow(one) && !one.isDone))
      .flatMap((one) => [one, ...one.replies]).filter(({drawing}) => drawing.length);
  }
}
