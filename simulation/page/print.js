// On paper: the diagram as wide as the paper, whole where it is not too long, and every reason told.

const PAPER = 700;
const MOST_PRINTED = 1500;

function listenToPrinting(app) {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
    app.panes.forEach(layOnPaper);
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    for (const pane of app.panes) pane.arrange();
  });
}

function layOnPaper(pane) {
  pane.draw(pane.shown.length <= MOST_PRINTED);
  pane.home.style.setProperty("--fit", Math.min(1, PAPER / pane.lanes.width));
  pane.sight.style.top = "0";
  pane.space.style.height = pane.sight.style.height;
}
