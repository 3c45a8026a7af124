"""What `pantau backup` does, and which old log and WARC files go: never silently, and none by default."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.cdxj import index_path
from db.file.backup import back_up
from db.store import Store
from pipelines.command.console import Say, log
from pipelines.command.errors import EXIT_DONE
from pipelines.command.ledger import record_step, tally
from pipelines.config.load import Config

_DAY = 86_400


def backup(db: Path, folder: Path, *, keep: int, say: Say) -> int:
    """Copy the database, verify the copy, keep the newest `keep`; a crawl may run meanwhile."""
    return record_step(db, "backup", lambda: _back_up(db, folder, keep, say))


def _back_up(db: Path, folder: Path, keep: int, say: Say) -> int:
    made = back_up(db, folder, keep=keep)
    for path in made.removed:
        say(f"{path}: removed, {keep} copies are kept")
    say(f"{made.path}: {made.bytes / 1e6:.1f} MB, verified")
    tally(bytes=made.bytes, removed=len(made.removed))
    return EXIT_DONE


@dataclass(frozen=True, slots=True)
class Retention:
    """How much of a kind of file is kept; 0 is no bound."""

    days: int
    bytes: int

    def choose(self, files: list[Path], now: float) -> list[Path]:
        """The files that go, oldest first: those too old, then the oldest of what is too much.

        The newest always stays, whatever its size. A file of the future (a clock was set back) is new.
        """
        by_age = sorted(files, key=lambda path: (path.stat().st_mtime, path.name))[:-1]
        total = sum(path.stat().st_size for path in files)
        gone = []
        for path in by_age:
            too_old = self.days and now - path.stat().st_mtime > self.days * _DAY
            if not too_old and not (self.bytes and total > self.bytes):
                continue
            gone.append(path)
            total -= path.stat().st_size
        return gone


def prune(store: Store, archive: Path, config: Config, *, say: Say) -> None:
    """Remove the log and WARC files that the configuration lets go, and tell of each."""
    if config.logs is not None:
        for path in _choose(config.logs, "pantau-*.log", config.log_days, config.log_megabytes * 10**6):
            path.unlink()
            say(f"{path}: removed, as [retention] says")
    if config.warc_days or config.warc_gigabytes:
        for path in _choose(archive, "*.warc.gz", config.warc_days, config.warc_gigabytes * 10**9):
            cited = store.count_in_archive(path.name)
            # Known before it is gone: a file that is missing for no reason is damage.
            store.save_pruned(path.name, path.stat().st_size)
            path.unlink()
            index_path(path).unlink(missing_ok=True)
            # A page that a claim rests on is gone for good: also a quiet run tells it.
            log.warning("%s: removed, as [retention] says; it held the pages of %d articles", path, cited)


def _choose(folder: Path, pattern: str, days: int, size: int) -> Iterator[Path]:
    if folder.is_dir() and (days or size):
        yield from Retention(days, size).choose(list(folder.glob(pattern)), time.time())
