"""The other side of worker.py: the process that makes workers, and the worker itself."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from typing import Any, Generic, NoReturn, TypeVar

I = TypeVar("I")  # noqa: E741 - of an item
O = TypeVar("O")  # noqa: E741 - of what comes of it

#: The budget is processor time, as a busy or suspended machine is no fault of the item; so many times as
#: much may pass on the clock, for what waits and does not work.
PATIENCE = 30
#: What a terminal or a service manager sends to all processes of a run. The parent decides what it means.
_FOR_THE_PARENT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Answer(Generic[O]):
    """What came of an item: a value, or what was raised."""

    value: O | None = None
    error: BaseException | None = None

    def get(self) -> O:
        """The value; raises what was raised."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]


def fork_maker(control: Connection, work: Callable[[I], O], seconds: float) -> int:
    """Fork the process that makes workers for each connection that `control` brings; returns its id.

    It tells the id of each worker, and then with which status that one ended. It ends with `control`.
    """
    pid = os.fork()
    if pid == 0:
        _end_after(lambda: _make_workers(_keep_alone(control), work, seconds))
    return pid


def _end_after(job: Callable[[], None]) -> NoReturn:
    """Do the whole of a forked process's life: nothing of its parent's is ever gone on with."""
    code = 1
    try:
        job()
        code = 0
    except BaseException:  # noqa: BLE001 - told, as nobody above is left to tell it
        traceback.print_exc()
    finally:
        os._exit(code)


def _keep_alone(connection: Connection) -> Connection:
    """Close every other file of the parent's: its lock would be held on to when the parent is killed."""
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 - the names are numbers, which is all that is wanted
        if int(name) > 2 and int(name) != connection.fileno():
            with suppress(OSError):  # the one that listed them
                os.close(int(name))
    return connection


def _make_workers(control: Connection, work: Callable[[I], O], seconds: float) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number in _FOR_THE_PARENT:
        signal.signal(number, signal.SIG_IGN)
    gc.freeze()  # what is the parent's to put away is not put away here, and stays shared memory
    while True:
        try:
            handle = recv_handle(control)
        except (EOFError, OSError):
            return  # the parent has ended
        pid = os.fork()
        if pid == 0:
            control.close()
            _end_after(partial(_serve, Connection(handle), work, seconds))
        os.close(handle)
        with suppress(OSError):
            control.send(pid)
        status = os.waitpid(pid, 0)[1]
        with suppress(OSError):
            control.send(status)


class _Collector(QueueHandler):
    """Keeps log records for the parent, which writes them where its own go."""

    queue: Any  # a list: what fills it is `enqueue`

    def enqueue(self, record: logging.LogRecord) -> None:
        """Keep a record, which was made fit to be sent."""
        self.queue.append(record)


def _serve(pipe: Connection, work: Callable[[I], O], seconds: float) -> None:
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)  # the kernel's: to end the process
    with suppress(OSError):  # where memory runs out, this one goes and not the parent
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    records: list[logging.LogRecord] = []
    logging.getLogger().handlers = [_Collector(records)]  # type: ignore[arg-type]
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        records.clear()
        answer = _try(work, item, seconds)
        try:
            pipe.send((answer, records))
        except OSError:
            return


def _try(work: Callable[[I], O], item: I, seconds: float) -> Answer[O]:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE)
    try:
        return Answer(value=work(item))
    except BaseException as error:  # noqa: BLE001 - the parent's to deal with
        return Answer(error=_portable(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _portable(error: BaseException) -> BaseException:
    """The error as it can be sent, with where it came from as a note."""
    told = "".join(traceback.format_exception(error))
    try:
        error = pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - what an exception's own pickling raises may be anything
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(told)
    return error
