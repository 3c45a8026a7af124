"""The batch steps behind the verbs: each opens the database, does one job and returns an exit code."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.records import CLAIM_TABLES, CrawlReport
from db.store import Store
from pipelines.console import log, one_line, track
from pipelines.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, EXIT_UNUSABLE_INPUT, InputError, expected_errors
from pipelines.lock import hold_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.vocabulary import Vocabulary

#: Tells one line of result to whoever called.
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlScope:
    """Which outlets, which articles, from where. No slug means every outlet, no date no bound."""

    archive: Path
    slugs: tuple[str, ...] = ()
    outlets: tuple[Path, ...] = ()  # folders of outlet files beside the project's own
    since: date | None = None
    until: date | None = None
    replay: tuple[Path, ...] = ()  # WARC files; none means the network
    limit: int | None = None  # articles of one outlet


def public_path(db: Path) -> Path:
    """Where the public database of `db` lies unless told otherwise."""
    return db.with_name("public.db")
