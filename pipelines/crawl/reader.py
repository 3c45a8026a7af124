"""Reads pages in a process of its own, within a budget, and knows which could not be read before."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from crawler.find.discover import DiscoverError, ListAnswer, read_list
from crawler.outlet.load import Find, Outlet
from crawler.page.agreement import compare_bodies
from crawler.page.article import Parts, count_blocks, find_parts, may_have_parts, read_article
from crawler.page.version import reader_version
from db.records import WIB, Article, Page, ReadingProblem, Reason, Refusal, Source
from db.store import Store
from db.tables.problems import KnownPage
from pipelines.command.console import log, one_line
from pipelines.worker.worker import OverBudgetError, Worker

T = TypeVar("T")

#: What a page is asked: each takes the page and its outlet, and is pure.
_QUESTIONS: Mapping[str, Callable[[Page, Outlet], Any]] = {
    "article": lambda page, outlet: read_article(page, outlet),
    "parts": lambda page, outlet: find_parts(page, outlet),
    "blocks": count_blocks,
    "agreement": compare_bodies,
}


@dataclass(frozen=True, slots=True)
class _ListJob:
    """An answer of a way of finding, with what `crawler.find.discover.read_list` takes beside its outlet."""

    outlet: str
    body: bytes
    find: Find
    rest: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """A question that is asked of a page; "" is answered without looking."""

    question: str
    page: Page
    outlet: str


class Reader:
    """Asks pages of some outlets; a context manager. `budget` is in seconds of processor time, 0 no bound.

    A page that goes over it, or that meets a defect, is noted in the store and passed over until the page,
    the reader or the budget changes.
    """

    def __init__(self, store: Store, outlets: Mapping[str, Outlet], *, budget: float) -> None:
        store.grant_budget(budget)
        self._store = store
        self._budget = budget
        self._in_vain = dict(store.pages_in_vain())
        self._worker: Worker[_Job | _ListJob, Any] = Worker(lambda job: _answer(job, outlets), seconds=budget)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Make the process now, before this one has threads and open connections."""
        self._worker.start()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._worker.stop()
        self._thread.shutdown(cancel_futures=True)
        self._worker.close()

    # --- for who waits ------------------------------------------------------------------------------

    def read_all(
        self, pages: Iterable[tuple[Outlet, Page]]
    ) -> Iterator[tuple[Outlet, Page, Article | Refusal]]:
        """Each page with what it holds, in order; `pages` may ask for parts and blocks meanwhile."""
        asked: list[tuple[Outlet, Refusal | None]] = []  # of the pages on their way

        def jobs() -> Iterator[_Job]:
            for outlet, page in pages:
                known = self._recall(page, outlet)
                asked.append((outlet, known))
                yield _Job("" if known else "article", page, outlet.slug)

        for job, answer in self._worker.map(jobs()):
            assert isinstance(job, _Job)
            outlet, known = asked.pop(0)
            yield outlet, job.page, known or self._settle(job.page, outlet, answer.get)

    def find_parts(self, page: Page, outlet: Outlet) -> Parts:
        """The further pages of an article, as `crawler.page.find_parts` tells them."""
        if not may_have_parts(outlet) or self._recall(page, outlet):
            return Parts()
        return self._guard(page, outlet, lambda: self._ask("parts", page, outlet), Parts())

    def count_blocks(self, page: Page, outlet: Outlet) -> int:
        """How many blocks of text a page holds."""
        return self._guard(page, outlet, lambda: self._ask("blocks", page, outlet), 0)

    # --- for a crawl, which goes on meanwhile ---------------------------------------------------------

    async def read_soon(self, page: Page, outlet: Outlet) -> Article | Refusal:
        """What a page holds."""
        if known := self._recall(page, outlet):
            return known
        return self._settle(page, outlet, await self._ask_soon("article", page, outlet))

    async def find_parts_soon(self, page: Page, outlet: Outlet) -> Parts:
        """As `find_parts`."""
        if not may_have_parts(outlet) or self._recall(page, outlet):
            return Parts()
        return self._guard(page, outlet, await self._ask_soon("parts", page, outlet), Parts())

    async def count_blocks_soon(self, page: Page, outlet: Outlet) -> int:
        """As `count_blocks`."""
        return self._guard(page, outlet, await self._ask_soon("blocks", page, outlet), 0)

    async def compare_soon(self, page: Page, outlet: Outlet) -> Mapping[Source, float]:
        """How far the ways to find a page's body agree; empty where that takes too long to tell."""
        answer = await self._ask_soon("agreement", page, outlet)
        try:
            return answer()  # type: ignore[no-any-return]
        except OverBudgetError:
            return {}

    async def read_list_soon(self, body: bytes, find: Find, outlet: Outlet, *rest: Any) -> ListAnswer:
        """As `crawler.find.discover.read_list`; DiscoverError also where that takes too long."""
        job = _ListJob(outlet.slug, body, find, rest)
        future = asyncio.wrap_future(self._thread.submit(self._worker.call, job))
        await asyncio.wait([future])
        try:
            answer: ListAnswer = future.result()
        except OverBudgetError as error:
            raise DiscoverError(f"reading it {error}") from None
        return answer

    # --- one question -------------------------------------------------------------------------------

    def _ask(self, question: str, page: Page, outlet: Outlet) -> Any:
        return self._worker.call(_Job(question, page, outlet.slug))

    async def _ask_soon(self, question: str, page: Page, outlet: Outlet) -> Callable[[], Any]:
        """What gives the answer or raises what was raised."""
        future = asyncio.wrap_future(self._thread.submit(self._ask, question, page, outlet))
        await asyncio.wait([future])
        return future.result

    def _recall(self, page: Page, outlet: Outlet) -> Refusal | None:
        """What came of a page the last time that this reader tried, where that is worth no other try."""
        known = self._in_vain.get(page.url)
        if known and (known.digest, known.reader_version) == (_digest(page), reader_version(outlet)):
            return Refusal(reason=known.reason, detail=f"{known.detail} (passed over)")
        return None

    def _settle(self, page: Page, outlet: Outlet, answer: Callable[[], Any]) -> Article | Refusal:
        try:
            result: Article | Refusal = answer()
        except OverBudgetError as error:
            return self._note(page, outlet, "over-budget", one_line(error))
        except Exception as error:
            log.exception("%s: %s could not be read", outlet.slug, page.url)
            return self._note(page, outlet, "error", one_line(f"{type(error).__name__}: {error}"))
        if self._in_vain.pop(page.url, None):
            self._store.settle_page(page.url)
        return result

    def _guard(self, page: Page, outlet: Outlet, answer: Callable[[], T], instead: T) -> T:
        """The answer, or `instead` where there is none: then the page as a whole is passed over."""
        try:
            return answer()
        except OverBudgetError as error:
            self._note(page, outlet, "over-budget", one_line(error))
            return instead

    def _note(self, page: Page, outlet: Outlet, reason: Reason, detail: str) -> Refusal:
        if reason == "over-budget":
            log.warning("%s: %s is passed over: reading it %s", outlet.slug, page.url, detail)
        version, digest = reader_version(outlet), _digest(page)
        self._in_vain[page.url] = KnownPage(digest, version, reason, detail)
        self._store.save_reading_problem(
            ReadingProblem(
                url=page.url,
                outlet=outlet.slug,
                reason=reason,
                detail=detail[:300],
                digest=digest,
                reader_version=version,
                budget=self._budget,
                noted_at=datetime.now(WIB),
            )
        )
        return Refusal(reason=reason, detail=detail)


def _answer(job: _Job | _ListJob, outlets: Mapping[str, Outlet]) -> Any:
    if isinstance(job, _ListJob):
        return read_list(job.body, job.find, outlets[job.outlet], *job.rest)
    return _QUESTIONS[job.question](job.page, outlets[job.outlet]) if job.question else None


def _digest(page: Page) -> str:
    """The same for the same texts, with or without the further pages: those come and go with the network."""
    return hashlib.sha256(page.html.encode("utf-8", "surrogatepass")).hexdigest()[:16]
