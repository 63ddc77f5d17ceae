"""The protocols by name, and how a user's own gets in."""

from __future__ import annotations

import importlib
from functools import cache

from msgspec import Struct

from simulation.errors import InputError, nearest
from simulation.protocols.machine import Machine


class Protocol(Struct, frozen=True):
    """A protocol as the harness sees it.

    ``components`` are the machines of one process; the first serves clients and is the
    one that a scenario suspends. All of them die together. ``steps`` are the reports that
    it makes, by name: it is judged by them. ``actions`` are the words that a proposal may
    carry. ``apart`` are messages that travel on a channel of their own: they keep their
    order among themselves and overtake, or are overtaken by, the rest. ``retries`` are the timers
    at which a process tries again what its client waits for; where none is named, any may be one.
    ``separable`` says that a process can propose and learn without being among its own peers.
    ``moments`` are steps that are no reports: the sending of a message of that type, to one or to
    all, by name. Faults can be pinned to either.
    """

    name: str
    about: str
    components: tuple[type[Machine], ...]
    steps: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    apart: tuple[type, ...] = ()
    retries: tuple[type, ...] = ()
    separable: bool = False
    moments: dict[str, type] = {}


def protocols() -> dict[str, Protocol]:
    """Every protocol that has a name of its own, in the order in which they are listed."""
    return dict(_own())


@cache
def _own() -> dict[str, Protocol]:
    from simulation.protocols.paxos import PAXOS
    from simulation.protocols.textbook import TEXTBOOK

    return {protocol.name: protocol for protocol in (PAXOS, TEXTBOOK)}


def find_protocol(name: str) -> Protocol:
    """The protocol called ``name``, or imported from ``package.module:Class``.

    Raises ``InputError`` for a name that is neither.
    """
    if ":" in name:
        return _imported(name)
    known = _own()
    if name not in known:
        raise InputError(
            f"protocol: there is no {name!r}. Known: {', '.join(known)}, or"
            f" 'package.module:Class' for one of your own.{nearest(name, known)}"
        )
    return known[name]


def _imported(name: str) -> Protocol:
    module_name, _, attribute = name.partition(":")
    try:
        found = getattr(importlib.import_module(module_name), attribute)
    except (Exception, SystemExit) as error:
        # Whatever a module of the user's raises at its import is the user's to mend.
        raise InputError(
            f"protocol: {name!r} cannot be imported: {type(error).__name__}: {error}. It must be"
            " 'package.module:Class' of something that Python finds and can import from here."
        ) from error
    if isinstance(found, Protocol):
        return found
    if isinstance(found, type) and issubclass(found, Machine):
        about = (found.__doc__ or "").strip().partition("\n")[0]
        return Protocol(name=name, about=about, components=(found,))
    raise InputError(
        f"protocol: {name!r} is neither a subclass of simulation.protocols.Machine nor a"
        " simulation.protocols.Protocol."
    )
