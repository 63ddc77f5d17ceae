// The diagram of one run: only what is in sight is drawn, again whenever something else comes into sight.

const OVER = 300;
const TRIES = 3;
const ZOOMS = [0.125, 0.18, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 16, 32, 64];

class Diagram {
  constructor(model, home, { filter, shades, dashes, onSelect, least }) {
    Object.assign(this, { model, home, filter, shades, dashes, least });
    this.selected = NONE;
    this.marked = NONE;
    this.cone = null;
    this.zoom = 1;
    this.real = false;
    home.innerHTML =
      `<div class="scroll" tabindex="0" role="group" aria-label="Diagram; the arrow keys step through it">` +
      `<div class="heads"></div><div class="space"><svg class="sight" role="img"></svg></div></div>` +
      `<svg class="map" preserveAspectRatio="none" aria-hidden="true"></svg>`;
    this.scroll = home.querySelector(".scroll");
    this.heads = home.querySelector(".heads");
    this.space = home.querySelector(".space");
    this.sight = home.querySelector(".sight");
    this.map = new MiniMap(this, home.querySelector(".map"));
    this.scroll.addEventListener("scroll", () => this.follow(), { passive: true });
    this.sight.addEventListener("click", (event) => {
      const hit = event.target.closest("[data-place]");
      if (hit) onSelect(Number(hit.dataset.place));
    });
    letDrag(this.scroll);
  }

  /** Lay everything out again: something else is shown, or in another size. */
  arrange() {
    const { shown, hidden } = this.filter.sift(this.model, this.selected);
    const world = shown.some((place) => this.model.lane[place] === NONE) && !this.filter.lanes.has(NONE);
    const centre = this.placeInSight();
    this.shown = shown;
    this.hidden = hidden;
    this.layout = layOut(this.model, shown, this);
    this.lanes = placeLanes(this.model, this.filter, this.scroll.clientWidth, this.least, world);
    this.space.style.height = `${this.layout.height}px`;
    this.space.style.width = this.heads.style.width = `${this.lanes.width}px`;
    this.drawHeads();
    this.map.draw();
    if (centre !== NONE) this.scroll.scrollTop = this.layout.y[centre.place] - centre.at;
    this.draw();
  }

  /** The selected event, or the first in sight, and how far down it is: it stays there. */
  placeInSight() {
    if (!this.layout) return NONE;
    const top = this.scroll.scrollTop;
    const at = (place) => ({ place, at: this.layout.y[place] - top });
    if (this.selected !== NONE && this.isInSight(this.selected)) return at(this.selected);
    const place = this.shown.find((each) => this.layout.y[each] >= top);
    return place === undefined ? NONE : at(place);
  }

  isInSight(place) {
    const y = this.layout.y[place] - this.scroll.scrollTop;
    return y > 10 && y < this.scroll.clientHeight - 70;
  }

  select(place, withCone) {
    const again = this.selected !== NONE && this.filter.hides(this.model, this.selected);
    this.selected = place;
    this.cone = withCone && place !== NONE ? this.model.cone(place) : null;
    if (again || (place !== NONE && this.filter.hides(this.model, place))) this.arrange();
    if (place !== NONE) this.bring(place);
    if (this.isOutOfSight()) this.draw();
    else this.mark();
  }

  /** Scroll until this event can be seen well. */
  bring(place) {
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.scroll;
    const y = this.layout.y[place];
    if (y < scrollTop + 60 || y > scrollTop + clientHeight - 110) this.scroll.scrollTop = y - clientHeight * 0.42;
    const x = this.lanes.x.get(this.model.lane[place]);
    if (x !== undefined && (x < scrollLeft + 60 || x > scrollLeft + clientWidth - 60)) {
      this.scroll.scrollLeft = x - clientWidth / 2;
    }
  }

  /** Stretch time, never strokes or text. */
  stretch(steps) {
    const now = ZOOMS.indexOf(this.zoom);
    this.zoom = steps === 0 ? 1 : ZOOMS[clamp(0, now + steps, ZOOMS.length - 1)];
    this.arrange();
  }

  follow() {
    this.map.follow();
    if (this.isOutOfSight()) this.draw();
  }

  /** Whether something is in sight that has not been drawn. */
  isOutOfSight() {
    const { scrollTop, scrollLeft, clientHeight } = this.scroll;
    const isBeyond = scrollTop < this.top || scrollTop + clientHeight > this.bottom;
    return isBeyond || Math.round(scrollLeft) !== this.left;
  }

  drawHeads() {
    const heads = this.lanes.lanes.map((lane) => {
      const { name, role } = lane === NONE ? { name: "world", role: "faults" } : this.model.lanes[lane];
      const left = this.lanes.x.get(lane) - 8;
      const width = this.lanes.step - 6;
      return `<div class="head" style="left:${num(left)}px;width:${num(width)}px" title="${esc(`${name} ${role}`)}"><b>${esc(name)}</b> <span>${esc(role)}</span></div>`;
    });
    this.heads.innerHTML = heads.join("");
  }

  draw() {
    const { model, layout, lanes, scroll } = this;
    this.top = Math.max(0, scroll.scrollTop - OVER);
    this.bottom = scroll.scrollTop + scroll.clientHeight + OVER;
    this.left = Math.round(scroll.scrollLeft);
    const bottom = Math.min(this.bottom, layout.height);
    const places = this.shown.filter((place) => layout.y[place] >= this.top && layout.y[place] <= bottom);
    this.labels = new Labels();
    for (const gap of layout.gaps) this.labels.take(this.left, gap.top, this.left + 400, gap.bottom);
    const marks = this.drawMarks(places);
    const drawn = [
      drawBands(model, layout, lanes, this.top, bottom),
      ...lanes.lanes.map((lane) => drawLane(model, layout, lanes, lane, this.top, bottom)),
      drawGaps(layout, lanes.width, this.left, this.top, bottom),
      this.drawLines(),
      this.drawArrows(bottom),
      marks,
      drawTimes(model, layout, this.left, places, this.labels),
    ];
    this.sight.setAttribute("viewBox", `0 ${this.top} ${lanes.width} ${bottom - this.top}`);
    Object.assign(this.sight.style, {
      top: `${this.top}px`,
      width: `${lanes.width}px`,
      height: `${bottom - this.top}px`,
    });
    this.sight.innerHTML = drawn.join("");
    this.groups = [...this.sight.querySelectorAll("[data-place]")].map((group) => [group, Number(group.dataset.place)]);
    this.mark();
    this.map.follow();
  }

  /** Mark the selected event, and make faint what has nothing to do with it. Nothing else has to be drawn again. */
  mark() {
    const { selected, cone, layout, lanes } = this;
    for (const [group, place] of this.groups) {
      group.classList.toggle("chosen", place === selected);
      group.classList.toggle("faint", cone !== null && !cone[place]);
    }
    const line = selected === NONE ? "" : `M0 ${num(layout.y[selected])}H${num(lanes.width)}`;
    this.sight.querySelector(".now").setAttribute("d", line);
    this.sight.setAttribute("aria-label", this.describe());
  }

  describe() {
    const { model, selected } = this;
    const now = selected === NONE ? "No event is selected." : `Selected: ${model.sentence(selected)}.`;
    return `Space-time diagram of ${counted(model.lanes.length, "process", "processes")}, time downwards. ${model.line}. ${now}`;
  }

  /** A line through the first event that differs, and one for the selected event. */
  drawLines() {
    const { marked, layout, lanes } = this;
    const differs = marked === NONE ? "" : `<path class="differs" d="M0 ${num(layout.y[marked])}H${num(lanes.width)}"/>`;
    return `${differs}<path class="now" d=""/>`;
  }

  nameOf(place) {
    return this.model.evidence.has(place) ? " proof" : "";
  }

  drawMarks(places) {
    const { model, layout, lanes } = this;
    const marks = places.filter((place) => !model.isMessage(place) && lanes.x.has(model.lane[place]));
    for (const place of marks) {
      const [x, y] = [lanes.x.get(model.lane[place]), layout.y[place]];
      this.labels.take(x - 7, y - HALF, x + 7, y + HALF);
    }
    return marks.map((place) => this.drawMark(place)).join("");
  }

  drawMark(place) {
    const { model, layout, lanes } = this;
    const { shape, ballot } = model.kind(place);
    const [x, y] = [lanes.x.get(model.lane[place]), layout.y[place]];
    const ring = model.evidence.has(place) ? `<circle r="12" class="ring"/>` : "";
    const room = lanes.width - x - 18;
    const words = shape === WORDLESS ? "" : model.text(place);
    const text = this.labels.beside(x + 12, y, words, Math.min(room, lanes.step - 24), Math.min(room, lanes.step * 1.7));
    return (
      `<g class="mark${this.nameOf(place)}" data-place="${place}" style="--c:${inkOf(ballot, this.shades)}">` +
      `<g transform="translate(${num(x)} ${num(y)})"><circle r="15" class="halo"/><circle r="11" class="reach"/>${ring}${sign(shape)}</g>${text}</g>`
    );
  }

  /** The name of a message, once for a bundle: where there is no room at the first ones, nowhere. */
  nameBundle(tried, place, path) {
    const bundle = bundleOf(this.model, place);
    const tries = tried.get(bundle) ?? 0;
    if (tries >= TRIES) return "";
    const text = this.labels.along(path, wordsOf(this.model, place), 40);
    tried.set(bundle, text ? TRIES : tries + 1);
    return text;
  }

  drawArrows(bottom) {
    const { model, layout, lanes } = this;
    const tried = new Map();
    const drawn = [];
    for (const place of this.shown) {
      if (!model.isMessage(place) || layout.y[place] < this.top) continue;
      const path = pathOf(model, layout, lanes, place);
      if (!path || path.y1 > bottom) continue;
      const { what, ballot } = model.kind(place);
      const text = this.nameBundle(tried, place, path);
      const ring = model.evidence.has(place) ? `<circle cx="${num(path.x2)}" cy="${num(path.y2)}" r="10" class="ring"/>` : "";
      const dashes = this.dashes[model.dashes[what] ?? 0];
      drawn.push(
        `<g class="arrow${this.nameOf(place)}" data-place="${place}" style="--c:${inkOf(ballot, this.shades)}">` +
          `${drawArrow(model, place, path, dashes)}${ring}${text}</g>`,
      );
    }
    return drawn.join("");
  }
}

/** The ground can be dragged, as maps are. */
function letDrag(scroll) {
  let from = null;
  scroll.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("[data-place]")) return;
    from = [event.clientX + scroll.scrollLeft, event.clientY + scroll.scrollTop];
  });
  scroll.addEventListener("pointermove", (event) => {
    if (!from) return;
    scroll.scrollLeft = from[0] - event.clientX;
    scroll.scrollTop = from[1] - event.clientY;
  });
  for (const name of ["pointerup", "pointerleave"]) scroll.addEventListener(name, () => (from = null));
}
