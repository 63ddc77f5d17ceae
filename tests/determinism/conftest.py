"""The table that every other way of computing it is compared with."""

from __future__ import annotations

import pytest

from tests.golden.table import Digests, everything


@pytest.fixture(scope="session")
def here() -> dict[str, Digests]:
    """The digests as this process computes them."""
    return everything()
