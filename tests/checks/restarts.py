"""Storms of deaths and restarts, a scenario drawn for each seed."""

from __future__ import annotations

from random import Random

from simulation.scenario import Scenario, parse

HEAD = """\
format = 1
about = "Everybody dies and comes back while everybody proposes, for one instance after the other."
participants = {participants}
protocol = "{protocol}"
profile = "{profile}"

[network]
print = "{print}"

[script]
all = [{steps}, {once_more}, "wait 12s", "wait 12s instance 2", "wait 12s instance 3"]

[expect]
decision = "required"
"""

# Nobody remembers a proposal that all forgot who heard of it, so everybody proposes once more.
ONCE_MORE = ", ".join(f'"propose for 2s instance {number}"' for number in (1, 2, 3))

FAULT = """
[[fault]]
name = "{number}"
at = "{at_us}us"
do = "kill {whom}"
for = "{for_us}us"
must_happen = false
"""


def storm(protocol: str, profile: str, seed: int) -> Scenario:
    """A scenario in which 4 to 20 deaths, some of everybody, fall into times when ballots run."""
    random = Random(seed)
    participants = random.choice([3, 3, 5])
    steps = [
        f'"{times} times: sleep 1..{pause}ms, propose for {pause}ms instance {instance}"'
        for instance in (1, 2, 3)
        for times, pause in ((10, random.choice([5, 20, 60])), (3, 900))
    ]
    text = HEAD.format(
        participants=participants,
        protocol=protocol,
        profile=profile,
        print=random.choice(["10..60us", "1..5ms"]),
        steps=", ".join(steps),
        once_more=ONCE_MORE,
    )
    for number in range(random.randint(4, 20)):
        one = f"p{random.randint(1, participants)}"
        whom = random.choice(["leader", "leader", "all", one, one, one, one])
        text += FAULT.format(
            number=number,
            at_us=random.choice([0, 1_000_000, 2_000_000, 3_500_000]) + random.randint(0, 600_000),
            whom=whom,
            for_us=random.choice([1, 500, 5_000, 60_000, 900_000]),
        )
    return parse(text, name=f"storm {seed}")
