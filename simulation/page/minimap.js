// The whole run in a strip: ballots, decisions, faults and proofs, and which part of it is in sight.

class MiniMap {
  constructor(diagram, svg) {
    this.diagram = diagram;
    this.svg = svg;
    svg.addEventListener("pointerdown", (event) => {
      svg.setPointerCapture(event.pointerId);
      this.go(event);
    });
    svg.addEventListener("pointermove", (event) => {
      if (svg.hasPointerCapture(event.pointerId)) this.go(event);
    });
  }

  go(event) {
    const { top, height } = this.svg.getBoundingClientRect();
    const { scroll, layout } = this.diagram;
    scroll.scrollTop = ((event.clientY - top) / height) * layout.height - scroll.clientHeight / 2;
  }

  draw() {
    const { model, layout, shown, shades } = this.diagram;
    const height = this.svg.clientHeight || 400;
    this.scale = height / layout.height;
    const seen = new Set();
    let drawn = "";
    for (const place of shown) {
      const { shape, ballot } = model.kind(place);
      const name = model.evidence.has(place) ? "proof" : MAPPED[shape];
      const y = Math.round(layout.y[place] * this.scale * 2) / 2;
      if (!name || seen.has(`${name}${y}`)) continue;
      seen.add(`${name}${y}`);
      drawn += `<path class="${name}" d="${STROKES[name](y)}" style="--c:${inkOf(ballot, shades)}"/>`;
    }
    this.svg.setAttribute("viewBox", `0 0 24 ${height}`);
    this.svg.innerHTML = `${drawn}<rect class="view" x="0.5" width="23"/>`;
    this.view = this.svg.querySelector(".view");
    this.follow();
  }

  follow() {
    if (!this.view) return;
    const { scrollTop, clientHeight } = this.diagram.scroll;
    this.view.setAttribute("y", num(scrollTop * this.scale));
    this.view.setAttribute("height", num(Math.max(6, clientHeight * this.scale)));
  }
}

const MAPPED = {
  ballot: "started",
  question: "started",
  vote: "voted",
  decision: "decided",
  kill: "struck",
  restart: "struck",
  fault: "struck",
};

const STROKES = {
  started: (y) => `M3 ${y}H9`,
  voted: (y) => `M9 ${y}H13`,
  decided: (y) => `M13 ${y}H21`,
  struck: (y) => `M3 ${y}H21`,
  proof: (y) => `M0 ${y}H24`,
};
