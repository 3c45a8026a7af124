"""What the operator can mend: each message is one line that says what is wrong and what to do."""

from __future__ import annotations

import sys

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
    "crawler.archive": ("ArchiveError",),
    "crawler.outlet": ("OutletError",),
    "db.errors": ("StoreError",),
    "extract.vocabulary": ("VocabularyError",),
}


def expected_errors() -> tuple[type[Exception], ...]:
    """The exceptions whose message is meant for the operator as it stands."""
    found: list[type[Exception]] = [InputError]
    for module, names in _OF_OTHER_FLOORS.items():
        if module in sys.modules:
            found.extend(getattr(sys.modules[module], name) for name in names)
    return tuple(found)


def explain_os_error(error: OSError) -> str:
    """What the operating system refused, and what to look at."""
    what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
    return f"{what}; check the path, its permissions and the free space"
