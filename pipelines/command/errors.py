"""What the operator can mend: each message is one line that says what is wrong and what to do."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from db.records import StepOutcome
from pipelines.command.lock import LockHeldError

EXIT_DONE = 0
EXIT_NEEDS_A_PERSON = 1
EXIT_UNUSABLE_INPUT = 2
EXIT_LOCKED = 75  # EX_TEMPFAIL of sysexits.h: try again later
EXIT_INTERRUPTED = 130  # as a shell reports Ctrl-C; of SIGTERM, too
EXIT_READER_GONE = 141  # as a shell reports a closed pipe


class InputError(Exception):
    """What was given (a file, a database, a name) cannot be used."""


# The other floors' own errors of this kind. They are looked up among the modules that are loaded
# and not imported: an error of a module that is not loaded cannot be on its way, and `pantau --help`
# must not load Scrapy and spaCy.
_OF_OTHER_FLOORS = {
    "crawler.archive.warc_records": ("ArchiveError",),
    "crawler.outlet.load": ("OutletError",),
    "db.errors": ("StoreError",),
    "extract.vocabulary.load": ("VocabularyError",),
}


def expected_errors() -> tuple[type[Exception], ...]:
    """The exceptions whose message is meant for the operator as it stands."""
    return (InputError, *_loaded(_OF_OTHER_FLOORS))


def _loaded(wanted: Mapping[str, Sequence[str]]) -> tuple[type[Exception], ...]:
    """The exceptions of those modules that are loaded."""
    return tuple(
        getattr(sys.modules[module], name)
        for module, names in wanted.items()
        if module in sys.modules
        for name in names
    )


#: What was refused because its result would be worse than what is there; looked up in the same way.
_REFUSALS = {"db.public.publish": ("BoundError",)}


@dataclass(frozen=True, slots=True)
class Failure:
    """What an exception means to whoever called: exit code, outcome for the ledger, one line."""

    code: int
    outcome: StepOutcome
    message: str


def classify(error: BaseException) -> Failure:
    """What ended a step. An exception that nobody expected is a defect of the program."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return Failure(EXIT_INTERRUPTED, "interrupted", "interrupted; what was done until now is kept")
    if isinstance(error, LockHeldError):
        return Failure(EXIT_LOCKED, "locked", str(error))
    if isinstance(error, _loaded(_REFUSALS)):
        return Failure(EXIT_NEEDS_A_PERSON, "refused", str(error))
    if isinstance(error, expected_errors()):
        return Failure(EXIT_UNUSABLE_INPUT, "failed", str(error))
    if isinstance(error, click.ClickException):
        return Failure(EXIT_UNUSABLE_INPUT, "failed", error.format_message())
    if isinstance(error, OSError):
        return Failure(EXIT_UNUSABLE_INPUT, "failed", explain_os_error(error))
    return Failure(
        EXIT_NEEDS_A_PERSON,
        "defect",
        f"{type(error).__name__}: {error} (a defect; run again with --verbose and report what it prints)",
    )


def explain_os_error(error: OSError) -> str:
    """What the operating system refused, and what to look at."""
    what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
    return f"{what}; check the path, its permissions and the free space"
