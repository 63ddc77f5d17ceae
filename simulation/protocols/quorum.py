"""Quorums: any two of them meet."""

from __future__ import annotations


def majority(participants: int) -> int:
    """The least number of ``participants`` such that any two sets of it meet: n div 2 + 1."""
    return participants // 2 + 1
