"""The lines of the real system's log: one form for each report, with that system's own spelling.

``{field:spelling}`` in a form is a field of the report, ``{me}`` the process that prints it.
What a report has beside these is not in the log. Printing, reading and comparing all go by
this one table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simulation.harness import reports as harness
from simulation.protocols import reports as shared
from simulation.protocols.paxos import reports as paxos
from simulation.protocols.reports import Report
from simulation.seedlog.fields import ALL_NAMES, SPELLINGS, Names, process_of

_PLACEHOLDER = re.compile(r"\{(\w+)(?::([\w ]+))?\}")


class Form:
    """How ``report`` is printed where its fields are those in ``where``."""

    def __init__(self, report: type[Report], template: str, **where: Any) -> None:
        self.report = report
        self.template = template
        self.where = where
        pieces = _PLACEHOLDER.split(template)
        self._literals = pieces[::3]
        self._names = pieces[1::3]
        spellings = [SPELLINGS[spelling or "name"] for spelling in pieces[2::3]]
        self._parts = list(zip(self._literals[1:], self._names, spellings, strict=True))
        self.shown = tuple(name for name in self._names if name != "me")
        """The report's fields that a line of this form tells."""
        self.values = tuple(
            name for name, word in zip(self._names, pieces[2::3], strict=True) if word == "value"
        )
        """Those of them that hold a proposed value."""
        self.named = "me" in self._names
        """Whether a line of this form says who printed it."""
        self.pattern = self._pattern("(?:{})")
        """The regular expression of such a line, without groups."""
        self._regex = re.compile(self._pattern("({})"))
        self._missing = dict.fromkeys(set(report.__struct_fields__) - {*self.shown, *where})

    def _pattern(self, group: str) -> str:
        return re.escape(self._literals[0]) + "".join(
            group.format(spelling.pattern) + re.escape(literal) for literal, _, spelling in self._parts
        )

    def fits(self, said: Report) -> bool:
        """Whether this form, of those of its report, is the one for ``said``."""
        return all(getattr(said, name) == value for name, value in self.where.items())

    def show(self, me: str, said: Report, names: Names) -> str:
        """The line."""
        text = self._literals[0]
        for literal, name, spelling in self._parts:
            text += (me if name == "me" else spelling.show(getattr(said, name), names)) + literal
        return text

    def read(self, text: str) -> tuple[int, Report] | None:
        """Who said what in this line, if it has this form: -1 where it does not say who.

        Fields that a line does not tell are None.
        """
        found = self._regex.fullmatch(text)
        if found is None:
            return None
        told = {
            name: spelling.read(word)
            for (_, name, spelling), word in zip(self._parts, found.groups(), strict=True)
            if name != "me"
        }
        me = process_of(found.group(1 + self._names.index("me"))) if self.named else -1
        said = self.report(**told, **self.where, **self._missing)
        # What would be printed in another way is no line: a number with zeros before it, say.
        return (me, said) if self.show(ALL_NAMES[me], said, ALL_NAMES) == text else None


FORMS: tuple[Form, ...] = (
    Form(shared.Begun, "Starting paxos for {me}"),
    Form(harness.ScriptStarted, ":{me}: started", participants=None),
    Form(harness.ScriptStarted, ":{me}: started with {participants:names}"),
    Form(harness.SpareAnnounced, "spare = {spare:names}"),
    Form(harness.KillsAnnounced, "kill: leaders, followers = {leaders:names}, {followers:names}"),
    Form(shared.Proposed, "{me} - Propose {instance:number} with action {action:action}"),
    Form(paxos.AlreadyDecided, "{me} - Has already decided for {instance:number} sending {value:value}"),
    Form(paxos.InstanceCreated, "{me} SET BALLOT VALUE 3 nil"),
    Form(shared.LeaderNamed, "{me} - {leader:name} is leader"),
    Form(shared.BallotStarted, "{me} sending all prepare {instance:number} {ballot:number}"),
    Form(paxos.BallotReset, "{me} SET BALLOT VALUE 2 nil"),
    Form(shared.PrepareHeard, "{me} - prepare from {proposer:name}"),
    Form(paxos.InstanceUnknown, "I think that is the cause"),
    Form(
        shared.PromiseHeard,
        "{me} - prepared {instance:number} {ballot:number} {vote_ballot:or nil} {vote:value}",
    ),
    Form(paxos.PromiseDeferred, "Probably recieved this before preare came to self sending with delay"),
    Form(paxos.PromiseCounting, "{me} Try to run prepared"),
    Form(paxos.PromiseCounted, "{me} {participants:number} {count:number} {value_asked:flag}"),
    Form(shared.ValueAsked, "{me} SET BALLOT VALUE {value:value}"),
    Form(shared.Accepted, "{me} - accept {instance:number} {ballot:number} {value:value}"),
    Form(shared.AcceptedHeard, "{me} accepted {instance:number} {ballot:number}"),
    Form(
        paxos.DyingUndecided,
        "{me} - Leader has action to die before decision {:decide, {instance:number}, {value:value}}",
    ),
    Form(shared.Decided, "{me} decided {instance:number} {value:value}"),
    Form(harness.WaitEnded, "{me}: No decision after {waited_us:seconds} seconds", value=None),
    Form(harness.WaitEnded, "{me}: decided {value:value}"),
    Form(harness.QueueRead, "{me}: {:message_queue_len, {length:number}}"),
    Form(harness.Collected, "{values:results}"),
)
"""Every form. Of two for one report, the one for a special case comes first."""


def _by_report() -> Mapping[type[Report], tuple[Form, ...]]:
    found: dict[type[Report], tuple[Form, ...]] = {}
    for form in FORMS:
        found[form.report] = (*found.get(form.report, ()), form)
    return found


FORMS_OF = _by_report()
"""The forms of each report that the log shows; it has no line for any other."""


def form_of(said: Report) -> Form | None:
    """The form in which ``said`` is printed, or None where the log has no line for it."""
    for form in FORMS_OF.get(type(said), ()):
        if form.fits(said):
            return form
    return None
