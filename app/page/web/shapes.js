// Drawings of app/library/FORMAT.md as SVG, whose units are the screen track's pixels.
const kShapeColors = {red: "#f03e3e", yellow: "#ffd43b", green: "#2fb344", blue: "#338ef7", white: "#fff", black: "#14151c"};

// unit: how many of the track's pixels a point on the viewer's screen is. Unknown kinds and colours are passed over.
function shapeOf({kind, color: name, width: share, points, text}, size, unit) {
	const color = kShapeColors[name], [x1, y1, x2, y2] = points.map((place, i) => place * (i % 2 ? size.height : size.width));
	const width = Math.max(2 * unit, share * size.width), line = {stroke: color, "stroke-width": width};
	if (!color) return "";
	if (kind === "pen") return makeSvg("path", {...line, d: `M${points.map((place, i) => place * (i % 2 ? size.height : size.width)).join(" ")}h.1`});
	if (kind === "box") return makeSvg("path", {...line, d: `M${x1} ${y1}H${x2}V${y2}H${x1}z`});
	if (kind === "arrow") {
		// The shaft ends where the head begins, so that its tip is sharp.
		const long = Math.hypot(x2 - x1, y2 - y1) || 1, head = Math.min(long, width * 4 + 6 * unit);
		const dx = ((x2 - x1) / long) * head, dy = ((y2 - y1) / long) * head, x = x2 - dx, y = y2 - dy;
		return makeSvg("g", {}, makeSvg("path", {...line, d: `M${x1} ${y1}L${x} ${y}`}),
			makeSvg("path", {fill: color, d: `M${x2} ${y2}L${x - dy * 0.55} ${y + dx * 0.55}L${x + dy * 0.55} ${y - dx * 0.55}z`}));
	}
	const letters = Math.max(11 * unit, width * 7);
	return kind === "text" ? makeSvg("text", {x: x1, y: y1 + letters, fill: color, "font-size": letters}, text ?? "") : "";
}
