// What is written beside messages: once for a bundle, and beside each of those that the selected event sends.

const TRIES = 3;
const WHOLE = 6;

/** A kind of message, its ballot, and what became of it where that is special. */
function wordsOf(model, place) {
  const { what, ballot } = model.kind(place);
  return fateOf(model, place, ballot < 0 ? what : `${what} ${model.ballots[ballot]}`);
}

/** The same of a message with all that it carries. */
function contentOf(model, place) {
  return fateOf(model, place, model.kind(place).text);
}

function fateOf(model, place, told) {
  const fate = model.fate(place);
  return isPlain(fate) ? told : `${told}, ${fate}`;
}

/** What one event sends to many is one bundle: it is named once. */
function bundleOf(model, place) {
  const apart = isPlain(model.fate(place)) ? "" : place;
  return `${model.cause[place]}|${model.kind(place).what}|${model.source[place]}|${apart}`;
}

/** A lost message is told by its ring; a late one and a copy have to be named. */
function isPlain(fate) {
  return fate === "delivered" || fate === "lost";
}

/** The name of a message, once for a bundle: where there is no room at the first ones, nowhere. */
function nameBundle(model, labels, tried, place, path) {
  const bundle = bundleOf(model, place);
  const tries = tried.get(bundle) ?? 0;
  if (tries >= TRIES) return "";
  const text = labels.along(place, path, wordsOf(model, place));
  tried.set(bundle, text ? TRIES : tries + 1);
  return text;
}

/** What each of these messages carries, by place and line; in short where its line is short, or there are many. */
function nameEach(model, drawn, paths) {
  const labels = new Labels(drawn, new Set(paths.map(([place]) => place)));
  for (const [, { x2, y2 }] of paths) labels.take(x2 - 8, y2 - 5, x2 + 8, y2 + 5);
  // The shortest line has the least choice.
  const sorted = [...paths].sort(([, one], [, other]) => across(one) - across(other));
  return sorted.map(([place, path], index) => nameOne(model, labels, place, path, index >= sorted.length - WHOLE)).join("");
}

function nameOne(model, labels, place, path, whole) {
  const content = contentOf(model, place);
  const fits = whole && widthOf(content, SMALL) < 0.7 * across(path);
  return (fits && labels.along(place, path, content)) || labels.along(place, path, wordsOf(model, place), true);
}

function across({ x1, x2 }) {
  return Math.abs(x2 - x1);
}
