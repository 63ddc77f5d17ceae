"""Runs in which a strategy makes every move."""
