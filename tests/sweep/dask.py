"""A Dask cluster of real processes on this machine, for as long as a test needs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.sweep.driver import PROJECT
from tests.sweep.family import wait_until

PATIENCE_S = 120.0


class Cluster:
    """A scheduler, which says in a file where it is, and workers with one thread each."""

    def __init__(self, folder: Path) -> None:
        self._told = folder / "scheduler.json"
        self._log = (folder / "log").open("w")
        self._scheduler = self._start(
            "scheduler", "--port", "0", "--no-dashboard", "--no-show", "--idle-timeout", "300"
        )
        self.workers: list[subprocess.Popen[bytes]] = []
        if not wait_until(self._is_told, PATIENCE_S):
            raise AssertionError(f"no Dask scheduler: {Path(self._log.name).read_text()}")

    def _is_told(self) -> bool:
        # The file is there before all of it is.
        try:
            return bool(self.address)
        except (OSError, msgspec.DecodeError):
            return False

    @property
    def address(self) -> str:
        """Where the scheduler is."""
        address: str = msgspec.json.decode(self._told.read_bytes())["address"]
        return address

    def hire(self, count: int) -> None:
        """Start so many workers, and wait until the scheduler knows them."""
        from distributed import Client

        for _ in range(count):
            alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "30")
            self.workers.append(self._start("worker", *alone))
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=PATIENCE_S)

    def rest(self) -> None:
        """Wait until no worker has anything to do."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            assert wait_until(lambda: not any(client.processing().values()), PATIENCE_S)

    def kill_one(self) -> None:
        """The first worker dies, as when its machine loses power."""
        self.workers[0].kill()
        self.workers[0].wait()

    def stop(self) -> None:
        """Send everybody home."""
        for process in (*self.workers, self._scheduler):
            process.kill()
        for process in (*self.workers, self._scheduler):
            process.wait()
        self._log.close()

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        where = ("--host", "127.0.0.1", "--scheduler-file", str(self._told))
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *where, *options],
            stdout=self._log,
            stderr=self._log,
            cwd=self._told.parent,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A cluster with so many workers, gone after the block."""
    found = Cluster(folder)
    try:
        if workers:
            found.hire(workers)
        yield found
    finally:
        found.stop()
