// The events as a table in reading order: for screen readers, for the browser's own search, for copying.

class List {
  constructor(home) {
    this.home = home;
  }

  get isOpen() {
    return !this.home.hidden;
  }

  draw(pane, run) {
    if (!this.isOpen) return;
    const { model } = pane;
    const rows = pane.shown.map((place) => {
      const lane = model.lane[place];
      const fate = model.fate(place);
      const proof = model.evidence.get(place);
      const notes = [fate === "delivered" ? "" : fate, proof ? `proof: ${proof.join(", ")}` : ""].filter(Boolean);
      return `<tr data-place="${place}" class="${proof ? "proof" : ""}"><td>${linkTo(model, place, run)}</td><td>${showTime(model.time[place])}</td><td>${lane === NONE ? "" : esc(model.lanes[lane].name)}</td><td>${esc(model.sentence(place))}</td><td>${esc(notes.join("; "))}</td></tr>`;
    });
    this.home.innerHTML = `<table><caption class="unseen">Events of ${esc(model.name)}</caption><thead><tr><th scope="col">event</th><th scope="col">time</th><th scope="col">process</th><th scope="col">what happens</th><th scope="col">note</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
    this.mark(pane.selected);
  }

  mark(place) {
    if (!this.isOpen) return;
    this.home.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const row = this.home.querySelector(`tr[data-place="${place}"]`);
    row?.setAttribute("aria-current", "true");
    row?.scrollIntoView({ block: "nearest" });
  }
}
