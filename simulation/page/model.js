// A run as it can be asked: what an event is, what it came from, what came of it.
// Change together with `data.py`, which writes what is read here.

const NONE = -1;

class Model {
  constructor(data) {
    Object.assign(this, data);
    const { time, id, back, kind, fate } = data.events;
    this.size = time.length;
    this.time = summed(time);
    this.id = summed(id);
    this.lane = data.events.lane;
    this.who = data.events.who;
    this.source = data.events.source;
    this.cause = back.map((steps, place) => (steps ? place - steps : NONE));
    this.kinds = data.events.kinds.map(readKind);
    this.fates = data.events.fates;
    this.kindOf = kind;
    this.fateOf = fate;
    this.placeOf = new Map(this.id.map((number, place) => [number, place]));
    this.instances = [...new Set(this.kinds.map((each) => each.instance))]
      .filter((number) => number !== null)
      .sort((one, other) => one - other);
    this.logOf = new Map(data.log);
    this.evidence = evidenceOf(data.reasons);
    this.linkUp();
    this.memory = new Memory(this, data.memories);
  }

  /** Consequences as linked lists, and before each event the last one on its line, as in `order.py`. */
  linkUp() {
    this.first = new Int32Array(this.size).fill(NONE);
    this.next = new Int32Array(this.size).fill(NONE);
    this.before = new Int32Array(this.size).fill(NONE);
    for (let place = this.size - 1; place >= 0; place--) {
      const cause = this.cause[place];
      if (cause === NONE) continue;
      this.next[place] = this.first[cause];
      this.first[cause] = place;
    }
    const last = new Map();
    for (let place = 0; place < this.size; place++) {
      // What nobody got happened to nobody.
      if (this.kind(place).kind === "lost") continue;
      const line = this.process(this.who[place]);
      this.before[place] = last.get(line) ?? NONE;
      last.set(line, place);
    }
  }

  kind(place) {
    return this.kinds[this.kindOf[place]];
  }

  fate(place) {
    return this.fates[this.fateOf[place]];
  }

  isMessage(place) {
    return this.fate(place) !== "";
  }

  /** Whose address this is; the coordinator, the last of them, is nobody's. */
  process(address) {
    return address < 0 || address >= this.addresses.length - 1 ? NONE : address % this.lanes.length;
  }

  /** The lane that a message comes from. */
  origin(place) {
    return this.process(this.source[place]);
  }

  /** A few words for a mark; which instance, where there are several. */
  text(place) {
    const { text, instance, shape } = this.kind(place);
    const told = text.includes("instance") || instance === null || this.instances.length < 2;
    return told || shape === "report" ? text : `${text} · i${instance}`;
  }

  sentence(place) {
    return this.kind(place).sentence.replace(/\{(who|source|text)\}/g, (_, word) =>
      word === "text" ? this.kind(place).text : (this.addresses[this[word][place]] ?? ""),
    );
  }

  isReport(place) {
    return this.kind(place).kind === "report";
  }

  /** The step of a machine that this event is a report of; the event itself where it is none. */
  stepOf(place) {
    let step = place;
    while (this.isReport(step)) {
      const cause = this.cause[step];
      if (cause === NONE || this.who[cause] !== this.who[place]) return place;
      step = cause;
    }
    return step;
  }

  /** What this event caused directly. */
  consequences(place) {
    const found = [];
    for (let each = this.first[place]; each !== NONE; each = this.next[each]) found.push(each);
    return found;
  }

  /** The messages that this event sends; where it sends none, those of the step that it is a report of. */
  sends(place) {
    const direct = this.consequences(place).filter((each) => this.isMessage(each));
    if (direct.length) return direct;
    const waiting = this.consequences(this.stepOf(place));
    for (const each of waiting) if (this.isReport(each)) waiting.push(...this.consequences(each));
    return waiting.filter((each) => this.isMessage(each));
  }

  /** 1 for each event that happened before this one or after it, in Lamport's order; null for what is nobody's. */
  cone(place) {
    if (this.lane[place] === NONE) return null;
    const inside = new Uint8Array(this.size);
    inside[place] = 1;
    for (let each = place; each >= 0; each--) {
      if (!inside[each]) continue;
      if (this.cause[each] !== NONE) inside[this.cause[each]] = 1;
      if (this.before[each] !== NONE) inside[this.before[each]] = 1;
    }
    const after = new Uint8Array(this.size);
    after[place] = 1;
    for (let each = place + 1; each < this.size; each++) {
      const cause = this.cause[each];
      const before = this.before[each];
      if ((cause !== NONE && after[cause]) || (before !== NONE && after[before])) {
        after[each] = inside[each] = 1;
      }
    }
    return inside;
  }

  /** How many messages are on the way to each process just after this event. */
  onTheWay(place) {
    const counts = new Array(this.lanes.length).fill(0);
    for (let each = place + 1; each < this.size; each++) {
      const sent = this.isMessage(each) && this.cause[each] !== NONE && this.cause[each] <= place;
      if (sent && this.kind(each).kind !== "lost" && this.lane[each] !== NONE) counts[this.lane[each]]++;
    }
    return counts;
  }

  /** What lasts at this place and concerns this lane. */
  lasting(place, lane) {
    return this.bands.filter(
      ([, lanes, begin, end, , others]) =>
        begin <= place && (end === null || place < end) && (lanes.includes(lane) || others.includes(lane)),
    );
  }

  /** The event to begin with: the proof of the first violation, else the first ballot, else the first. */
  beginning() {
    for (const { places } of this.reasons) if (places?.length) return places[0];
    for (let place = 0; place < this.size; place++) if (this.kind(place).shape === "ballot") return place;
    return 0;
  }
}

function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

function readKind([kind, what, shape, text, sentence, fold, ballot, instance]) {
  return { kind, what, shape, text, sentence, fold, ballot, instance };
}

/** The places that prove violations in their order, each with the names of the violated checks. */
function evidenceOf(reasons) {
  const found = new Map();
  for (const { check, places } of reasons) {
    for (const place of places ?? []) found.set(place, [...(found.get(place) ?? []), check]);
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}
