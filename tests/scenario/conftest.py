"""A slow machine is no failure: hypothesis does not look at the clock here."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
