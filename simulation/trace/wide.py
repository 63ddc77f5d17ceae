"""What protocols of one's own may hold and the encoders do not take: long integers, halves of letters.

MessagePack knows integers of 64 bits, and neither it nor UTF-8 a surrogate without its other
half, as in ``"\\ud800"``. Only what holds such a thing is encoded as is said here; everything else
has the bytes that it always had.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import msgpack

_INTEGER, _TEXT = 1, 2

_encode = msgpack.Encoder(order="deterministic").encode


def to_json(value: Any) -> str:
    """The value as JSON in one line. Surrogates are written as escapes."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), default=msgspec.to_builtins)


def of_json(text: str) -> Any:
    """The value that was written. Raises ``msgspec.DecodeError``, and for deep ones ``RecursionError``."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        if "\\ud" not in text.lower():
            raise
        try:
            return json.loads(text)
        except ValueError:
            pass
        raise


def to_msgpack(value: Any) -> bytes:
    """The value as MessagePack."""
    try:
        return _encode(value)
    except (OverflowError, UnicodeEncodeError):
        return _encode(_narrow(value))


def _narrow(value: Any) -> Any:
    """The same of nothing but what MessagePack takes, and no two values the same."""
    if isinstance(value, msgspec.Struct):
        return [type(value).__name__, *[_narrow(getattr(value, name)) for name in value.__struct_fields__]]
    if isinstance(value, (tuple, list)):
        return [_narrow(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_narrow(item) for item in value), key=_encode)
    if isinstance(value, dict):
        return sorted(([_narrow(key), _narrow(item)] for key, item in value.items()), key=_encode)
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        return msgpack.Ext(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))
    if isinstance(value, str) and not _is_whole(value):
        return msgpack.Ext(_TEXT, value.encode("utf-8", "surrogatepass"))
    return value


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
