// What a screen reader is told at every step: the event, what it proves, and what it changed.

const SPOKEN = 3;

function sayEvent(model, place) {
  if (place === NONE) return "Nothing is selected";
  const event = `Event ${model.id[place]}, ${place + 1} of ${model.size}, ${showTime(model.time[place])}: ${model.sentence(place)}`;
  const proofs = (model.evidence.get(place) ?? []).map((check) => `proof: ${check}`);
  return [event, ...proofs, ...sayChanges(model, place)].join(". ");
}

/** The first fields that it changed, and how many more there are. What is durable follows what is known. */
function sayChanges(model, place) {
  const lane = model.lane[place];
  if (lane === NONE) return [];
  const fields = model.memory.machines(place, lane).flatMap((machine) => machine.fields);
  const changed = fields.filter((field) => field.changed && !field.path.startsWith("durable "));
  if (!changed.length) return [];
  const told = changed.slice(0, SPOKEN).map(({ path, value }) => `${path.split(" ").at(-1)} ${value ?? "gone"}`);
  const more = changed.length - told.length;
  return [`Changed: ${told.join(", ")}${more ? `, and ${more} more` : ""}`];
}
