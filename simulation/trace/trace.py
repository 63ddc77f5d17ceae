"""The trace of a run and its certificate, the digest.

The digest is a chain over blocks of records: each link is the BLAKE2b hash of the link
before it and the canonical encoding of the block. So two runs have one digest exactly
when they have one trace, and a stored chain tells which block differs without the trace.

The encoding is MessagePack of the records as they are, structs as arrays that begin with
their type's name, sets and dictionaries sorted. Change anything about it, or about what
is recorded, and raise ``FORMAT``: old digests then say that they are old.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from simulation.trace.record import Record
from simulation.trace.wide import to_msgpack

FORMAT: Final = 1
BLOCK: Final = 64

_FIRST_LINK = blake2b(b"trace %d" % FORMAT, digest_size=16).digest()


class Trace:
    """Everything that happened in a run, in order."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def chain(self) -> list[bytes]:
        """The links of the certificate, one per block of 64 records and a first one."""
        links = [_FIRST_LINK]
        for first in range(0, len(self.records), BLOCK):
            block = to_msgpack(self.records[first : first + BLOCK])
            links.append(blake2b(links[-1] + block, digest_size=16).digest())
        return links

    def digest(self) -> str:
        """The last link, as 32 hexadecimal digits."""
        return self.chain()[-1].hex()
