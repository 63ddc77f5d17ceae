// What stands behind the events: lanes, what lasts in them, gaps in time, the hour.

/** A lane's line from top to bottom: whole while alive, dotted while dead, hatched while suspended. */
function drawLane(model, layout, lanes, lane, top, bottom) {
  const x = num(lanes.x.get(lane));
  const cuts = deaths(model, layout, lane);
  let from = top;
  let drawn = "";
  for (const [dead, alive] of cuts) {
    if (dead > from) drawn += stroke("lane", x, from, Math.min(dead, bottom));
    if (alive > top && dead < bottom) drawn += stroke("lane dead", x, Math.max(dead, top), Math.min(alive, bottom));
    from = Math.max(from, alive);
  }
  return from < bottom ? drawn + stroke("lane", x, from, bottom) : drawn;
}

function deaths(model, layout, lane) {
  return model.bands
    .filter(([what, lanes]) => what === "dead" && lanes[0] === lane)
    .map(([, , begin, end]) => [layout.y[begin], end === null ? Infinity : layout.y[end]]);
}

function stroke(name, x, from, to) {
  return `<path class="${name}" d="M${x} ${num(from)}V${num(to)}"/>`;
}

/** What lasts, other than death: a bar along its lane, or across the lanes whose links are hit. */
function drawBands(model, layout, lanes, top, bottom) {
  let drawn = "";
  for (const [what, of, begin, end, text, others] of model.bands) {
    const from = Math.max(layout.y[begin], top);
    const to = Math.min(end === null ? layout.height : layout.y[end], bottom);
    if (what === "dead" || from >= to) continue;
    if (what === "links") drawn += hitLinks(lanes, of, others, from, to, text);
    else if (lanes.x.has(of[0])) {
      const x = num(lanes.x.get(of[0]) - 5);
      drawn += `<rect class="${what}" x="${x}" y="${num(from)}" width="10" height="${num(to - from)}"><title>${esc(text)}</title></rect>`;
    }
  }
  return drawn;
}

/** A bar in the world's lane; where the links have two sides, two tints and a wall between them. */
function hitLinks(lanes, of, others, from, to, text) {
  const world = lanes.x.get(NONE);
  let drawn = world === undefined ? "" : `<rect class="slow" x="${num(world - 5)}" y="${num(from)}" width="10" height="${num(to - from)}"><title>${esc(text)}</title></rect>`;
  if (of.some((lane) => others.includes(lane))) return drawn;
  let last = "";
  for (const lane of lanes.lanes) {
    const side = of.includes(lane) ? "one" : others.includes(lane) ? "other" : "";
    const left = lanes.x.get(lane) - lanes.step * 0.28;
    const box = `x="${num(left)}" y="${num(from)}" height="${num(to - from)}"`;
    if (side) drawn += `<rect class="hit ${side}" ${box} width="${num(lanes.step)}"/>`;
    if (side && last && side !== last) drawn += `<rect class="wall" ${box} width="3"/>`;
    last = side || last;
  }
  return drawn;
}

/** Where far more time passed than usual: how much, and how many events are not shown. */
function drawGaps(layout, width, left, top, bottom) {
  return layout.gaps
    .filter((gap) => gap.bottom > top && gap.top < bottom)
    .map(({ top: from, bottom: to, passed, unseen }) => {
      const hidden = unseen ? ` · ${counted(unseen, "event")} not shown` : "";
      const middle = num((from + to) / 2);
      const text = `${showSpan(passed)} pass${hidden}`;
      const room = num(widthOf(text, FONT) + 20);
      return (
        `<g class="gap"><rect x="0" y="${num(from)}" width="${num(width)}" height="${num(to - from)}"/>` +
        `<rect class="tag" x="${left + 70}" y="${middle - 9}" width="${room}" height="18" rx="9"/>` +
        `<text x="${left + 80}" y="${middle + 4}">${text}</text></g>`
      );
    })
    .join("");
}

/** The time of events, as often as there is room. */
function drawTimes(model, layout, left, places, labels) {
  let last = -Infinity;
  let told = -1;
  let drawn = "";
  for (const place of places) {
    const y = layout.y[place];
    if (y - last < 20 || model.time[place] === told) continue;
    if (!labels.isFree(left, y - 5, left + 66, y + 5)) continue;
    last = y;
    told = model.time[place];
    drawn += `<text class="time" x="${left + 64}" y="${num(y + 3.5)}">${showTime(told)}</text>`;
  }
  return drawn;
}
