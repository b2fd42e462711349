// Drawings over the picture: shapes of app/library/FORMAT.md in an SVG whose units are the screen track's pixels.

const kShapeColors = {red: "#f03e3e", yellow: "#ffd43b", green: "#2fb344", blue: "#338ef7", white: "#ffffff",
                      black: "#14151c"};
const kLetterWidths = 7;

function edgedLine(tag, attributes, color, edge, width, unit) {
  const looks = {...attributes, fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round"};
  return [makeSvg(tag, {...looks, stroke: edge, "stroke-width": width + 2 * unit}),
          makeSvg(tag, {...looks, stroke: color, "stroke-width": width})];
}

// The shaft ends where the head begins, so that its tip is sharp.
function arrowParts([x1, y1, x2, y2], color, edge, width, unit) {
  const length = Math.max(1, Math.hypot(x2 - x1, y2 - y1));
  const head = Math.min(length, width * 4 + 6 * unit);
  const [dx, dy] = [((x2 - x1) / length) * head, ((y2 - y1) / length) * head];
  const [x, y] = [x2 - dx, y2 - dy];
  const points = `${x2},${y2} ${x - dy * 0.55},${y + dx * 0.55} ${x + dy * 0.55},${y - dx * 0.55}`;
  return [...edgedLine("line", {x1, y1, x2: x, y2: y}, color, edge, width, unit),
          makeSvg("polygon", {points, fill: color, stroke: edge, "stroke-width": unit})];
}

function wordParts([x, y], shape, color, width, unit) {
  const size = Math.max(11 * unit, width * kLetterWidths);
  const isLight = shape.color === "white" || shape.color === "yellow";
  const words = makeSvg("text", {x, y: y + size * 0.95, fill: color, "font-size": size, "font-weight": 600});
  words.textContent = shape.text ?? "";
  // About as wide as it will be: it isn't laid out yet.
  const wide = [...(shape.text ?? "")].length * size * 0.58;
  const ground = {x: x - 5 * unit, y: y - 3 * unit, width: wide + 10 * unit, height: size * 1.2 + 6 * unit, rx: 4 * unit,
                  fill: isLight ? "#000000be" : "#ffffffe1"};
  return [makeSvg("rect", ground), words];
}

// size: the track's. unit: how many of its pixels a point on the viewer's screen is. Unknown kinds and colours are
// passed over.
function shapeParts(shape, size, unit) {
  const color = kShapeColors[shape.color];
  if (!color || !shape.points) return [];
  const places = shape.points.map((share, i) => share * (i % 2 ? size.height : size.width));
  const width = Math.max(2 * unit, shape.width * size.width);
  const edge = shape.color === "black" || shape.color === "blue" ? "#ffffff96" : "#0000006e";
  const [x1, y1, x2, y2] = places;
  switch (shape.kind) {
    case "pen":
      return edgedLine("polyline", {points: (places.length > 2 ? places : [...places, ...places]).join(" ")}, color, edge,
                       width, unit);
    case "arrow":
      return arrowParts(places, color, edge, width, unit);
    case "box":
      return edgedLine("rect", {x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1),
                                height: Math.abs(y2 - y1), rx: 3 * unit}, color, edge, width, unit);
    case "text":
      return wordParts(places, shape, color, width, unit);
    default:
      return [];
  }
}

// pointer.jsonl: moments in order, and what the shapes look like.
function parsePointer(lines) {
  const moments = [], looks = new Map();
  for (const line of (lines ?? "").split("\n")) {
    if (!line) continue;
    const said = JSON.parse(line);
    if ("define" in said) looks.set(said.define, said);
    else moments.push({...said, at: said.t / 1e6});
  }
  return {moments, looks};
}
