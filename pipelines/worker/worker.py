"""Work on foreign input in a process of its own, which ends when an item takes more than it may.

No code can be asked to stop inside a regular expression or a parser, so the process is what stops. The
limits are the kernel's (`setitimer`): they also end a worker whose parent was killed. A second process that
does nothing else makes the workers: it is as it was before the parent opened anything or started a thread,
so a new worker costs a fork and inherits no lock.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from types import TracebackType
from typing import Generic, Self, TypeVar

from pipelines.worker.process import Answer, fork_maker

I = TypeVar("I")  # noqa: E741 - of an item
O = TypeVar("O")  # noqa: E741 - of what comes of it


class OverBudgetError(Exception):
    """An item took more time, memory or depth than it may, or ended the process that worked on it."""


class Worker(Generic[I, O]):
    """Does `work` for one item after another, in another process; a context manager.

    `work` and what it refers to are those of the moment of `start`; items and values are pickled. `seconds`
    of processor time is what an item may take, 0 is no bound. For one thread at a time.
    """

    def __init__(self, work: Callable[[I], O], *, seconds: float) -> None:
        self._work = work
        self._seconds = seconds
        self._control: Connection | None = None  # to the process that makes workers
        self._pipe: Connection | None = None  # to the worker
        self._pid = 0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Fork what makes the workers; done by the first item unless it was done before."""
        if self._control is None:
            self._control, theirs = Pipe()
            self._maker = fork_maker(theirs, self._work, self._seconds)
            theirs.close()

    def call(self, item: I) -> O:
        """What `work` returns or raises; OverBudgetError where it does not come to that."""
        return self._ask(item).get()

    def map(self, items: Iterable[I]) -> Iterator[tuple[I, Answer[O]]]:
        """Each item with its answer, in order. The worker has the next one while the caller uses the last.

        `items` may use this worker themselves; the caller may not before it has taken the last answer.
        """
        done: tuple[I, Answer[O]] | None = None
        try:
            for item in items:
                sent = self._send(item)
                if done is not None:
                    yield done
                done = item, self._receive(item, sent=sent)
            if done is not None:
                yield done
        except GeneratorExit:
            self._bury()  # what it is doing nobody asks for any more
            raise

    def stop(self) -> None:
        """End what it is doing, from another thread than the one that waits for it, which then raises."""
        self._closed = True
        if self._pipe is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._closed = True
        if self._control is None:
            return
        self._bury()
        self._control.close()
        self._control = None
        os.waitpid(self._maker, 0)

    # --- one item -----------------------------------------------------------------------------------

    def _ask(self, item: I) -> Answer[O]:
        return self._receive(item, sent=self._send(item))

    def _send(self, item: I) -> bool:
        try:
            self._ready().send(item)
        except OSError:
            return False  # the worker died since its last item, of something else
        return True

    def _receive(self, item: I, *, sent: bool) -> Answer[O]:
        for last in (False, True):
            try:
                if sent or self._send(item):
                    return self._read()
            except (EOFError, OSError):
                pass
            except BaseException:
                self._bury()  # its answer would be taken for the next one's
                raise
            status = self._bury()
            if self._closed:
                raise RuntimeError("the worker was closed")
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF:
                return Answer(error=OverBudgetError(f"took more than {self._seconds:g} s"))
            if last:
                return Answer(error=OverBudgetError(f"its process {_name_end(status)}"))
            sent = False  # once more: it may have died of a neighbour's hunger for memory
        raise AssertionError("unreachable")

    def _read(self) -> Answer[O]:
        answer, records = self._ready().recv()
        for record in records:
            logging.getLogger(record.name).handle(record)
        if isinstance(answer.error, MemoryError | RecursionError):
            return Answer(error=OverBudgetError(f"{type(answer.error).__name__}: {answer.error}"))
        return answer  # type: ignore[no-any-return]

    # --- the process --------------------------------------------------------------------------------

    def _ready(self) -> Connection:
        if self._closed:
            raise RuntimeError("the worker was closed")
        if self._pipe is None:
            self.start()
            assert self._control is not None
            ours, theirs = Pipe()
            send_handle(self._control, theirs.fileno(), self._maker)
            theirs.close()
            self._pid = self._control.recv()
            self._pipe = ours
        return self._pipe

    def _bury(self) -> int:
        """End the worker if it still lives; the status with which it ended, as `os.waitpid` tells it."""
        if self._pipe is None or self._control is None:
            return 0
        if not self._control.poll():  # its maker has not seen it end, so the number is still its own
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._pipe.close()
        self._pipe = None
        status: int = self._control.recv()
        return status


def _name_end(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"was ended by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"ended with {os.waitstatus_to_exitcode(status)}"
