// Messages: from where and when they were sent to where and when they were handled, or lost.

const RETURN_LOOP = 26;

/** The ends of a message's line, or null where its sender is not on the page. */
function pathOf(model, layout, lanes, place) {
  const from = model.origin(place);
  const x2 = lanes.x.get(model.lane[place]);
  const x1 = lanes.x.get(from);
  if (x1 === undefined || x2 === undefined) return null;
  const cause = model.cause[place];
  const y2 = layout.y[place];
  const y1 = cause === NONE ? y2 - SAME_LANE : layout.y[cause];
  if (model.kind(place).kind !== "lost") return { x1, y1, x2, y2 };
  const share = 1 - clamp(0.06, 16 / Math.max(1, Math.abs(x2 - x1)), 0.3);
  return { x1, y1, x2: x1 + (x2 - x1) * share, y2: y1 + (y2 - y1) * share };
}

/** The SVG of a message. */
function drawArrow(model, place, path, dashes) {
  const { x1, y1, x2, y2 } = path;
  const fate = model.fate(place);
  const loop = x1 === x2;
  const bend = loop ? `Q${x1 + RETURN_LOOP} ${(y1 + y2) / 2} ` : "L";
  const line = `M${num(x1)} ${num(y1)}${bend}${num(x2)} ${num(y2)}`;
  const angle = loop ? Math.atan2((y2 - y1) / 2, -RETURN_LOOP) : Math.atan2(y2 - y1, x2 - x1);
  const turn = `translate(${num(x2)} ${num(y2)}) rotate(${num((angle * 180) / Math.PI)})`;
  return (
    `<path d="${line}" class="reach"/><path d="${line}" class="line" stroke-dasharray="${dashes}"/>` +
    `<g transform="${turn}">${headOf(fate)}</g>`
  );
}

/** The end of a message's line: lost ones end in a ring, copies in two heads, late ones behind a bar. */
function headOf(fate) {
  if (fate === "lost") return `<circle cx="4" r="4" class="hollow"/>`;
  const head = `<path d="M0 0-8-3.6V3.6z" class="solid"/>`;
  if (fate === "copy") return `${head}<path d="M-8 0-16-3.6V3.6z" class="solid"/>`;
  if (fate === "late") return `${head}<path d="M-15-6-11 6" class="bar"/>`;
  return head;
}

function num(value) {
  return Math.round(value * 10) / 10;
}
