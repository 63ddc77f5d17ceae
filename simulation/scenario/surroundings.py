"""Reads ``[network]`` on top of the profile, and ``[sweep]``."""

from __future__ import annotations

from typing import Any

import msgspec

from simulation.errors import nearest
from simulation.network import PROFILES, Conditions
from simulation.network.conditions import Boot
from simulation.scenario import keys
from simulation.scenario.document import Document
from simulation.scenario.keys import Key
from simulation.scenario.model import Sweep
from simulation.scenario.network_keys import NETWORK
from simulation.scenario.values import MistakeError

LEAST_BOOT_US = 100_000


def read_conditions(document: Document, profile: str | None, participants: int) -> Conditions | None:
    """The profile's conditions with the file's own; None where there is no such profile."""
    own = document.read(document.table("network"), ("network",), NETWORK)
    if profile is None:
        return None
    if profile not in PROFILES:
        document.wrong(
            ("profile",), f"is {profile!r}. Known: {', '.join(PROFILES)}.{nearest(profile, PROFILES)}"
        )
        return None
    base = PROFILES[profile]
    changes = {_field(name): value for name, value in own.items() if not name.startswith("boot")}
    return msgspec.structs.replace(base, **changes, boot=_boot(base.boot, own, participants))


def read_sweep(document: Document) -> Sweep:
    """``[sweep]``, each value of its grid read as its key would read it."""
    found = document.read(document.table("sweep"), ("sweep",), keys.SWEEP)
    grid: dict[str, tuple[Any, ...]] = {}
    settable = _settable(document)
    for name, written in found.get("grid", {}).items():
        path = ("sweep", "grid", name)
        if name not in settable:
            document.wrong(path, f"no such key to set.{nearest(name, settable)}")
        elif not isinstance(written, list) or not written:
            document.wrong(path, "is not a list of values. Write it as in [3, 5, 7].")
        else:
            grid[name] = tuple(written)
            with document.noting(path):
                _try_all(settable[name], written)
    return Sweep(found.get("seeds"), grid)


def _field(name: str) -> str:
    return name if name in Conditions.__struct_fields__ else f"{name}_us"


def _boot(base: Boot, own: dict[str, Any], participants: int) -> Boot:
    """The profile's boot with what is given instead; a given mean alone is a constant."""
    deviation_us, least_us = base.deviation_us, base.least_us
    mean_us = base.mean_us
    if "boot" in own:
        mean_us, deviation_us, least_us = {participants: own["boot"]}, {participants: 0}, LEAST_BOOT_US
    if "boot_deviation" in own:
        deviation_us = {participants: own["boot_deviation"]}
    return Boot(mean_us, deviation_us, own.get("boot_least", least_us))


def _settable(document: Document) -> dict[str, Key | None]:
    """Every key that a grid may vary; None where a value can only be read in its place."""
    found: dict[str, Key | None] = {key.name: key for key in keys.HEAD}
    for table, known in (("network", NETWORK), ("expect", keys.EXPECT)):
        found.update((f"{table}.{key.name}", key) for key in known)
    faults = document.data.get("fault", [])
    for number in range(1, len(faults) + 1 if isinstance(faults, list) else 1):
        found.update((f"fault.{number}.{key.name}", key) for key in keys.FAULT)
    for table in ("roles", "script", "let"):
        found.update((f"{table}.{name}", None) for name in document.table(table))
    return found


def _try_all(key: Key | None, written: list[Any]) -> None:
    for place, value in enumerate(written):
        if value in written[:place]:
            raise MistakeError(f"holds {value!r} twice.")
        if key is not None:
            key.read(value)
