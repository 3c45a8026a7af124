"""One archive and one index a process: the outlets of a run write into the same file, and read from one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.archive.read import Replay, normal_url, open_archive
from crawler.archive.warc_records import ArchiveError
from crawler.archive.write import WarcArchive
from crawler.manners.hosts import hosts_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


_closing: set[asyncio.Future[None]] = set()  # asyncio itself holds on to none


def end_crawl(crawler: Crawler, reason: str) -> None:
    """Ask for nothing more, and close the spider when what is under way has ended; once a crawl."""
    hosts = hosts_of(crawler)
    if not hosts.ended:
        hosts.ended = True
        closing = asyncio.ensure_future(_close(crawler, reason))
        _closing.add(closing)
        closing.add_done_callback(_closing.discard)


async def _close(crawler: Crawler, reason: str) -> None:
    if crawler.engine is not None and crawler.engine.spider is not None:  # else it has ended by itself
        await crawler.engine.close_spider_async(reason=reason)


class Shared:
    """One archive and one index a process: the outlets of a run write into the same file."""

    def __init__(self) -> None:
        self.archives: dict[Path, tuple[WarcArchive, list[Crawler | None]]] = {}
        self.failures: dict[Path, ArchiveError] = {}
        self.replays: dict[tuple[str, ...], tuple[Replay, int]] = {}

    def open_archive(self, folder: Path, settings: BaseSettings, user: Crawler | None) -> WarcArchive:
        if folder not in self.archives:
            info = {"http-header-user-agent": settings["USER_AGENT"], "robots": "obey"}
            self.archives[folder] = (WarcArchive(folder, info=info), [])
        archive, users = self.archives[folder]
        users.append(user)
        return archive

    def fail_archive(self, folder: Path, error: ArchiveError) -> None:
        """End every crawl that writes there: what is not archived could never be shown again."""
        self.failures.setdefault(folder, error)
        for crawler in self.archives[folder][1]:
            if crawler is not None:
                end_crawl(crawler, "archive-error")

    def close_archive(self, folder: Path, user: Crawler | None) -> ArchiveError | None:
        """Give it back; to the last user, what went wrong with it."""
        archive, users = self.archives[folder]
        users.remove(user)
        if users:
            return None
        del self.archives[folder]
        try:
            archive.close()
        except ArchiveError as error:  # the next crawl makes the index that is missing
            self.failures.setdefault(folder, error)
        return self.failures.pop(folder, None)

    def open_replay(self, paths: tuple[str, ...]) -> Replay:
        replay, users = self.replays.get(paths) or (open_archive(paths), 0)
        self.replays[paths] = (replay, users + 1)
        return replay

    def close_replay(self, paths: tuple[str, ...]) -> None:
        replay, users = self.replays.pop(paths)
        if users > 1:
            self.replays[paths] = (replay, users - 1)


shared = Shared()


@contextmanager
def hold_replay(paths: Sequence[Path | str]) -> Iterator[Sequence[str]]:
    """Read the index of WARC files once for all crawls of a run; raises ArchiveError before any starts.

    Yields what is wrong with the files, a line each.
    """
    names = tuple(str(p) for p in paths)
    warnings = shared.open_replay(names).warnings if names else ()
    try:
        yield warnings
    finally:
        if names:
            shared.close_replay(names)


@contextmanager
def hold_archive(settings: BaseSettings) -> Iterator[None]:
    """Open the archive once for all crawls of a run; raises ArchiveError where it can't be written.

    It does so before any crawl starts, or when an archive that fails in between has ended all of them.
    """
    folder = Path(settings["PANTAU_ARCHIVE"])
    shared.open_archive(folder, settings, None)
    try:
        yield
    finally:
        failure = shared.close_archive(folder, None)
    if failure is not None:
        raise failure


def find_replayed(paths: Sequence[str], url: str) -> datetime | None:
    """When the answer that a replay under way has for an address was fetched; None: it lacks the address."""
    replay, _ = shared.replays[tuple(paths)]
    place = replay.places.get(normal_url(url))
    return place.at if place else None
