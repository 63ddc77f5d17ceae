"""Who does the work: this process, processes of its own on this machine, a cluster, or anybody's executor.

All of them are used as a ``concurrent.futures.Executor`` and none changes a result.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from types import ModuleType
from typing import Any, Protocol

from simulation.errors import InputError
from simulation.sweep.interrupts import undisturbed

_ADDRESS = re.compile(r"((tcp|tls)://)?([^\s/:\[\]]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}")

ANSWER_S = 20.0
"""Who has not answered as a scheduler by then is none."""


class Crew(Protocol):
    """``jobs`` of them work at a time; ``ahead`` pieces of work may wait or be under way."""

    jobs: int
    ahead: int

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have it done by somebody."""

    def is_lost(self) -> bool:
        """Whether nobody is left who could answer, and futures may never hear of it."""

    def renew(self) -> None:
        """Replace those that died."""

    def close(self) -> None:
        """Send everybody home; what waits is not begun."""


def cores() -> int:
    """How many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Here:
    """This process, at once."""

    jobs = 1
    ahead = 1

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Do it."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def is_lost(self) -> bool:
        """This process is here."""
        return False

    def renew(self) -> None:
        """Nobody here can die alone."""

    def close(self) -> None:
        """Nobody here has anywhere to go."""


class Processes:
    """New processes on this machine, each with a hash seed of its own."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.ahead = 4 * jobs
        self._pool = self._new()

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have it done by the next that is free; the first calls start the processes."""
        with _starting():
            return self._pool.submit(function, *arguments)

    def is_lost(self) -> bool:
        """A pool tells its futures of every death."""
        return False

    def renew(self) -> None:
        """A pool one of whose processes died is lost as a whole."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new()

    def close(self) -> None:
        """End the processes. What is under way is done in vain: nobody waits for it any more."""
        with undisturbed():
            # A shutdown alone waits for whoever works, and hangs if Ctrl-C is pressed meanwhile.
            for process in list((self._pool._processes or {}).values()):
                process.kill()
            # Who died in the middle of a result leaves half of it, and its reader waiting for the rest.
            self._pool._result_queue._writer.close()  # type: ignore[attr-defined]
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _new(self) -> ProcessPoolExecutor:
        # Spawned, not forked: the same on every system, and whoever asks may have threads.
        context = multiprocessing.get_context("spawn")
        with undisturbed(), _deaf():
            # Python starts a process that keeps track of semaphores.
            return ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_leave_with_parent)


class Given:
    """An executor of the user's, which stays open."""

    def __init__(self, executor: Executor, jobs: int) -> None:
        self.jobs = jobs
        self.ahead = 4 * jobs
        self._executor = executor

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have it done there."""
        return self._executor.submit(function, *arguments)

    def is_lost(self) -> bool:
        """An executor has to tell its futures."""
        return False

    def renew(self) -> None:
        """It is the user's to mend."""
        raise InputError("the executor broke: a worker of it died. Give a new one and sweep again.")

    def close(self) -> None:
        """It stays open."""


class Cluster:
    """The workers of a Dask scheduler. One that dies has its work done by another."""

    def __init__(self, address: str) -> None:
        self._address = address
        client = _dask(address)
        self._hush = ExitStack()
        self._hush.enter_context(_hushed())
        try:
            self._client = _connected(client, address)
            self.jobs = sum(self._client.nthreads().values())
            if not self.jobs:
                self._client.close()
                raise InputError(
                    f"--cluster: the scheduler at {address} has no workers. Start some: dask worker {address}"
                )
        except BaseException:
            self._hush.close()
            raise
        self.ahead = 4 * self.jobs
        self._executor = self._client.get_executor(pure=False, retries=2)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have it done by some worker."""
        future: Future[Any] = self._executor.submit(function, *arguments)
        return future

    def is_lost(self) -> bool:
        """Whether the scheduler is gone: then some futures never hear of it."""
        return bool(self._client.status == "closed")

    def renew(self) -> None:
        """What the scheduler gives up is not to be had from it."""
        raise InputError(
            f"--cluster: the scheduler at {self._address} is gone, or its workers died too often."
            " Mend it and start the same command again: what is done stays done."
        )

    def close(self) -> None:
        """Leave the cluster as it was found."""
        # With a scheduler that is gone neither can be done, nor need be.
        with suppress(Exception):
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close()
        self._hush.close()


@contextmanager
def _hushed() -> Iterator[None]:
    """Let Dask not log: what it tells as errors, with tracebacks, is told in plain words here."""
    logger = logging.getLogger("distributed.client")
    loud = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(loud)


def _dask(address: str) -> Any:
    if not _ADDRESS.fullmatch(address):
        raise _nobody(address, "that is no address")
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--cluster needs Dask: pip install 'simulation[cluster]', or pip install distributed"
        ) from None
    return Client


def _connected(client: Any, address: str) -> Any:
    answer: Future[Any] = Future()

    def ask() -> None:
        try:
            answer.set_result(client(address, timeout=5, set_as_default=False))
        except Exception as error:
            answer.set_exception(error)

    # Its own time-out ends with the connection: somebody who is no scheduler may never say a word.
    threading.Thread(target=ask, daemon=True).start()
    try:
        return answer.result(ANSWER_S)
    except Exception as error:
        # Whatever Dask makes of an address at which nobody is.
        raise _nobody(address, str(error).partition("\n")[0] or "no answer") from None


def _nobody(address: str, why: str) -> InputError:
    return InputError(
        f"--cluster: nobody answers as a Dask scheduler at {address!r} ({why})."
        " An address is as 'dask scheduler' prints it: tcp://127.0.0.1:8786"
    )


_starting_alone = threading.Lock()


@contextmanager
def _starting() -> Iterator[None]:
    """Let processes that start now leave Ctrl-C to this one, hash as nobody else does, and read no script."""
    with _starting_alone, undisturbed():
        yield from _started_apart()


def _started_apart() -> Iterator[None]:
    fixed = os.environ.pop("PYTHONHASHSEED", None)
    # A new process would run the user's script again from its first line: it needs nothing of it.
    script, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        with _deaf():
            yield
    finally:
        sys.modules["__main__"] = script
        if fixed is not None:
            os.environ["PYTHONHASHSEED"] = fixed


@contextmanager
def _deaf() -> Iterator[None]:
    """Let processes that start inside the block not hear what a terminal tells all of its processes."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_with_parent() -> None:
    """Let this worker end when the process that started it is gone, however that went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(1)
