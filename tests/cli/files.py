"""Scenario files for the command line, each made to end in one way."""

from __future__ import annotations

EVERYBODY_PROPOSES = """\
format = 1
participants = 5
values = [1, 2, 3, 4, 5]

[script]
all = ["propose", "wait 1s"]
"""

FAULT_IN_THE_VOID = """\
format = 1
participants = 3

[script]
all = ["propose until commit", "wait 10s"]

[[fault]]
name = "the leader dies"
at = "1us"
do = "kill leader"

[expect]
decision = "allowed"
"""
"""The fault comes before anybody leads."""


def with_protocol(text: str, protocol: str) -> str:
    """The scenario run by a machine of ``tests.cli.machines``."""
    return text.replace("participants", f'protocol = "tests.cli.machines:{protocol}"\nparticipants')
