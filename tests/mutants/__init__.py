"""Deliberately wrong protocols, each wrong in one rule: they prove that the checks see.

Beside them wrong clusters, and a wrong harness: they prove that the suite sees.
"""
