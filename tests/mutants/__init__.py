"""Deliberately wrong protocols, each wrong in one rule: they prove that the checks see."""
