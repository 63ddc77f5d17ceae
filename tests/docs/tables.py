"""The tables of the pages that are written by the code: each has a name, and stands between two marks.

    <!-- table: exit codes -->

    | code | ...

    <!-- end -->

``pytest tests/docs --rewrite-golden`` writes them anew.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from types import ModuleType
from typing import get_args

from msgspec import Struct

from simulation import faults, planted
from simulation.checks import CHECKS, NEEDS, name_of
from simulation.cli import exits
from simulation.cluster import TimedOut
from simulation.faults import kinds, links
from simulation.harness import reports as harness_reports
from simulation.protocols import effects, inputs, protocols, reports
from simulation.protocols.paxos import messages as paxos_messages
from simulation.protocols.paxos import reports as paxos_reports
from simulation.protocols.reports import Report
from simulation.protocols.textbook import messages as textbook_messages
from simulation.report.catalogue import sections
from simulation.scenario import keys
from simulation.scenario.keys import Key
from simulation.scenario.network_keys import NETWORK
from simulation.search.moves import AnyMove
from simulation.trace import Kind
from tests.checks.planted import PLANTED
from tests.mutants import catalogue
from tests.mutants.cluster import OnlyRecordsDeaths

MARKED = re.compile(r"(<!-- table: ([\w ]+) -->\n)(?:(?!<!--).)*(<!-- end -->)", re.S)

Rows = Iterable[Iterable[str]]


def rewritten(page: str) -> str:
    """The page with all its tables as the code gives them."""
    return MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n\n{found[3]}", page)


def _table(head: str, rows: Rows) -> str:
    below = "|" + "---|" * (head.count(" | ") + 1)
    return "\n".join([f"| {head} |", below, *map(_line, rows)])


def _line(cells: Iterable[str]) -> str:
    escaped = [cell.replace("|", r"\|") for cell in cells]
    return f"| {' | '.join(escaped)} |"


def _said(text: str | None) -> str:
    """The first paragraph of a docstring as Markdown on one line."""
    first = (text or "").strip().partition("\n\n")[0]
    return " ".join(first.split()).replace("``", "`")


def _keys(of: Iterable[Key]) -> str:
    def default(key: Key) -> str:
        written = key.absent if key.default is None else f"`{json.dumps(key.default)}`"
        return "required" if key.required else written

    rows = [(f"`{key.name}`", key.kind, default(key), key.meaning) for key in of]
    return _table("key | takes | default | meaning", rows)


def _faults() -> str:
    rows = []
    for entry in sections()["Faults"]:
        name = entry.name if entry.name.endswith(" SET") else f"{entry.name} SET"
        written = ", ".join(f"`{example}`" for example in entry.examples or (name,))
        rows.append((written, entry.about.rstrip(".") + "."))
    return _table("`do` | what happens", rows)


def _steps() -> str:
    known = protocols().values()
    rows = []
    for step in dict.fromkeys([step for each in known for step in each.steps]):
        told = _said(getattr(reports, step).__doc__)
        rows.append([f"`{step}`", *("yes" if step in each.steps else "" for each in known), told])
    for moment in dict.fromkeys([moment for each in known for moment in each.moments]):
        sent = [f"`{each.moments[moment].__name__}`" if moment in each.moments else "" for each in known]
        rows.append([f"`{moment}`", *sent, "This message is sent, to one process or to all of them."])
    return _table(f"step | {' | '.join(each.name for each in known)} | when", rows)


def _entries(title: str, head: str) -> str:
    return _table(head, [(f"`{entry.name}`", entry.about) for entry in sections()[title]])


def _exits() -> str:
    return _table("code | when", [(str(code), meaning) for code, meaning in exits.MEANINGS.items()])


def _checks() -> str:
    rows = []
    for check in CHECKS:
        needs = ", ".join(f"`{step}`" for step in NEEDS.get(check, ())) or "nothing"
        rows.append((f"[{name_of(check)}](#{name_of(check).replace(' ', '-')})", _said(check.__doc__), needs))
    return _table("check | what it demands | steps that the protocol has to publish", rows)


def _proofs() -> str:
    """For each check the bug that it proves and in which least else is found."""
    rows = [(name, *_proof(name)) for name in map(name_of, CHECKS)]
    return _table("check | a planted bug that it finds | events that it names", rows)


def _proof(name: str) -> tuple[str, str]:
    found = [each for each in PLANTED if name in each.finds]
    if not found:
        # No protocol can break it: the cluster has to.
        return _said(OnlyRecordsDeaths.__doc__), "`Strike`, and what came after it"
    best = min(found, key=lambda each: (each.finds[name] is None, len(each.finds)))
    events = best.finds[name]
    return _said(getattr(catalogue, best.mutant).about), "none" if events is None else _counted(events)


def _counted(events: tuple[str, ...]) -> str:
    return ", ".join(
        f"`{event}`" if events.count(event) == 1 else f"{events.count(event)} x `{event}`"
        for event in dict.fromkeys(events)
    )


def _planted() -> str:
    rows = [(f"`{bug.name}`", bug.title, bug.source, ", ".join(bug.needs)) for bug in planted.BUGS]
    return _table("bug | what is wrong | which rule, or where seen | needs a", rows)


def _record_kinds() -> str:
    """Its members' docstrings are in the source alone."""
    body = ast.parse(inspect.getsource(Kind)).body[0].body  # type: ignore[attr-defined]
    rows = []
    for member, told in zip(body[1::2], body[2::2], strict=True):
        name = member.targets[0].id
        rows.append((f"`{name.lower()}`", str(Kind[name].value), _said(told.value.value)))
    return _table("`event` | number | what happened", rows)


def _contents(*of: type[Struct]) -> str:
    rows = [
        (f"`{each.__name__}`", ", ".join(f"`{name}`" for name in each.__struct_fields__), _said(each.__doc__))
        for each in of
    ]
    return _table("`is` | fields | what", rows)


def _structs(module: ModuleType) -> list[type[Struct]]:
    """The structs that a module defines, in its order."""
    return [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Struct) and each.__module__ == module.__name__
    ]


def _moves() -> str:
    rows = []
    for move in get_args(AnyMove):
        fields = ", ".join(f"`{name}`" for name in move.__struct_fields__)
        rows.append((f"`{move.__struct_config__.tag}`", fields, _said(move.__doc__)))
    return _table("word | then | what", rows)


IN_CALLS = (
    inputs.Started,
    inputs.Restarted,
    inputs.Propose,
    inputs.GetDecision,
    effects.Answer,
    inputs.Decision,
    inputs.Abort,
    inputs.Undecided,
    TimedOut,
)

OF_FAULTS = (faults.Strike, faults.LinksHit, faults.RingHit, faults.LinksHealed, faults.Calmed, faults.Unsaid)

FAULTS = [
    each
    for each in [*_structs(kinds), *_structs(links)]
    if issubclass(each, faults.Fault) and each not in (faults.Fault, faults.LinkFault)
]

TABLES: dict[str, Callable[[], str]] = {
    "keys of head": partial(_keys, keys.HEAD),
    "keys of let": partial(_keys, keys.LET),
    "keys of fault": partial(_keys, keys.FAULT),
    "keys of calm": partial(_keys, keys.CALM),
    "keys of network": partial(_keys, NETWORK),
    "keys of expect": partial(_keys, keys.EXPECT),
    "keys of sweep": partial(_keys, keys.SWEEP),
    "faults": _faults,
    "steps": _steps,
    "strategies": partial(_entries, "Strategies", "name | what it does"),
    "checks": _checks,
    "proofs": _proofs,
    "exit codes": _exits,
    "planted bugs": _planted,
    "kinds of records": _record_kinds,
    "moves": _moves,
    "calls and answers": partial(_contents, *IN_CALLS),
    "reports": partial(_contents, *[each for each in _structs(reports) if each is not Report]),
    "reports of paxos": partial(_contents, *_structs(paxos_reports)),
    "reports of the harness": partial(_contents, *_structs(harness_reports)),
    "strikes": partial(_contents, *OF_FAULTS),
    "faults of records": partial(_contents, *FAULTS),
    "messages of paxos": partial(_contents, *_structs(paxos_messages)),
    "messages of textbook": partial(_contents, *_structs(textbook_messages)),
}
"""Every table by its name: a function that gives its lines."""
