// Where everything stands: lanes across, time downwards. Time is warped, unless real time is asked for.

const SAME_LANE = 16;
const ANY_LANE = 7;
const SENT = 3;
const LONGEST = 44;
const RARE = 100;
const GAP = 34;
const TOP = 26;
const BOTTOM = 60;
const HIGHEST = 8e6;

/** `y` of every place; `gaps` that were cut short; `height` of it all. */
function layOut(model, shown, { zoom, real }) {
  const anchors = anchorsOf(model, shown);
  const y = new Float64Array(model.size);
  const place = real ? linear(model, anchors, zoom) : warped(model, anchors, zoom);
  let last = TOP;
  let index = 0;
  for (let each = 0; each < model.size; each++) {
    if (index < anchors.length && anchors[index].place === each) last = place.y[index++];
    y[each] = last;
  }
  return { y, gaps: place.gaps, height: last + BOTTOM, shown };
}

/** What needs a place of its own, in order: what is shown, and from where shown messages were sent. */
function anchorsOf(model, shown) {
  const isShown = new Uint8Array(model.size);
  for (const place of shown) isShown[place] = 1;
  const needed = new Uint8Array(isShown);
  for (const place of shown) {
    if (model.isMessage(place) && model.cause[place] !== NONE) needed[model.cause[place]] = 1;
  }
  const anchors = [];
  for (let place = 0; place < model.size; place++) {
    if (needed[place]) anchors.push({ place, shown: isShown[place] === 1 });
  }
  return anchors;
}

/** Each step as long as the root of its time, within bounds; far longer ones become gaps. */
function warped(model, anchors, zoom) {
  const usual = usualStep(model, anchors);
  const y = [];
  const gaps = [];
  const lastIn = new Map();
  let now = TOP;
  anchors.forEach(({ place, shown }, index) => {
    const before = anchors[index - 1];
    const passed = before ? model.time[place] - model.time[before.place] : 0;
    if (before && passed > RARE * usual) {
      const unseen = place - before.place - 1;
      gaps.push({ top: now + SAME_LANE / 2, bottom: now + GAP, passed, unseen });
      now += GAP + SAME_LANE / 2;
    } else if (before) {
      const least = shown && before.shown ? ANY_LANE : SENT;
      now += zoom * clamp(least, 9 * Math.sqrt(passed / usual), LONGEST);
    }
    const lane = model.lane[place];
    if (shown) now = Math.max(now, (lastIn.get(lane) ?? -Infinity) + zoom * SAME_LANE);
    lastIn.set(lane, now);
    y.push(now);
  });
  return { y, gaps };
}

function usualStep(model, anchors) {
  const steps = [];
  for (let index = 1; index < anchors.length; index++) {
    const step = model.time[anchors[index].place] - model.time[anchors[index - 1].place];
    if (step > 0) steps.push(step);
  }
  steps.sort((one, other) => one - other);
  return steps[steps.length >> 1] || 1;
}

function linear(model, anchors, zoom) {
  if (!anchors.length) return { y: [], gaps: [] };
  const begin = model.time[anchors[0].place];
  const span = Math.max(1, model.time[anchors.at(-1).place] - begin);
  const height = Math.min(HIGHEST, anchors.length * SAME_LANE * zoom);
  return { y: anchors.map(({ place }) => TOP + ((model.time[place] - begin) / span) * height), gaps: [] };
}

/** Where lanes stand: `x` by lane, -1 is the world; `step` from one to the next. */
function placeLanes(model, filter, room, least, hasWorld) {
  const lanes = model.lanes.map((_, lane) => lane).filter((lane) => !filter.lanes.has(lane));
  if (hasWorld) lanes.unshift(NONE);
  const left = 74;
  const right = 40;
  const step = clamp(least, (room - left - right) / Math.max(1, lanes.length), 190);
  const x = new Map(lanes.map((lane, index) => [lane, left + step * (index + 0.28)]));
  return { x, lanes, step, left, width: Math.max(room, left + right + step * lanes.length) };
}
