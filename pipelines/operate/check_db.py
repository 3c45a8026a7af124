"""What `pantau check-db` does."""

from __future__ import annotations

from pathlib import Path

from crawler.archive.warc_records import ArchiveError, read_record, verify_payload
from db.errors import StoreError
from db.integrity import check_database
from pipelines.command.console import Say, log
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON


def check(db: Path, *, archive: Path | None, say: Say) -> int:
    """Log what is wrong with the database; exit code 1 where anything is."""
    problems = check_database(db, archive=archive, verify=_verify)
    for problem in problems:
        log.error("%s: %s", db, problem)
    if problems:
        found = f"{len(problems)} kind{'' if len(problems) == 1 else 's'} of damage"
        say(f"{db}: {found}; docs/operations.md tells how to restore a copy")
        return EXIT_NEEDS_A_PERSON
    say(f"{db}: sound")
    return EXIT_DONE


def _verify(path: Path, offset: int) -> str:
    try:
        return verify_payload(read_record(path, offset))
    except ArchiveError as error:
        raise StoreError(str(error)) from error
