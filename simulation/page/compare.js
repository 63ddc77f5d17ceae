// Two runs: for how long they are one, and where they part.

/** What is said of them, with the way to where they part. */
function drawDifference(models, { agree, alike }) {
  const [here, there] = [partOf(models, agree), partOf(models, alike)];
  if (here.same) return `<p class="difference">The two runs are the same: ${counted(agree, "event")}.</p>`;
  const later = alike > agree ? ` Times aside ${sayLater(there, alike)}` : "";
  if (!here.ended) {
    return `<p class="difference">The two runs agree for <b>${counted(agree, "event")}</b>, then differ.
      <button data-differ="${agree}">Go to the first difference <kbd>d</kbd></button>${later}</p>`;
  }
  const more = models[here.longer - 1].size - agree;
  return `<p class="difference">Run ${here.ended} is the beginning of run ${here.longer}: it ends after <b>${counted(agree, "event")}</b>,
    and run ${here.longer} goes on for ${more.toLocaleString("en")} more.
    <button data-differ="${agree}">Go to where it ends <kbd>d</kbd></button></p>`;
}

function sayLater(there, alike) {
  if (there.same) return "they are the same.";
  const told = there.ended ? `run ${there.ended} is the beginning of run ${there.longer}` : `they agree for ${counted(alike, "event")}`;
  return `${told}. <button data-differ="${alike}">Go there</button>`;
}

/** Which of the runs has ended after so many events, and which goes on, if not both do. */
function partOf(models, count) {
  const ended = models.map((model) => model.size === count);
  const one = ended.indexOf(true) + 1;
  return { same: ended.every(Boolean), ended: one, longer: one && 3 - one };
}

/** To this place in both runs; in one that has ended by then, to its last event. False where both have. */
function goApart(app, place) {
  const runs = app.panes.map((_, run) => run).filter((run) => place < app.models[run].size);
  if (!runs.length) return false;
  const active = runs.includes(app.active) ? app.active : runs[0];
  app.panes.forEach((pane, run) => {
    pane.marked = place;
    if (run !== active) pane.select(Math.min(place, pane.model.size - 1), app.cone);
    pane.draw();
  });
  app.select(place, active);
  return true;
}
