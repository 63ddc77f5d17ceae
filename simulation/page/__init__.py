"""One file in which a run is stepped through: nothing is fetched, a browser is all it needs."""

from simulation.page.page import Page

__all__ = ["Page"]
