// What every machine knew at any event, from what changed.

/** Which fields tell most of a process, each with the last words of its path. */
const KEY_FIELDS = [
  ["promised", ["promised"]],
  ["ballot", ["ballot"]],
  ["vote", ["vote"]],
  ["vote in", ["vote_ballot"]],
  ["decided", ["decision", "decided"]],
  ["leader", ["leader", "announced"]],
];

class Memory {
  constructor(model, { paths, values, changes }) {
    this.model = model;
    this.paths = paths;
    this.values = values;
    this.changes = changes;
    this.rewind();
  }

  rewind() {
    this.at = 0;
    this.known = new Map();
  }

  /** The fields of every machine just before this event: by address, by path. */
  before(place) {
    if (this.at > 0 && this.changes[this.at - 1][0] >= place) this.rewind();
    while (this.at < this.changes.length && this.changes[this.at][0] < place) {
      const change = this.changes[this.at++];
      const fields = this.known.get(change[1]) ?? new Map();
      this.known.set(change[1], fields);
      for (const [path, value] of this.read(change)) {
        if (value === null) fields.delete(path);
        else fields.set(path, value);
      }
    }
    return this.known;
  }

  *read(change) {
    for (let index = 2; index < change.length; index += 2) {
      const value = change[index + 1];
      yield [this.paths[change[index]], value < 0 ? null : this.values[value]];
    }
  }

  /** What this event changed: by address, a map of new values, null for what is gone. */
  changed(place) {
    this.before(place);
    const found = new Map();
    for (let index = this.at; index < this.changes.length && this.changes[index][0] === place; index++) {
      found.set(this.changes[index][1], new Map(this.read(this.changes[index])));
    }
    return found;
  }

  /** The addresses of what runs in a lane. */
  *addresses(lane) {
    const { addresses, lanes } = this.model;
    for (let address = lane; address < addresses.length - 1; address += lanes.length) yield address;
  }

  /** The machines of a lane with what changed by this event, or by the step that it is a report of. */
  machines(place, lane) {
    const step = this.model.stepOf(place);
    const changed = this.changed(step);
    const old = new Map([...changed].map(([address]) => [address, new Map(this.known.get(address))]));
    return this.states(place, lane).map(({ address, fields }) => {
      const news = changed.get(address) ?? new Map();
      const rows = new Map([...fields].map(([path, value]) => [path, { path, value, changed: false }]));
      for (const [path, value] of news) {
        rows.set(path, { path, value, old: old.get(address).get(path) ?? null, changed: true });
      }
      return { name: this.model.addresses[address], fields: [...rows.values()] };
    });
  }

  /** The fields of every machine of a lane just after this event. */
  states(place, lane) {
    const changed = this.changed(place);
    const found = [];
    for (const address of this.addresses(lane)) {
      const fields = new Map(this.known.get(address));
      for (const [path, value] of changed.get(address) ?? []) {
        if (value === null) fields.delete(path);
        else fields.set(path, value);
      }
      if (fields.size || changed.has(address)) found.push({ address, fields });
    }
    return found;
  }

  /** For each of `KEY_FIELDS` what this lane has just after the event, for one instance. */
  keyFields(place, lane, instance) {
    const found = new Array(KEY_FIELDS.length).fill("");
    for (const { fields } of this.states(place, lane)) {
      for (const [path, value] of fields) {
        const words = path.split(" ");
        const column = KEY_FIELDS.findIndex(([, names]) => names.includes(words.at(-1)));
        if (column < 0 || words[0] === "durable") continue;
        if (words.length > 2 && words[1] !== String(instance)) continue;
        found[column] ||= value;
      }
    }
    return found;
  }
}
