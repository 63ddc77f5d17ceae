"""The seed log, found as the comparison with the real system finds it."""

from tests.fidelity.conftest import seed_text

__all__ = ["seed_text"]
