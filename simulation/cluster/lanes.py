"""The kernel's lanes: one for each kind of record that comes out of the queue, and four more.

A lane whose entries become records has the number of their kind, so that an entry can
be a record as it is.
"""

from __future__ import annotations

from typing import Final

from simulation.trace import Kind

MESSAGE: Final = int(Kind.MESSAGE)
TIMER: Final = int(Kind.TIMER)
REPORT: Final = int(Kind.REPORT)
REQUEST: Final = int(Kind.REQUEST)
RETURN: Final = int(Kind.RETURN)

ASK: Final = 11
"""A client asks again: (time, priority, sequence, lane, asking)."""

SENT: Final = 12
"""A broadcast is out: (time, priority, sequence, lane, address)."""

AGAIN: Final = 9
"""A copy of a message arrives: (time, priority, sequence, lane, cause, source, destination, message)."""

SYNCED: Final = 10
"""A record is durable: (time, priority, sequence, lane, address, record)."""

WAKE: Final = 13
"""A resumed machine goes on: (time, priority, sequence, lane, address)."""

EXPIRED: Final = 14
"""A client's patience ends: (time, priority, sequence, lane, process, call)."""
