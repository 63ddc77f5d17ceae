"""Which check finds which planted bug: a mutant, a scene, one seed, and all that is found.

The seeds were searched (``python -m tests.checks.search``) and are written down here. They
hold for the protocols and the network as they are: a change of those that gives other
runs of the same seed asks for another search, and for nothing else.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from simulation import Run, load, run
from simulation.trace.record import CONTENT, ID

SCENES = Path(__file__).parent.parent / "mutants" / "scenes"
OWN_SCENES = Path(__file__).parent / "scenes"

Finds = dict[str, tuple[str, ...] | None]
"""By check, the kinds of the records that a violation names; None for what is unknown."""


class Planted(Struct, frozen=True):
    """``mutant`` in the run of ``scene`` with ``seed``: everything that is not held."""

    mutant: str
    scene: str
    seed: int
    finds: Finds

    def run(self) -> Run:
        """The run."""
        places = [folder / f"{self.scene}.toml" for folder in (SCENES, OWN_SCENES)]
        scene = next((place for place in places if place.exists()), None)
        protocol = f"tests.mutants.catalogue:{self.mutant}"
        return run(load(scene or self.scene, protocol=protocol), self.seed)


def finds(run: Run) -> Finds:
    """What the checks found in a run. Raises ``KeyError`` for evidence that is in no record."""
    said = {record[ID]: type(record[CONTENT]).__name__ for record in run.trace}
    found: Finds = {v.check: tuple([said[event] for event in v.events]) for v in run.violations}
    return found | {unknown.check: None for unknown in run.unknowns}


PLANTED = (
    Planted("NEVER_DECIDES", "simple", 0, {"termination": ("WaitEnded", "WaitEnded", "WaitEnded")}),
    Planted("REFUSES_ITS_PROMISE", "simple", 0, {"termination": ("WaitEnded", "WaitEnded", "WaitEnded")}),
    Planted(
        "NEVER_DECIDES",
        "calm",
        0,
        {"liveness": ("Calmed", "BallotStarted", "BallotStarted", "BallotStarted")},
    ),
    Planted("NEVER_ELECTS", "simple", 0, {"termination": ("WaitEnded", "WaitEnded", "WaitEnded")}),
    Planted("DIES_OF_DECISIONS", "simple", 0, {"termination": ("WaitEnded", "WaitEnded", "WaitEnded")}),
    Planted(
        "VOTES_FOR_ANYTHING",
        "duel",
        0,
        {
            "agreement": ("Decided", "Decided"),
            "one value chosen": ("Accepted", "Accepted", "Accepted", "Accepted", "Accepted"),
            "promises kept": ("Promised", "Accepted"),
            "ballots rise": ("Promised", "Promised"),
            "chosen value stays": ("Accepted", "Accepted", "Accepted", "ValueAsked"),
        },
    ),
    Planted(
        "DECIDES_WITHOUT_QUORUM",
        "duel",
        1,
        {"agreement": ("Decided", "Decided"), "quorum behind decision": ("Decided",)},
    ),
    Planted(
        "LIES_TO_CLIENTS",
        "duel",
        3,
        {"agreement": ("Decided", "Answer"), "quorum behind decision": ("Answer",)},
    ),
    Planted("INVENTS_A_VALUE", "duel", 0, {"validity": ("Decided",)}),
    Planted(
        "LIES_TO_CLIENTS",
        "duel",
        0,
        {"agreement": ("Decided", "Answer"), "validity": ("Answer",), "quorum behind decision": ("Answer",)},
    ),
    Planted("ASKS_TWICE_IN_ONE_BALLOT", "duel", 21, {"one value per ballot": ("ValueAsked", "ValueAsked")}),
    Planted(
        "SHARES_BALLOTS_AND_PROMISES_TWICE",
        "duel",
        0,
        {"one value per ballot": ("ValueAsked", "ValueAsked"), "ballots rise": ("Promised", "Promised")},
    ),
    Planted(
        "PROMISES_EVERY_BALLOT",
        "duel_of_leaders",
        1,
        {
            "one value chosen": (
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
            ),
            "one value per ballot": ("ValueAsked", "ValueAsked"),
            "ballots rise": ("Promised", "Promised"),
        },
    ),
    Planted("HIDES_ITS_VOTE", "duel", 0, {"promises kept": ("Accepted", "Promised")}),
    Planted("COMPARES_WITH_ITS_VOTE", "duel", 3, {"promises kept": ("Promised", "Accepted")}),
    Planted("VOTE_IS_NO_PROMISE", "duel", 14, {"promises kept": ("Accepted", "Promised")}),
    Planted("KEEPS_ITS_FIRST_VOTE", "duel", 7, {"promises kept": ("Accepted", "Promised")}),
    Planted("VOTES_FOR_ANYTHING", "duel", 3, {"promises kept": ("Promised", "Accepted")}),
    Planted("VOTES_BELOW_ITS_PROMISE", "duel_of_leaders", 5, {"promises kept": ("Promised", "Accepted")}),
    Planted("REUSES_ITS_BALLOT", "duel", 0, {"ballots rise": ("BallotStarted", "BallotStarted")}),
    Planted("PROMISES_ANYTHING", "duel", 26, {"ballots rise": ("Promised", "Promised")}),
    Planted("FORGETS_ITS_PROMISE", "duel", 4, {"ballots rise": ("Promised", "Promised")}),
    Planted("VOTE_IS_NO_PROMISE", "duel", 29, {"ballots rise": ("Accepted", "Accepted")}),
    Planted("DECIDES_WITHOUT_QUORUM", "duel", 0, {"quorum behind decision": ("Decided",)}),
    Planted("COUNTS_ACROSS_BALLOTS", "duel", 25, {"quorum behind decision": ("Decided",)}),
    Planted("KEEPS_ITS_FIRST_VOTE", "duel", 0, {"quorum behind decision": ("Decided",)}),
    Planted(
        "IGNORES_REPORTED_VOTES",
        "duel",
        2,
        {
            "chosen value stays": ("Accepted", "Accepted", "ValueAsked"),
            "highest vote adopted": ("PromiseHeard", "PromiseHeard", "ValueAsked"),
        },
    ),
    Planted(
        "ADOPTS_THE_LOWEST_VOTE",
        "duel",
        114,
        {
            "agreement": ("Decided", "Decided"),
            "one value chosen": ("Accepted", "Accepted", "Accepted", "Accepted"),
            "chosen value stays": ("Accepted", "Accepted", "ValueAsked"),
            "highest vote adopted": ("PromiseHeard", "PromiseHeard", "ValueAsked"),
        },
    ),
    Planted(
        "HIDES_ITS_VOTE",
        "duel",
        2,
        {
            "promises kept": ("Accepted", "Promised"),
            "chosen value stays": ("Accepted", "Accepted", "ValueAsked"),
        },
    ),
    Planted(
        "INSISTS_ON_ITS_VALUE",
        "leader_crash_before_decision",
        10,
        {
            "one value chosen": (
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
                "Accepted",
            ),
            "chosen value stays": ("Accepted", "Accepted", "Accepted", "Accepted", "Accepted", "ValueAsked"),
            "highest vote adopted": ("PromiseHeard", "PromiseHeard", "PromiseHeard", "ValueAsked"),
        },
    ),
    Planted("QUORUM_OF_HALF", "duel", 0, {"highest vote adopted": ("PromiseHeard", "ValueAsked")}),
    Planted(
        "ADOPTS_MAJORITIES_ONLY",
        "duel",
        0,
        {"highest vote adopted": ("PromiseHeard", "PromiseHeard", "ValueAsked")},
    ),
    Planted(
        "ADOPTS_THE_LOWEST_VOTE",
        "duel",
        0,
        {"highest vote adopted": ("PromiseHeard", "PromiseHeard", "ValueAsked")},
    ),
    Planted("COUNTS_STALE_PROMISES", "duel", 0, {"highest vote adopted": ("PromiseHeard", "ValueAsked")}),
    Planted("HALF_IS_ENOUGH", "simple", 0, {"highest vote adopted": ("PromiseHeard", "ValueAsked")}),
    Planted("TALKS_TO_ITSELF", "duel_of_leaders", 0, {"queues drained": ("QueueRead",)}),
    Planted(
        "KEEPS_CLIENTS_WAITING", "non_leader_proposes_after_election", 0, {"answers": ("AnswerUnexpected",)}
    ),
    Planted("NEVER_ABORTS", "leader_should_nack", 0, {"answers": None, "did what it says": None}),
    Planted("IGNORES_REFUSALS", "leader_should_nack", 0, {"answers": None, "did what it says": None}),
    Planted("PLAYS_DEAD", "leader_crash_before_decision", 0, {"did what it says": None}),
)
