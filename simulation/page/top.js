// What is to be known first: the verdict, what proves it, and the command that repeats the run.

function drawTop(models, difference) {
  const runs = models.map((model, run) => drawRun(model, run, models.length > 1)).join("");
  byId("top").innerHTML = `<div class="runs">${runs}</div>${difference ? drawDifference(models, difference) : ""}`;
}

function drawRun(model, run, numbered) {
  const facts = model.line.split(" · ").filter((part) => part !== model.verdict.toUpperCase());
  const reasons = model.reasons.map((reason) => drawReason(model, reason, run));
  const more = reasons.length > 2 ? `<details><summary>${reasons.length - 1} more</summary>${reasons.slice(1).join("")}</details>` : reasons.slice(1).join("");
  return `<section class="run" aria-label="${numbered ? `Run ${run + 1}` : "The run"}">
    <h1><span class="verdict ${model.verdict}">${model.verdict.toUpperCase()}</span> ${esc(model.name)} <small>${facts.map(esc).join(" · ")}</small></h1>
    <div class="reasons">${reasons[0] ?? `<p class="about">${esc(model.about)}</p>`}${more}</div>
    <p class="repeat"><span>repeat with</span> <code>${esc(model.command)}</code> <button data-copy>Copy</button>
    ${model.hint ? `<small>${esc(model.hint)}</small>` : ""}</p></section>`;
}

function drawReason(model, { is, check, message, places }, run) {
  const links = (places ?? []).map((place) => linkTo(model, place, run)).join(" ");
  const named = check ? `<b>${esc(check)}</b>: ` : "";
  return `<p class="reason ${is}"><span class="is">${is}</span> ${named}${esc(message)} ${links ? `<span class="links">events ${links}</span>` : ""}</p>`;
}

function linkTo(model, place, run, text = model.id[place]) {
  return `<a href="#e=${model.id[place]}" data-go="${place}" data-run="${run}" title="${esc(model.sentence(place))}">${text}</a>`;
}

/** Copy what stands in front of the button; where that is forbidden, select it at least. */
async function copyBefore(button) {
  const code = button.previousElementSibling;
  const range = document.createRange();
  range.selectNodeContents(code);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  let copied = document.execCommand("copy");
  if (!copied) copied = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
  button.textContent = copied ? "Copied" : "Selected: copy it by hand";
  setTimeout(() => (button.textContent = "Copy"), 2500);
}
