"""The cluster with one rule broken in each class: a harness that lies must be found out too."""

from __future__ import annotations

from simulation.cluster import Cluster


class SparesTheElector(Cluster):
    """A kill stops the replica and leaves the elector beside it alive."""

    def stop(self, process: int) -> None:
        self.driver.stop(self.machines_of(process)[:1])


class OnlyRecordsDeaths(Cluster):
    """A kill is written down and nobody dies of it."""

    def stop(self, process: int) -> None:
        pass
