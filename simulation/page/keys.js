// The keyboard. Everything that a mouse can do here can be done without one.

const KEYS = [
  [["→", "j"], "the next event that is shown"],
  [["←", "k"], "the one before"],
  [["[", "]"], "along the chain of causes: to the cause, to a consequence"],
  [["n", "N"], "to the next event that proves a violation, or the one before"],
  [["f", "F"], "to the next fault, or the one before"],
  [["Home", "End"], "to the first event, to the last"],
  [["/"], "search; <kbd>Enter</kbd> goes to the next that fits"],
  [["c"], "only what led to the event and what it led to, or everything"],
  [["l"], "the list of events, or the diagram"],
  [["+", "-", "0"], "stretch time, shrink it, as it was"],
  [["d"], "to the first difference of two runs"],
  [["Tab"], "to the next thing that can be used"],
  [["Esc"], "out of the search, out of this, nothing selected"],
];

const ACTS = {
  ArrowRight: (app) => app.step(1),
  j: (app) => app.step(1),
  ArrowLeft: (app) => app.step(-1),
  k: (app) => app.step(-1),
  "[": (app) => app.goUp(),
  "]": (app) => app.goDown(),
  n: (app) => app.goAmong(app.proofs(), 1),
  N: (app) => app.goAmong(app.proofs(), -1),
  f: (app) => app.goAmong(app.faults(), 1),
  F: (app) => app.goAmong(app.faults(), -1),
  Home: (app) => app.select(app.pane.shown[0] ?? NONE),
  End: (app) => app.select(app.pane.shown.at(-1) ?? NONE),
  "/": () => byId("search").focus(),
  c: (app) => app.turn("cone"),
  l: (app) => app.turn("list"),
  "+": (app) => app.stretch(1),
  "=": (app) => app.stretch(1),
  "-": (app) => app.stretch(-1),
  0: (app) => app.stretch(0),
  d: (app) => app.differ(),
  "?": () => byId("help").showModal(),
  Escape: (app) => app.select(NONE),
};

function listenToKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    if (event.target.id === "search") return searchKey(app, event);
    if (event.target.matches("input, select, textarea")) return;
    const act = ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act(app);
  });
  byId("search").addEventListener("input", () => app.search(0));
}

function searchKey(app, event) {
  if (event.key === "Enter") app.search(event.shiftKey ? -1 : 1);
  else if (event.key === "Escape") {
    event.target.value = "";
    app.search(0);
    app.pane.scroll.focus();
  } else return;
  event.preventDefault();
}
