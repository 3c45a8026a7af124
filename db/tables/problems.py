"""What could not be read or extracted, and by what: it is passed over until something of that changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import NamedTuple

from db.file.rows import to_text
from db.file.session import Session
from db.records import ExtractionProblem, ReadingProblem, Reason

#: What had fewer seconds than there are now. What ran out of something else had enough of them.
_HAD_LESS = "DELETE FROM {table} WHERE reason = 'over-budget' AND budget > 0 AND (:now = 0 OR budget < :now)"
_TABLES = ("reading_problems", "extraction_problems")


class KnownPage(NamedTuple):
    """What was tried on a page in vain, with what, and what came of it."""

    digest: str
    reader_version: str
    reason: Reason
    detail: str


class ProblemTables(Session):
    """Saves and reads what is passed over."""

    def save_reading_problem(self, problem: ReadingProblem) -> None:
        self._save_problem("reading_problems", asdict(problem), "url")

    def save_extraction_problem(self, problem: ExtractionProblem) -> None:
        self._save_problem("extraction_problems", asdict(problem), "article, programme")

    def _save_problem(self, table: str, row: dict[str, object], key: str) -> None:
        noted_at = to_text(row["noted_at"], "noted_at")  # type: ignore[arg-type]  # a moment in both records
        with self.transaction():
            self._upsert(table, [row | {"noted_at": noted_at}], key=key)

    def pages_in_vain(self) -> Mapping[str, KnownPage]:
        """Address -> what was tried on its page in vain."""
        rows = self._all("SELECT url, digest, reader_version, reason, detail FROM reading_problems")
        return {url: KnownPage(*known) for url, *known in rows}

    def settle_page(self, url: str) -> None:
        """Note that a page could be read after all."""
        with self.transaction():
            self.db.execute("DELETE FROM reading_problems WHERE url = ?", [url])

    def grant_budget(self, seconds: float) -> None:
        """Let everything be tried again that was given up for having had fewer seconds; 0 is no bound."""
        with self.transaction():
            for table in _TABLES:
                self.db.execute(_HAD_LESS.format(table=table), {"now": seconds})

    def count_problems(self) -> dict[str, dict[str, int]]:
        """Table of problems -> reason -> how many are passed over."""
        return {
            table: dict(self._pairs(f"SELECT reason, count(*) FROM {table} GROUP BY reason ORDER BY reason"))
            for table in _TABLES
        }
