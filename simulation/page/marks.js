// The signs of events, as in the room `diagram`. Each has a shape of its own: colour only says which ballot.

const SIGNS = {
  proposal: `<circle r="3.6" class="solid"/>`,
  leader: `<path d="M-4 7V-6.5L6.5-3-4 .5" class="solid thin"/>`,
  ballot: `<path d="M-5.5-6.5 7 0-5.5 6.5z" class="solid"/>`,
  promise: `<circle r="5" class="hollow"/>`,
  refusal: `<path d="M-5-5 5 5M-5 5 5-5" class="open thick"/>`,
  question: `<rect x="-5" y="-5" width="10" height="10" class="hollow"/>`,
  vote: `<rect x="-5.5" y="-5.5" width="11" height="11" class="solid"/>`,
  decision: `<path d="M0-8.5 8.5 0 0 8.5-8.5 0z" class="solid"/>`,
  kill: `<path d="M-7-7 7 7M-7 7 7-7" class="fatal"/>`,
  restart: `<circle r="6" class="hollow"/><circle r="2.4" class="solid"/>`,
  fault: `<path d="M0-8 2.3-2.3 8 0 2.3 2.3 0 8-2.3 2.3-8 0-2.3-2.3z" class="warns"/>`,
  pause: `<path d="M-2.2-4V4M2.2-4V4" class="open"/>`,
  timer: `<circle r="4.6" class="hollow thin"/><path d="M0-2.6V0L2.2 1.4" class="open thin"/>`,
  call: `<path d="M-3.5-4.2 4 0-3.5 4.2z" class="hollow thin"/>`,
  return: `<path d="M3.5-4.2-4 0 3.5 4.2z" class="hollow thin"/>`,
  request: `<circle r="2.6" class="hollow thin"/>`,
  report: `<circle r="2.6" class="solid"/>`,
};

/** The colour of a ballot, as CSS. */
function inkOf(ballot, shades) {
  return ballot < 0 ? "var(--ink)" : `var(--b${ballot % shades})`;
}

/** What is told by its sign alone: who is suspended is seen to be, for as long as it lasts. */
const WORDLESS = "pause";

function sign(shape) {
  return SIGNS[shape] ?? SIGNS.report;
}

/** A sign by itself, for legends. */
function loneSign(shape) {
  return `<svg class="lone" width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">${sign(shape)}</svg>`;
}

/** A piece of line with these dashes, for chips and legends. */
function loneLine(dashes) {
  return (
    `<svg class="lone" width="34" height="10" viewBox="0 0 34 10" aria-hidden="true">` +
    `<path d="M1 5H27" class="open" stroke-dasharray="${dashes}"/><path d="M33 5 26 1.8V8.2z" class="solid"/></svg>`
  );
}
