"""Every record that the database points to in the archive: there, and with the digest that was noted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from db.checks.damage import Tally
from db.errors import StoreError

#: (file, offset of a record) -> the digest that its payload was found to have, "" where it names none.
#: Raises a StoreError where it can't be read, or has another payload than its digest says.
Verify = Callable[[Path, int], str]

_POINTERS = """
SELECT warc_file, warc_offset, warc_digest, 'article ' || id FROM articles WHERE warc_file IS NOT NULL
UNION ALL
SELECT warc_file, warc_offset, warc_digest, 'a version of article ' || article FROM article_versions
WHERE warc_file IS NOT NULL
UNION ALL
SELECT warc_file, warc_offset, warc_digest, 'the answer of ' || url FROM fetches WHERE warc_file IS NOT NULL
ORDER BY 1, 2, 3
"""


def check_archive(conn: sqlite3.Connection, tally: Tally, archive: Path, verify: Verify) -> None:
    """Files that are missing though retention did not remove them, and records with another payload."""
    pruned = {name for (name,) in conn.execute("SELECT file FROM pruned_files")}
    for file, rows in groupby(conn.execute(_POINTERS), key=itemgetter(0)):
        path = archive / file
        if path.exists():
            _check_file(tally, path, rows, verify)
        elif file not in pruned:
            count, first = 1, next(rows)[3]
            count += sum(1 for _ in rows)
            tally.add(
                f"the archive {archive} lacks {file}, to which {count} rows point",
                first,
                "look for it in a copy of the archive",
            )


def _check_file(tally: Tally, path: Path, rows: Iterator[tuple[str, int, str, str]], verify: Verify) -> None:
    advice = f"take {path.name} from a copy of the archive"
    for offset, of_record in groupby(rows, key=itemgetter(1)):
        try:
            found = verify(path, offset)
        except StoreError as error:
            why = str(error).replace(str(path), path.name)
            for row in of_record:
                tally.add(
                    "a page of the archive can't be read as it was archived", f"{row[3]}: {why}", advice
                )
            continue
        for row in of_record:
            if row[2] != found:
                tally.add("a page of the archive has another digest than noted", row[3], advice)
