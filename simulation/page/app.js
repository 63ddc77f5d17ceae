// Everything together: one diagram a run, one panel, one filter, one selection in each.

class App {
  constructor(data) {
    this.data = data;
    this.models = data.runs.map((run) => new Model(run));
    this.filter = new Filter(Object.keys(data.folds));
    this.active = 0;
    this.cone = true;
    drawTop(this.models, data.difference);
    drawTools(this);
    drawHelp(data);
    this.list = new List(byId("list"));
    this.panes = this.models.map((model, run) => this.open(model, run));
    this.arrange();
    this.listen();
    listenToKeys(this);
    listenToPrinting(this);
    if (!this.readPlace()) this.begin();
    this.mark();
  }

  get pane() {
    return this.panes[this.active];
  }

  open(model, run) {
    const home = document.createElement("section");
    home.className = "pane";
    home.setAttribute("aria-label", `Diagram of run ${run + 1}`);
    byId("panes").append(home);
    const { filter, data } = this;
    const least = data.runs.length > 1 ? 62 : 78;
    const onSelect = (place) => this.select(place, run);
    const pane = new Diagram(model, home, { filter, shades: data.shades, dashes: data.dashes, least, onSelect });
    home.addEventListener("focusin", () => this.activate(run));
    return pane;
  }

  begin() {
    if (!this.differ()) this.select(this.pane.model.beginning());
  }

  activate(run) {
    if (run === this.active) return;
    this.active = run;
    this.mark();
    drawPanel(this);
    drawHidden(this.pane);
    this.list.draw(this.pane, run);
  }

  mark() {
    this.panes.forEach((pane, run) => pane.home.classList.toggle("active", this.panes.length > 1 && run === this.active));
  }

  /** Select an event of a run; in another run too, as long as they agree. */
  select(place, run = this.active) {
    this.activate(run);
    const agree = this.data.difference?.agree ?? 0;
    this.panes.forEach((pane, each) => {
      if (each === run || place < agree) pane.select(place, this.cone);
    });
    this.list.isOpen && !this.list.home.querySelector(`tr[data-place="${place}"]`) ? this.list.draw(this.pane, run) : this.list.mark(place);
    drawPanel(this);
    drawHidden(this.pane);
    this.announce(place);
    this.writePlace(place);
  }

  announce(place) {
    const run = this.panes.length > 1 ? `Run ${this.active + 1}. ` : "";
    byId("live").textContent = run + sayEvent(this.pane.model, place);
  }

  step(direction) {
    const { shown, selected } = this.pane;
    const next = direction > 0 ? shown.find((place) => place > selected) : shown.findLast((place) => place < selected);
    if (next !== undefined) this.select(next);
  }

  /** To the nearest cause that is shown; where none is, to the direct one. */
  goUp() {
    const { model, selected, filter } = this.pane;
    if (selected === NONE || model.cause[selected] === NONE) return;
    let cause = model.cause[selected];
    while (cause !== NONE && filter.hides(model, cause)) cause = model.cause[cause];
    this.select(cause === NONE ? model.cause[selected] : cause);
  }

  /** To the first consequence that is shown, however indirect; where none is, to a direct one. */
  goDown() {
    const { model, selected, filter } = this.pane;
    if (selected === NONE) return;
    const waiting = model.consequences(selected);
    const direct = waiting[0];
    for (const place of waiting) {
      if (!filter.hides(model, place)) return this.select(place);
      waiting.push(...model.consequences(place));
    }
    if (direct !== undefined) this.select(direct);
  }

  proofs() {
    return [...this.pane.model.evidence.keys()];
  }

  faults() {
    const { model } = this.pane;
    const places = [];
    for (let place = 0; place < model.size; place++) {
      if (model.kind(place).kind === "strike") places.push(place);
    }
    return places;
  }

  /** To the next of these places, or the one before; after the last comes the first. */
  goAmong(places, direction) {
    if (!places.length) return;
    const { selected } = this.pane;
    const next = direction > 0 ? places.find((place) => place > selected) : places.findLast((place) => place < selected);
    this.select(next ?? places.at(direction > 0 ? 0 : -1));
  }

  /** Say how many events hold the text, and go to the next one of them. */
  search(direction) {
    const text = byId("search").value.trim().toLowerCase();
    const { model, shown } = this.pane;
    const holds = (place) => model.sentence(place).toLowerCase().includes(text);
    let found = text ? shown.filter(holds) : [];
    const isFolded = text && !found.length;
    if (isFolded) found = model.id.map((_, place) => place).filter(holds);
    if (direction) this.goAmong(found, direction);
    const at = found.indexOf(this.pane.selected) + 1;
    const count = at ? `${at} of ${found.length}` : `${found.length || "none"} found`;
    byId("found").textContent = text ? `${count}${isFolded && found.length ? ", not shown" : ""}` : "";
  }

  stretch(steps) {
    for (const pane of this.panes) pane.stretch(steps);
  }

  /** Turn one of the switches: `cone`, `real`, `list` or `filters`. */
  turn(name) {
    const button = document.querySelector(`[data-switch=${name}]`);
    const is = name === "filters" ? "aria-expanded" : "aria-pressed";
    const on = button.getAttribute(is) !== "true";
    button.setAttribute(is, String(on));
    if (name === "filters") byId("filters").hidden = !on;
    else if (name === "list") this.showList(on);
    else if (name === "cone") this.cone = on;
    else for (const pane of this.panes) pane.real = on;
    if (name === "real") this.arrange();
    else for (const pane of this.panes) pane.select(pane.selected, this.cone);
  }

  showList(on) {
    byId("list").hidden = !on;
    byId("panes").hidden = on;
    this.list.draw(this.pane, this.active);
    if (!on) this.arrange();
  }

  /** To where two runs part; false where they do not. */
  differ(place = this.data.difference?.agree) {
    return place !== undefined && goApart(this, place);
  }

  arrange() {
    for (const pane of this.panes) pane.arrange();
    this.list.draw(this.pane, this.active);
    drawHidden(this.pane);
  }

  filterBy(set, member, button) {
    this.filter.toggle(set, set === "lanes" ? Number(member) : member);
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    this.arrange();
  }

  showAll() {
    for (const set of ["folded", "kinds", "lanes"]) this.filter[set].clear();
    for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", "true");
    this.filter.instance = null;
    if (byId("instance")) byId("instance").value = "";
    this.arrange();
    this.pane.scroll.focus({ preventScroll: true });
  }

  /** The position is in the address, so that it can be sent to somebody. */
  writePlace(place) {
    const run = this.active ? `&run=${this.active + 1}` : "";
    const hash = place === NONE ? "" : `#e=${this.pane.model.id[place]}${run}`;
    // A page that has no address of its own, as in a notebook, must not have a position either.
    if (location.protocol === "about:") return;
    // Browsers forbid many changes in a row, which a key that is held down would make.
    clearTimeout(this.writing);
    this.writing = setTimeout(() => history.replaceState(null, "", hash || location.pathname + location.search), 150);
  }

  readPlace() {
    const said = new URLSearchParams(location.hash.slice(1));
    const run = clamp(0, Number(said.get("run") ?? 1) - 1, this.panes.length - 1) || 0;
    const place = said.has("e") ? this.models[run].placeOf.get(Number(said.get("e"))) : undefined;
    if (place === undefined) return false;
    this.select(place, run);
    return true;
  }

  listen() {
    document.addEventListener("click", (event) => this.clicked(event));
    byId("instance")?.addEventListener("change", (event) => {
      this.filter.instance = event.target.value === "" ? null : Number(event.target.value);
      this.arrange();
    });
    addEventListener("hashchange", () => this.readPlace());
    new ResizeObserver(() => this.resized()).observe(byId("panes"));
    byId("panes").addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  resized() {
    const { clientWidth, clientHeight } = byId("panes");
    const size = `${clientWidth} ${clientHeight}`;
    if (clientWidth && this.size && size !== this.size) this.arrange();
    this.size = size;
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.stretch(event.deltaY < 0 ? 1 : -1);
  }

  clicked(event) {
    const target = event.target.closest("a, button");
    if (!target) return;
    const { go, run, zoom, set, member, differ, copy, help, all } = target.dataset;
    if (go !== undefined) {
      event.preventDefault();
      const within = target.closest("#panel");
      this.select(Number(go), Number(run));
      // The panel is drawn anew, without the link that had the focus.
      within?.focus({ preventScroll: true });
    } else if (zoom !== undefined) this.stretch(Number(zoom));
    else if (target.dataset.switch) this.turn(target.dataset.switch);
    else if (set) this.filterBy(set, member, target);
    else if (differ !== undefined) this.differ(Number(differ));
    else if (copy !== undefined) copyBefore(target);
    else if (help !== undefined) byId("help").showModal();
    else if (all !== undefined) this.showAll();
  }
}

new App(JSON.parse(byId("data").textContent));
