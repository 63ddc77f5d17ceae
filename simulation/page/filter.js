// What is shown: not what is folded away, not the kinds, processes and instances that are switched off.

class Filter {
  constructor(folds) {
    this.folded = new Set(folds);
    this.kinds = new Set();
    this.lanes = new Set();
    this.instance = null;
  }

  /** Switch a member of one of the sets on or off. */
  toggle(set, member) {
    if (!this[set].delete(member)) this[set].add(member);
  }

  /** Why an event is not shown, in a word; nothing where it is. */
  hides(model, place) {
    const kind = model.kind(place);
    if (this.lanes.has(model.lane[place])) return "processes";
    if (model.isMessage(place)) {
      if (this.lanes.has(model.origin(place))) return "processes";
      if (this.kinds.has(kind.what)) return kind.what;
    }
    if (this.instance !== null && kind.instance !== null && kind.instance !== this.instance) return "instances";
    return this.folded.has(kind.fold) ? kind.fold : "";
  }

  /** The places that are shown, and how many are not, by the word for why. Evidence is never folded away. */
  sift(model, always) {
    const shown = [];
    const hidden = new Map();
    for (let place = 0; place < model.size; place++) {
      const why = place === always || model.evidence.has(place) ? "" : this.hides(model, place);
      if (why) hidden.set(why, (hidden.get(why) ?? 0) + 1);
      else shown.push(place);
    }
    return { shown, hidden };
  }
}

/** How often each kind of message that is not folded away comes, over all runs. */
function messageKinds(models) {
  const found = new Map();
  for (const model of models) {
    for (let place = 0; place < model.size; place++) {
      const { what, fold } = model.kind(place);
      const counts = model.isMessage(place) && (fold === "" || fold === "to itself");
      if (counts) found.set(what, (found.get(what) ?? 0) + 1);
    }
  }
  return found;
}

/** How many events each fold holds, over all runs. */
function foldCounts(models) {
  const found = new Map();
  for (const model of models) {
    for (let place = 0; place < model.size; place++) {
      const { fold } = model.kind(place);
      found.set(fold, (found.get(fold) ?? 0) + 1);
    }
  }
  return found;
}
