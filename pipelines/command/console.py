"""What a person or a cron mail sees: log lines and progress on standard error, one look for all verbs.

Where a folder for logs is configured, the same lines go into a file a day, each with the id of its run.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from tqdm import tqdm

from db.records import WIB

T = TypeVar("T")

#: Tells one line of result to whoever called.
Say = Callable[[str], None]

log = logging.getLogger("pantau")

#: Attribute of a record that is for the log file alone: what its JSON has beside the message.
FILE_ONLY = "pantau_file_only"

#: Characters of a log line without `--verbose`: libraries print whole pages into theirs.
LONGEST = 400

#: Seconds between two progress lines where no terminal can show a bar.
PROGRESS_EVERY = 30.0


class _Handler(logging.Handler):
    """Writes above a progress bar, not through it, and to the standard error of the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, FILE_ONLY):
            return
        try:
            tqdm.write(self.format(record), file=sys.stderr)
        except Exception:  # noqa: BLE001 - as logging does it: a failing log line must not end the run
            self.handleError(record)


class _LogFile(logging.FileHandler):
    """A log file. What can't be written to it is told once, in one line, and ends nothing."""

    told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        if not self.told:
            self.told = True
            error = sys.exc_info()[1]
            why = getattr(error, "strerror", None) or error
            print(f"pantau: warning: {self.baseFilename} can't be written: {why}", file=sys.stderr)

    def close(self) -> None:
        with suppress(OSError):  # of what could not be written before
            super().close()


class _Formatter(logging.Formatter):
    """One line an event; the traceback of an exception only with `--verbose`."""

    def __init__(self, *, verbose: bool, run: str = "") -> None:
        name = f"[{run}] %(name)s" if run else "%(name)s"
        super().__init__(f"%(asctime)s %(levelname)s {name}: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
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
        return f"{line}: {_name_error(record)} (--verbose shows where)"


class _JsonFormatter(logging.Formatter):
    """One JSON object an event: time, level, logger, run, verb, message, and what was raised."""

    def __init__(self, *, verbose: bool, run: str, verb: str) -> None:
        super().__init__()
        self.verbose, self.run, self.verb = verbose, run, verb

    def format(self, record: logging.LogRecord) -> str:
        message = one_line(record.getMessage())
        entry = {
            "time": datetime.fromtimestamp(record.created, WIB).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "run": self.run,
            "verb": self.verb,
            "message": message if self.verbose else _shorten(message),
            **getattr(record, FILE_ONLY, {}),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info) if self.verbose else _name_error(record)
        return json.dumps(entry, ensure_ascii=False)


def _name_error(record: logging.LogRecord) -> str:
    kind, error = record.exc_info[:2] if record.exc_info else (None, None)
    return f"{kind.__name__ if kind else 'Exception'}: {_shorten(one_line(error))}"


def new_run_id() -> str:
    """A name for a run that sorts by time, to the microsecond, and that no other has."""
    return f"{datetime.now(WIB):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}"


def setup_logging(
    *,
    quiet: bool,
    verbose: bool,
    as_json: bool = False,
    run: str = "",
    verb: str = "",
    folder: Path | None = None,
) -> None:
    """Warnings alone with `quiet`, every detail with `verbose`, the steps of the work otherwise.

    With `folder`, a file of the day in it gets every line from INFO on, whatever `quiet` says.
    """
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    terminal = _Handler(level)
    plain: logging.Formatter = _Formatter(verbose=verbose)
    filed: logging.Formatter = _Formatter(verbose=verbose, run=run)
    if as_json:
        plain = filed = _JsonFormatter(verbose=verbose, run=run, verb=verb)
    terminal.setFormatter(plain)
    handlers: list[logging.Handler] = [terminal]
    if folder is not None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"pantau-{datetime.now(WIB):%Y-%m-%d}.log"
        path.touch(mode=0o600)  # it names addresses of what was off the topic
        file = _LogFile(path, encoding="utf-8")
        file.setLevel(logging.DEBUG if verbose else logging.INFO)
        file.setFormatter(filed)
        handlers.append(file)
        level = min(level, logging.INFO)
    logging.basicConfig(level=level, handlers=handlers, force=True)
    logging.captureWarnings(True)
    for name in ("asyncio", "filelock", "charset_normalizer", "urllib3", "httpx", "htmldate", "trafilatura"):
        # Their detail tells an operator nothing about an outlet.
        logging.getLogger(name).setLevel(logging.WARNING)
    # It prints whole addresses, with their passwords; what came of each is told by who called it.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)


def complain(message: object) -> None:
    """The one line that ends a run which could not be done: for people, or as JSON; and into the file."""
    line = one_line(message)
    handlers = logging.getLogger().handlers
    if any(isinstance(handler.formatter, _JsonFormatter) for handler in handlers):
        log.error("%s", line)
        return
    click.echo(f"pantau: error: {line}", err=True)
    record = log.makeRecord(log.name, logging.ERROR, __file__, 0, line, (), None)
    for handler in handlers:
        if isinstance(handler, logging.FileHandler):
            handler.handle(record)


def _shorten(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def one_line(message: object) -> str:
    """The message with line breaks and repeated spaces folded."""
    return " ".join(str(message).split())


def shows_progress() -> bool:
    """Whether standard error is told how the work goes; a log file alone is not."""
    handlers = [one for one in logging.getLogger().handlers if isinstance(one, _Handler)]
    return log.isEnabledFor(logging.INFO) and all(one.level <= logging.INFO for one in handlers)


def track(items: Iterable[T], *, label: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar on a terminal and a log line every `PROGRESS_EVERY` seconds elsewhere."""
    if not shows_progress():
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


def count_of(count: int, noun: str) -> str:
    """ "no articles", "1 article", "2 articles"."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
