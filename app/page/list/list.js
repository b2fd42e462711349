// The list stands in the page already; here its times become the viewer's, and it can be searched.
for (const time of document.querySelectorAll("time")) Object.assign(time, {title: formatDate(time.dateTime), textContent: formatAge(time.dateTime)});

// An update without a poster shows its empty frame. Some failed before this ran.
const dropPicture = ({target}) => target.remove();
for (const image of document.images) image.complete && !image.naturalWidth ? image.remove() : image.addEventListener("error", dropPicture);

const field = document.getElementById("search"), cards = [...document.querySelectorAll("li")];
field.hidden = false;
field.oninput = () => {
	const words = field.value.toLowerCase().split(/\s+/);
	for (const card of cards) card.hidden = !words.every((word) => card.textContent.toLowerCase().includes(word));
	for (const part of document.querySelectorAll("section")) part.hidden = !part.querySelector("li:not([hidden])");
	for (const away of document.querySelectorAll("details")) if (field.value) away.open = true;
	document.getElementById("nothing").hidden = cards.some((card) => !card.hidden);
};
document.onkeydown = (event) => {
	if (event.key !== "/" || event.target === field) return;
	event.preventDefault();
	field.focus();
};
