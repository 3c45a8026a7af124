"""What a person or a cron mail sees: log lines and progress on standard error, one look for all verbs."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")

log = logging.getLogger("pantau")

#: Characters of a log line without `--verbose`: libraries print whole pages into theirs.
LONGEST = 400

#: Seconds between two progress lines where no terminal can show a bar.
PROGRESS_EVERY = 30.0


class _Handler(logging.Handler):
    """Writes above a progress bar, not through it, and to the standard error of the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            tqdm.write(self.format(record), file=sys.stderr)
        except Exception:  # noqa: BLE001 - as logging does it: a failing log line must not end the run
            self.handleError(record)


class _Formatter(logging.Formatter):
    """One line an event; the traceback of an exception only with `--verbose`."""

    def __init__(self, *, verbose: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self.verbose = verbose

    def format(self, record: logging.LogRecord) -> str:
        if self.verbose:
            return super().format(record)
        bare = logging.makeLogRecord(
            record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None}
        )
        line = _shorten(one_line(super().format(bare)))
        if not record.exc_info:
            return line
        kind, error, _ = record.exc_info
        name = kind.__name__ if kind else "Exception"
        return f"{line}: {name}: {_shorten(one_line(error))} (--verbose shows where)"


def setup_logging(*, quiet: bool, verbose: bool) -> None:
    """Warnings alone with `quiet`, every detail with `verbose`, the steps of the work otherwise."""
    handler = _Handler()
    handler.setFormatter(_Formatter(verbose=verbose))
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in ("asyncio", "filelock", "charset_normalizer", "urllib3", "htmldate", "trafilatura"):
        # Their detail tells an operator nothing about an outlet.
        logging.getLogger(name).setLevel(logging.WARNING)


def _shorten(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def one_line(message: object) -> str:
    """The message with line breaks and repeated spaces folded."""
    return " ".join(str(message).split())


def track(items: Iterable[T], *, label: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar on a terminal and a log line every `PROGRESS_EVERY` seconds elsewhere."""
    if not log.isEnabledFor(logging.INFO):
        yield from items
        return
    if sys.stderr.isatty():
        yield from tqdm(items, desc=label, total=total, file=sys.stderr, dynamic_ncols=True, leave=False)
        return
    last = time.monotonic()
    for count, item in enumerate(items, start=1):
        yield item
        now = time.monotonic()
        if now - last >= PROGRESS_EVERY:
            last = now
            log.info("%s: %d%s done", label, count, f" of {total}" if total else "")
