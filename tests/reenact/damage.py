"""Ways to damage a run of a log, each drawn by a seeded generator.

A damage takes the texts of a run's lines and gives them back damaged, with the place (from 0)
of the first line that is not what it was; or None where the run has nothing to damage so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Damaged = tuple[list[str], int]
Damage = Callable[[Sequence[str], Random], "Damaged | None"]

_VALUE = re.compile(r"\{:val, (\d+)\}")


def places(lines: Sequence[str], pattern: str) -> list[int]:
    """Where the lines stand that a pattern is found in."""
    return [place for place, line in enumerate(lines) if re.search(pattern, line)]


def _with(lines: Sequence[str], place: int, *instead: str) -> Damaged:
    return [*lines[:place], *instead, *lines[place + 1 :]], place


def _other_value(line: str) -> str:
    return _VALUE.sub(lambda found: f"{{:val, {401 - int(found.group(1)) + 10}}}", line)


def decided_value_changed(lines: Sequence[str], chance: Random) -> Damaged | None:
    """One process decides something else than the rest."""
    found = places(lines, r"^p\d+:? decided")
    if not found:
        return None
    place = chance.choice(found)
    return _with(lines, place, _other_value(lines[place]))


def decided_before_quorum(lines: Sequence[str], chance: Random) -> Damaged | None:
    """The first decision stands before the votes that it needs."""
    decided = places(lines, r"^p\d+ decided")
    votes = places(lines, r"^p\d+ - accept ")
    if not decided or len(votes) < 2:
        return None
    rest = [*lines[: decided[0]], *lines[decided[0] + 1 :]]
    place = chance.choice([place for place in votes[:2] if place < decided[0]])
    return [*rest[:place], lines[decided[0]], *rest[place:]], place


def accepted_removed(lines: Sequence[str], chance: Random) -> Damaged | None:
    """The leader never heard of a vote."""
    found = places(lines, r"^p\d+ accepted")
    if not found:
        return None
    place = chance.choice(found)
    return [*lines[:place], *lines[place + 1 :]], place


def accept_removed(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A vote was never cast."""
    found = places(lines, r"^p\d+ - accept ")
    if not found:
        return None
    place = chance.choice(found)
    return [*lines[:place], *lines[place + 1 :]], place


def promise_forgets_vote(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A promise says that nothing was voted for, and something was."""
    found = places(lines, r"^p\d+ - prepared \d+ \d+ \d+ \{")
    if not found:
        return None
    place = chance.choice(found)
    return _with(lines, place, re.sub(r"\d+ \{:val, \d+\}$", "nil nil", lines[place]))


def ballot_goes_down(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A process votes in a ballot below that of its last vote."""
    later = places(lines, r"^p\d+ - accept \d+ 2 ")
    if not later:
        return None
    place = chance.choice(later)
    who = lines[place].split()[0]
    before = [at for at in places(lines, rf"^{who} - accept \d+ 1 ") if at < place]
    if not before:
        return None
    return _with(lines, before[0], re.sub(r"(accept \d+) 1 ", r"\g<1> 3 ", lines[before[0]]))


def one_ballot_two_values(lines: Sequence[str], chance: Random) -> Damaged | None:
    """Two leaders use one ballot, for two values."""
    second = places(lines, r"sending all prepare \d+ 2$")
    if not second:
        return None
    damaged = [
        _other_value(re.sub(r"(prepare|prepared|accept|accepted) (\d+) 2", r"\g<1> \g<2> 1", line))
        if at >= second[0]
        else line
        for at, line in enumerate(lines)
    ]
    return damaged, second[0]


def dead_speak(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A process that died by itself prints another line."""
    found = places(lines, "Leader has action to die")
    if not found:
        return None
    who = lines[found[0]].split()[0]
    place = chance.randrange(found[0] + 1, len(lines) - 1)
    said = chance.choice([f"{who} accepted 1 1", f"{who} - p2 is leader", f"{who} - prepare from p2"])
    return [*lines[:place], said, *lines[place:]], place


def killed_answer(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A process that was killed has its queue read like a survivor."""
    everybody = {line.split()[-1] for line in lines if line.startswith("Starting paxos")}
    left = {line.split(":")[0] for line in lines if "message_queue_len" in line}
    queues = places(lines, "message_queue_len")
    if not queues or everybody == left:
        return None
    who = chance.choice(sorted(everybody - left))
    place = chance.choice(queues) + 1
    return [*lines[:place], f"{who}: {{:message_queue_len, 0}}", *lines[place:]], place


def line_duplicated(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A line stands there twice."""
    place = chance.randrange(len(lines))
    return [*lines[: place + 1], lines[place], *lines[place + 1 :]], place + 1


def line_removed(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A line is missing, but not the last one: without that the run was cut off."""
    place = chance.randrange(len(lines) - 1)
    return [*lines[:place], *lines[place + 1 :]], place


def line_moved(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A line stands a few lines further down."""
    place = chance.randrange(len(lines) - 8)
    target = place + chance.randrange(1, 8)
    rest = [*lines[:place], *lines[place + 1 :]]
    return [*rest[:target], lines[place], *rest[target:]], place


def line_misspelt(lines: Sequence[str], chance: Random) -> Damaged | None:
    """Two letters of a line have changed places."""
    while True:
        place = chance.randrange(len(lines))
        line = lines[place]
        letter = chance.randrange(len(line) - 1)
        wrong = line[:letter] + line[letter + 1] + line[letter] + line[letter + 2 :]
        if line[letter].isalpha() and line[letter + 1].isalpha() and wrong != line:
            return _with(lines, place, wrong)


def line_cut(lines: Sequence[str], chance: Random) -> Damaged | None:
    """A line ends in its middle."""
    place = chance.randrange(len(lines))
    line = lines[place]
    return _with(lines, place, line[: chance.randrange(3, len(line) - 1)].rstrip())


def two_runs_mixed(lines: Sequence[str], chance: Random) -> Damaged | None:
    """Another run begins to print in the middle of this one, as when two write into one log."""
    place = chance.randrange(len(lines) // 3, len(lines) - 2)
    other = [line for line in lines if not line.startswith("Starting paxos")][: chance.randrange(4, 12)]
    return [*lines[:place], *other, *lines[place:]], place


DAMAGES: tuple[Damage, ...] = (
    decided_value_changed,
    decided_before_quorum,
    accepted_removed,
    accept_removed,
    promise_forgets_vote,
    ballot_goes_down,
    one_ballot_two_values,
    dead_speak,
    killed_answer,
    line_duplicated,
    line_removed,
    line_moved,
    line_misspelt,
    line_cut,
    two_runs_mixed,
)
