"""Pages and lists that a look brought in, read in a process of its own within a budget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from crawler.outlet.load import Outlet
from pipelines.command.errors import InputError
from pipelines.worker.worker import OverBudgetError, Worker


class Foreign:
    """Asks what came in of some outlets; a context manager. `budget` is in seconds of processor time.

    Each question is answered by the function of its name, which takes the outlets and the question's
    arguments: these are pickled, the functions and the outlets are not.
    """

    def __init__(
        self, outlets: Mapping[str, Outlet], questions: Mapping[str, Callable[..., Any]], *, budget: float
    ) -> None:
        self._outlets = outlets
        self._questions = questions
        self._worker: Worker[tuple[Any, ...], Any] = Worker(self._answer, seconds=budget)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="look")

    def __enter__(self) -> Self:
        self._worker.start()  # now, before this process has threads and open connections
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.stop()
        self._thread.shutdown(cancel_futures=True)
        self._worker.close()

    def _answer(self, job: tuple[Any, ...]) -> Any:
        question, *arguments = job
        return self._questions[question](self._outlets, *arguments)

    def ask(self, question: str, *arguments: Any) -> Any:
        """What comes of a question; raises OverBudgetError, or what was raised."""
        return self._worker.call((question, *arguments))

    async def soon(self, question: str, *arguments: Any) -> Any:
        """As `ask`, for who has other work meanwhile."""
        return await asyncio.wrap_future(self._thread.submit(self.ask, question, *arguments))


def ask_once(foreign: Foreign, url: str, question: str, *arguments: Any) -> Any:
    """What comes of a question about one page; InputError where reading it takes too long."""
    try:
        return foreign.ask(question, *arguments)
    except OverBudgetError as error:
        raise InputError(f"{url}: reading it {error}; raise 'budget_seconds' in pantau.toml") from None
