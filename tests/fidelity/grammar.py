"""What one process prints in the ``local`` profile, spelled in letters.

B starting, s started, P propose, S record made, L leader, Q prepare sent, R value reset,
p prepare, d promise, t promise counted, V value set, a accept, A accepted, D decided,
Y already decided, T client has the decision, M queue length, X dies by its action.
"""

from __future__ import annotations

import re

from .runs import Run

LETTERS: dict[str, str] = {
    "starting": "B",
    "started": "s",
    "started_with": "s",
    "propose": "P",
    "propose_action": "P",
    "set_3": "S",
    "leader": "L",
    "send_prepare": "Q",
    "set_2": "R",
    "prepare": "p",
    "prepared": "d",
    "prepared_value": "d",
    "try_run": "t",
    "set_value": "V",
    "accept": "a",
    "accepted": "A",
    "decided": "D",
    "already": "Y",
    "client_decided": "T",
    "queue": "M",
    "die": "X",
}

_OPEN = "Bs(?:PS|SP|S)"
_REST = "(?:PY)*"
_ANY_ACCEPT = "(?=[aA]{{{answers}}}[DT])A*aA*"


def spell(run: Run, name: str) -> str:
    """The lines of one process as letters; the second half of a promise count has none."""
    return "".join(LETTERS.get(line.kind, "") for line in run.of_process(name))


def is_usual(run: Run, name: str) -> bool:
    """Whether the process printed what nearly every process of its part prints."""
    return re.fullmatch(_usual(run, name), spell(run, name)) is not None


def is_possible(run: Run, name: str) -> bool:
    """Whether it printed something that the local runs of the seed show at all.

    Beside the usual order: an elector's tick may come at any time once there is something
    to lead, a leader may see a promise before its own prepare, count an answer before its
    own accept, or have its client answered before it prints the decision.
    """
    if is_usual(run, name):
        return True
    if name not in run.survivors:
        return False
    spelled = spell(run, name)
    ticks = spelled[spelled.index("S") :].count("L") if "S" in spelled else 0
    return 1 <= ticks <= 2 and re.fullmatch(_tickless(run, name), spelled.replace("L", "")) is not None


def _usual(run: Run, name: str) -> str:
    if name not in run.survivors:
        return _killed(run, name)
    if len(run.instances) > 1:
        return _two_instances(run, name, tick="L")
    ballot = _ballot(run) + f"aA{{{len(run.survivors)}}}"
    if run.of("die"):
        return f"BsSPLpaL{ballot}DTM" if _leads(run, name) else "BsSLpaLpaDTM"
    return f"{_OPEN}L{{1,2}}{ballot if _leads(run, name) else 'pa'}D{_REST}TM"


def _tickless(run: Run, name: str) -> str:
    """What a survivor may print, its leader lines left out."""
    if len(run.instances) > 1:
        return _two_instances(run, name, tick="")
    first = ("BsSPpa" if _leads(run, name) else "BsSpa") if run.of("die") else _OPEN
    if not _leads(run, name):
        return f"{first}paD{_REST}TM"
    ballot = _ballot(run).replace("p", "d*p", 1) + _ANY_ACCEPT.format(answers=len(run.survivors) + 1)
    return f"{first}{ballot}(?:D{_REST}T|TD)M"


def _killed(run: Run, name: str) -> str:
    if name in run.names_in("die"):
        late = run.n - run.quorum
        return f"BsPSLQRp(?:dt){{{run.quorum}}}V(?:dt){{{late}}}aA{{{run.quorum}}}X"
    return "BsPS" if name in run.proposers else "BsS?"


def _two_instances(run: Run, name: str, tick: str) -> str:
    """Two ballots of one leader interleave; the others see them one after the other."""
    first = f"Bs(?:P?SS|SPS|SSP){tick}"
    return f"{first}(?:QR){{2}}[pdtVaAD]{{26}}TM" if _leads(run, name) else f"{first}ppaaDDTM"


def _ballot(run: Run) -> str:
    late = len(run.survivors) - run.quorum
    return f"QRp(?:dt){{{run.quorum}}}V(?:dt){{{late}}}"


def _leads(run: Run, name: str) -> bool:
    return name in run.names_in("send_prepare")
