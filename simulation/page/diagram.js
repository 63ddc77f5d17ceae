// The diagram of one run: only what is in sight is drawn, again whenever something else comes into sight.

const OVER = 300;
const ZOOMS = [0.125, 0.18, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 16, 32, 64];

class Diagram {
  constructor(model, home, { filter, shades, dashes, onSelect, least }) {
    Object.assign(this, { model, home, filter, shades, dashes, least });
    this.selected = NONE;
    this.marked = NONE;
    this.cone = null;
    this.opened = new Set();
    this.zoom = 1;
    this.real = false;
    home.innerHTML =
      // An application, so that screen readers leave the keys to it.
      `<div class="scroll" tabindex="0" role="application" aria-roledescription="diagram" aria-label="Steps through the run with the arrow keys; ? has all keys">` +
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
    const { model } = this;
    const again = this.selected !== NONE && this.filter.hides(model, this.selected);
    this.selected = place;
    this.cone = withCone && place !== NONE ? model.cone(place) : null;
    this.opened = new Set(place === NONE ? [] : [place, ...model.sends(place)]);
    if (again || (place !== NONE && this.filter.hides(model, place))) this.arrange();
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

  /** What is in sight and a little more, or the whole. */
  draw(whole = false) {
    const { model, layout, lanes, scroll } = this;
    this.top = whole ? 0 : Math.max(0, scroll.scrollTop - OVER);
    this.bottom = whole ? layout.height : scroll.scrollTop + scroll.clientHeight + OVER;
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
      `<g class="names"></g>`,
    ];
    this.sight.setAttribute("viewBox", `0 ${this.top} ${lanes.width} ${bottom - this.top}`);
    Object.assign(this.sight.style, {
      top: `${this.top}px`,
      width: `${lanes.width}px`,
      height: `${bottom - this.top}px`,
    });
    // Its label says what a screen reader is to know of it; all else is in the panel and in the list.
    this.sight.innerHTML = `<g aria-hidden="true">${drawn.join("")}</g>`;
    this.groups = [...this.sight.querySelectorAll("[data-place]")].map((group) => [group, Number(group.dataset.place)]);
    this.mark();
    this.map.follow();
  }

  /** Mark the selected event, and make faint what has nothing to do with it. Nothing else has to be drawn again. */
  mark() {
    const { selected, cone, opened, layout, lanes } = this;
    for (const [group, place] of this.groups) {
      group.classList.toggle("chosen", place === selected);
      group.classList.toggle("faint", cone !== null && !cone[place]);
      group.classList.toggle("opened", opened.has(place));
    }
    this.sight.querySelector(".names").innerHTML = this.openNames();
    const line = selected === NONE ? "" : `M0 ${num(layout.y[selected])}H${num(lanes.width)}`;
    this.sight.querySelector(".now").setAttribute("d", line);
    this.sight.setAttribute("aria-label", this.describe());
  }

  /** What is sent by the selected event is named arrow by arrow. */
  openNames() {
    const drawn = this.groups.filter(([, place]) => this.opened.has(place) && this.model.isMessage(place));
    const paths = drawn.map(([, place]) => [place, pathOf(this.model, this.layout, this.lanes, place)]);
    return nameEach(this.model, this.labels, paths);
  }

  describe() {
    const { model, selected } = this;
    const now = selected === NONE ? "No event is selected." : `Selected: ${model.sentence(selected)}.`;
    return `Space-time diagram of ${counted(model.lanes.length, "process", "processes")}, time downwards. ${model.line}. ${now}`;
  }

  /** A line through the first event that differs, or below the last, and one for the selected event. */
  drawLines() {
    const { marked, layout, lanes } = this;
    const y = marked < this.model.size ? layout.y[marked] : layout.height - BOTTOM / 2;
    const differs = marked === NONE ? "" : `<path class="differs" d="M0 ${num(y)}H${num(lanes.width)}"/>`;
    return `${differs}<path class="now" d=""/>`;
  }

  /** The beginning of the group that draws an event: what it is, and what is told where it is pointed at. */
  begin(name, place) {
    const { model, shades } = this;
    const proof = model.evidence.has(place) ? " proof" : "";
    return (
      `<g class="${name}${proof}" data-place="${place}" style="--c:${inkOf(model.kind(place).ballot, shades)}">` +
      `<title>${esc(`${showTime(model.time[place])}: ${model.sentence(place)}`)}</title>`
    );
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
    const { shape } = model.kind(place);
    const [x, y] = [lanes.x.get(model.lane[place]), layout.y[place]];
    const ring = model.evidence.has(place) ? `<circle r="12" class="ring"/>` : "";
    const room = lanes.width - x - 18;
    const words = shape === WORDLESS ? "" : model.text(place);
    const text = this.labels.beside(x + 12, y, words, Math.min(room, lanes.step - 24), Math.min(room, lanes.step * 1.7));
    return (
      `${this.begin("mark", place)}<g transform="translate(${num(x)} ${num(y)})"><circle r="15" class="halo"/><circle r="11" class="reach"/>${ring}${sign(shape)}</g>${text}</g>`
    );
  }

  drawArrows(bottom) {
    const { model, layout, lanes } = this;
    const tried = new Map();
    const drawn = [];
    for (const place of this.shown) {
      if (!model.isMessage(place) || layout.y[place] < this.top) continue;
      const path = pathOf(model, layout, lanes, place);
      if (!path || path.y1 > bottom) continue;
      const { what } = model.kind(place);
      const text = nameBundle(model, this.labels, tried, place, path);
      const ring = model.evidence.has(place) ? `<circle cx="${num(path.x2)}" cy="${num(path.y2)}" r="10" class="ring"/>` : "";
      const dashes = this.dashes[model.dashes[what] ?? 0];
      drawn.push(`${this.begin("arrow", place)}${drawArrow(model, place, path, dashes)}${ring}${text}</g>`);
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
