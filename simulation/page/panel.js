// The selected event: what it is, where it came from, what it led to, who knew what.

function drawPanel(app) {
  const { model, selected } = app.pane;
  byId("panel").innerHTML = selected === NONE ? drawNothing(model) : drawEvent(app, model, selected);
}

function drawNothing(model) {
  return `<p class="about">${esc(model.about)}</p>
    <p>Click an event, or step with <kbd>→</kbd> and <kbd>←</kbd>. <kbd>?</kbd> has all keys and the legend.</p>`;
}

function drawEvent(app, model, place) {
  const kind = model.kind(place);
  const lane = model.lane[place];
  const run = app.panes.length > 1 ? ` <span class="of">run ${app.active + 1}</span>` : "";
  const log = model.logOf.has(place) ? `<p class="log">${esc(model.logOf.get(place))}</p>` : "";
  return `<h2>event ${model.id[place]}${run} <small>${place + 1} of ${model.size} · ${showTime(model.time[place])}</small></h2>
    <p class="sentence">${esc(model.sentence(place))}</p>${log}
    ${drawTags(app, model, place, kind)}
    <dl>${drawCause(app, model, place)}${drawConsequences(app, model, place)}</dl>
    ${lane === NONE ? "" : drawState(model, place, lane, app.active)}
    ${drawEverybody(app, model, place, kind.instance)}`;
}

function drawTags(app, model, place, { ballot, instance, fold }) {
  const tags = [];
  for (const check of model.evidence.get(place) ?? []) tags.push(`<span class="tag proof">proof: ${esc(check)}</span>`);
  if (ballot >= 0) tags.push(`<span class="tag"><i style="background:${inkOf(ballot, app.data.shades)}"></i>ballot ${esc(model.ballots[ballot])}</span>`);
  if (instance !== null) tags.push(`<span class="tag">instance ${instance}</span>`);
  const fate = model.fate(place);
  if (fate && fate !== "delivered") tags.push(`<span class="tag" title="${esc(app.data.fates[fate])}">${fate}: ${esc(app.data.fates[fate])}</span>`);
  if (fold) tags.push(`<span class="tag faint">${esc(fold)}</span>`);
  return tags.length ? `<p class="tags">${tags.join(" ")}</p>` : "";
}

function described(app, model, place) {
  return `${linkTo(model, place, app.active)} ${esc(model.sentence(place))}`;
}

function drawCause(app, model, place) {
  const cause = model.cause[place];
  const told = cause === NONE ? "nothing in this run" : described(app, model, cause);
  return `<dt>Cause <kbd>[</kbd></dt><dd>${told}</dd>`;
}

function drawConsequences(app, model, place) {
  const bundles = new Map();
  for (const each of model.consequences(place)) {
    const key = model.isMessage(each) ? model.kind(each).text : each;
    bundles.set(key, [...(bundles.get(key) ?? []), each]);
  }
  const rows = [...bundles.values()].map((bundle) =>
    bundle.length > 2 ? drawBundle(app, model, bundle) : bundle.map((each) => `<dd>${described(app, model, each)}</dd>`).join(""),
  );
  return `<dt>Consequences <kbd>]</kbd></dt>${rows.join("") || "<dd>none</dd>"}`;
}

/** One message to many: once what it says, and a link for each whom it came to, or did not. */
function drawBundle(app, model, bundle) {
  const link = (each) => linkTo(model, each, app.active, model.lanes[model.lane[each]]?.name ?? "world");
  const lost = bundle.filter((each) => model.fate(each) === "lost");
  const came = bundle.filter((each) => model.fate(each) !== "lost");
  const ends = [came.length ? `to ${came.map(link).join(" ")}` : "", lost.length ? `lost to ${lost.map(link).join(" ")}` : ""];
  return `<dd>${esc(model.kind(bundle[0]).text)} ${ends.filter(Boolean).join("; ")}</dd>`;
}

function drawState(model, place, lane, run) {
  const machines = model.memory.machines(place, lane);
  const step = model.stepOf(place);
  const by = step === place ? "" : ` <small>changed by event ${linkTo(model, step, run)}</small>`;
  const lasting = model.lasting(place, lane).map(([, , , , text]) => `<span class="tag proof">${esc(text)}</span>`);
  const shown = machines.map(({ name, fields }) => `<table class="state"><caption>${esc(name)} knows${fields.some(({ changed }) => changed) ? by : ""}</caption>
    <thead class="unseen"><tr><th scope="col">field</th><th scope="col">before</th><th scope="col">after</th></tr></thead>${drawFields(fields)}</table>`);
  const nothing = shown.length ? "" : `<p class="none">${esc(model.lanes[lane].name)} knows nothing yet, or no more.</p>`;
  return lasting.join(" ") + shown.join("") + nothing;
}

/** Rows by what their paths have in common, `instances 1`, which is said once; in the order of their first fields. */
function drawFields(fields) {
  const groups = new Map();
  for (const field of fields) {
    const within = field.path.split(" ").slice(0, -1).join(" ");
    groups.set(within, [...(groups.get(within) ?? []), field]);
  }
  const named = groups.size > 1 || !groups.has("");
  const head = (within) => `<tr class="group"><th scope="rowgroup" colspan="3">${esc(within || "of the machine")}</th></tr>`;
  return [...groups].map(([within, rows]) => `<tbody>${named ? head(within) : ""}${rows.map(drawField).join("")}</tbody>`).join("");
}

function drawField({ path, old, value, changed }) {
  const shown = changed
    ? `<td class="old">${old === null ? "–" : esc(old)}</td><td class="new">${value === null ? "gone" : esc(value)}</td>`
    : `<td></td><td>${esc(value)}</td>`;
  return `<tr class="${changed ? "changed" : ""}"><th scope="row">${esc(path.split(" ").at(-1))}</th>${shown}</tr>`;
}

function drawEverybody(app, model, place, instance) {
  const which = instance ?? app.filter.instance ?? model.instances[0] ?? null;
  const waiting = model.onTheWay(place);
  const rows = model.lanes.map((_, lane) => model.memory.keyFields(place, lane, which));
  const columns = KEY_FIELDS.map(([name], column) => [name, column]).filter(([, column]) => rows.some((row) => row[column]));
  const heads = columns.map(([name]) => `<th scope="col">${name}</th>`).join("");
  const body = rows.map((row, lane) => {
    const state = model.lasting(place, lane).map(([what]) => what).filter((what) => what !== "links");
    const cells = columns.map(([, column]) => `<td>${esc(row[column])}</td>`).join("");
    return `<tr class="${lane === model.lane[place] ? "here" : ""} ${state.join(" ")}"><th scope="row">${esc(model.lanes[lane].name)}${state.length ? ` <small>${state[0]}</small>` : ""}</th>${cells}<td>${waiting[lane] || ""}</td></tr>`;
  });
  const title = which === null ? "Everybody after it" : `Everybody after it, instance ${which}`;
  return `<div class="wide"><table class="everybody"><caption>${title}</caption><thead><tr><th scope="col"><span class="unseen">process</span></th>${heads}<th scope="col" title="messages on the way to it">on the way</th></tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
