// The switches: what is shown, how time runs, and the help.

function drawTools(app) {
  const { models, data } = app;
  const hide = innerWidth < 900;
  byId("tools").innerHTML = `<div class="row">
    <label class="search"><span class="unseen">Search in the events</span><input id="search" type="search" placeholder="Search  /" autocomplete="off" spellcheck="false"></label>
    <output id="found"></output>
    <span class="joined"><button data-zoom="-1" aria-label="Less room between events" title="Narrower: -">−</button><button data-zoom="0" aria-label="Room between events as it was" title="As it was: 0">time</button><button data-zoom="1" aria-label="More room between events" title="Wider: +">+</button></span>
    <button data-switch="real" aria-pressed="false" title="Time as it passed, not warped">Real time</button>
    <button data-switch="cone" aria-pressed="true" title="Only what led to the selected event and what it led to: c">Causes and effects</button>
    <button data-switch="list" aria-pressed="false" title="All events as a table: l">List</button>
    <button data-switch="filters" aria-expanded="${!hide}" aria-controls="filters" title="Which events are shown">Filter</button>
    ${drawInstances(models)}
    <button data-help title="All keys and the legend: ?">Keys and legend</button>
    <span class="ballots">${drawBallots(models, data.shades)}</span></div>
    <div class="row" id="filters"${hide ? " hidden" : ""}>
    ${chipGroup("Folded away", "folded", foldChips(models, data.folds))}
    ${chipGroup("Messages", "kinds", kindChips(models, data.dashes))}
    ${chipGroup("Processes", "lanes", laneChips(models))}</div>`;
}

function drawInstances(models) {
  const all = [...new Set(models.flatMap((model) => model.instances))].sort((one, other) => one - other);
  if (all.length < 2) return "";
  const options = all.map((number) => `<option value="${number}">instance ${number}</option>`).join("");
  return `<label><span class="unseen">Instance</span><select id="instance"><option value="">all instances</option>${options}</select></label>`;
}

function drawBallots(models, shades) {
  const names = models[0].ballots;
  const shown = names.slice(0, shades).map((name, ballot) => `<span><i style="background:${inkOf(ballot, shades)}"></i>${esc(name)}</span>`);
  const more = names.length > shades ? ` <span>and ${names.length - shades} more</span>` : "";
  return names.length ? `${names.length === 1 ? "ballot" : "ballots"} ${shown.join(" ")}${more}` : "";
}

function chipGroup(title, set, chips) {
  return chips.length ? `<fieldset><legend>${title}</legend>${chips.map((chip) => drawChip(set, chip)).join("")}</fieldset>` : "";
}

function drawChip(set, { member, name, count, pressed, title = "", sample = "" }) {
  const number = count === undefined ? "" : ` <small>${count.toLocaleString("en")}</small>`;
  return `<button class="chip" data-set="${set}" data-member="${esc(member)}" aria-pressed="${pressed}" title="${esc(title)}">${sample}${esc(name)}${number}</button>`;
}

function foldChips(models, folds) {
  const counts = foldCounts(models);
  return Object.entries(folds)
    .filter(([fold]) => counts.has(fold))
    .map(([fold, title]) => ({ member: fold, name: fold, count: counts.get(fold), pressed: false, title }));
}

function kindChips(models, dashes) {
  return [...messageKinds(models)].map(([what, count]) => ({
    member: what,
    name: what,
    count,
    pressed: true,
    sample: loneLine(dashes[models[0].dashes[what] ?? 0]),
  }));
}

function laneChips(models) {
  const longest = models.reduce((one, other) => (other.lanes.length > one.lanes.length ? other : one));
  return longest.lanes.map(({ name, role }, lane) => ({ member: lane, name, pressed: true, title: role }));
}

/** The honest line: how many events are not shown, and why. */
function drawHidden(pane) {
  const parts = [...pane.hidden].sort(([, one], [, other]) => other - one);
  const all = parts.reduce((sum, [, count]) => sum + count, 0);
  const named = parts.map(([why, count]) => `${why} ${count.toLocaleString("en")}`).join(", ");
  const told = all
    ? `Not shown: ${counted(all, "event")} of ${pane.model.size.toLocaleString("en")} (${named}).`
    : `All ${counted(pane.model.size, "event")} are shown.`;
  const status = document.querySelector("#hidden span");
  // What is written again is read out again, even if it is the same.
  if (status.textContent !== told) status.textContent = told;
  document.querySelector("[data-all]").hidden = !all;
}

function drawHelp(data) {
  const keys = KEYS.map(([names, what]) => `<tr><td>${names.map((name) => `<kbd>${esc(name)}</kbd>`).join(" ")}</td><td>${what}</td></tr>`);
  const signs = Object.entries(data.signs).map(([shape, what]) => `<tr><td style="--c:var(--ink)">${loneSign(shape)}</td><td>${esc(what)}</td></tr>`);
  const fates = Object.entries(data.fates).map(([fate, what]) => `<tr><td style="--c:var(--ink)">${loneFate(fate)}</td><td><b>${fate}</b>: ${esc(what)}</td></tr>`);
  byId("help").innerHTML = `<form method="dialog"><button aria-label="Close">Close</button></form>
    <div class="columns"><section><h2>Keys</h2><table>${keys.join("")}</table></section>
    <section><h2>Events</h2><table>${signs.join("")}</table></section>
    <section><h2>Messages</h2><table>${fates.join("")}</table>
    <p>The colour of a line is its ballot, its dashes are the kind of message. A ring <svg class="lone" width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true"><circle r="9" class="ring"/></svg> marks what proves a violation. Time runs downwards and is warped: a step is as long as the root of the time it took; where far more passed than usual, it says how much.</p></section></div>`;
}

function loneFate(fate) {
  return `<svg class="lone" width="46" height="16" viewBox="-34 -8 46 16" aria-hidden="true"><path d="M-32 0H${fate === "lost" ? 0 : -7}" class="open"/>${headOf(fate)}</svg>`;
}
