// Small words that every other part needs: escaping, times, counts, how wide a text is.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function esc(text) {
  return String(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
}

function byId(id) {
  return document.getElementById(id);
}

function clamp(low, value, high) {
  return Math.min(high, Math.max(low, value));
}

/** A moment of the run, to the microsecond: `110.087 ms`, `2.000031 s`. */
function showTime(us) {
  if (us < 1000) return `${us} µs`;
  if (us < 1e6) return `${trimmed((us / 1e3).toFixed(3))} ms`;
  return `${(us / 1e6).toFixed(6)} s`;
}

/** How long something took, in two or three digits: `1.2 s`. */
function showSpan(us) {
  const [size, unit] = us < 1000 ? [1, "µs"] : us < 1e6 ? [1e3, "ms"] : [1e6, "s"];
  const value = us / size;
  return `${trimmed(value.toFixed(value < 10 && size > 1 ? 1 : 0))} ${unit}`;
}

function trimmed(digits) {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

/** How wide a text is in the diagram, in pixels. */
function widthOf(text, font) {
  const key = `${font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    ruler.font = font;
    width = ruler.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/** The text, or its beginning, so that it is at most so wide. */
function cut(text, font, room) {
  if (widthOf(text, font) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(`${text.slice(0, middle)}…`, font) <= room) low = middle;
    else high = middle - 1;
  }
  return low > 1 ? `${text.slice(0, low).trimEnd()}…` : "";
}
