"""What `pantau takedown` does: removes a person or an article, and says what still holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Literal

from db.errors import StoreError
from db.records import WIB
from db.store import Store
from db.tables.takedowns import Takedown, black_out, make_takedown, read_log, write_log
from pipelines.claims.extract import extract_claims
from pipelines.command.console import Say
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.command.lock import hold_lock
from pipelines.worker import BUDGET


def take_down(
    db: Path,
    kind: Literal["person", "article"],
    what: str,
    why: str,
    *,
    corrections: Path,
    vocabulary: Sequence[Path],
    public: Path,
    backups: Path,
    archive: Path,
    budget: float = BUDGET,
    say: Say,
) -> int:
    """Remove it from the database and the public one; 1 where copies or archives still hold it."""
    from db.public.publish import publish

    with hold_lock(db, verb="takedown"), Store(db) as store:
        _check_folder(store, corrections)
        if kind == "article":
            what = _find_address(store, what)
        takedown = make_takedown(kind, what, why, datetime.now(WIB).date())
        pages = _find_pages(store, kind, what, [takedown])
        write_log(corrections, takedown)
        met = store.save_takedowns(read_log(corrections))
        say(f"take-down {takedown.id}: {len(met)} articles of {db} changed or removed")
        code = extract_claims(store, corrections, vocabulary, everything=False, budget=budget, say=say)
        if public.exists():
            publish(db, public, accept_loss=True)
            say(f"{public}: written anew")
    left = [*_find_copies(db, backups, kind, what, takedown), *(archive / page for page in pages)]
    for path in left:
        say(f"{path}: still holds it; remove the file, or let retention do it")
    say("exports, digests and copies that were handed out before are not in reach: tell who has them")
    return max(code, EXIT_NEEDS_A_PERSON if left else EXIT_DONE)


def _check_folder(store: Store, corrections: Path) -> None:
    """Refuse a folder that lacks what the database knows: the wrong one would withdraw it."""
    lacking = {one.id for one in store.takedowns()} - {one.id for one in read_log(corrections)}
    if lacking or (store.count_corrections() and not any(corrections.glob("*.toml"))):
        raise StoreError(
            f"{corrections} lacks corrections or take-downs that {store.path} knows: "
            "name the right folder with --corrections"
        )


def _find_address(store: Store, named: str) -> str:
    """The address of an article that is named by id or address."""
    key = store.find_article(named)
    found = store.article(key) if key else None
    if found is None:
        if "://" in named:
            return named  # never stored, and not to be
        raise StoreError(f"no article {named} in {store.path}: give its address")
    return found.url


def _find_pages(store: Store, kind: str, what: str, takedowns: Sequence[Takedown]) -> list[str]:
    """The WARC files that hold the pages of the articles that are meant."""
    found = set()
    for row in store.db.execute(
        "SELECT id, url, title, text, authors, editor, warc_file FROM articles"
    ).fetchall():
        said = " ".join(row[name] for name in ("title", "text", "authors", "editor"))
        if row["warc_file"] and (
            row["url"] == what if kind == "article" else black_out(said, takedowns) != said
        ):
            found.add(row["warc_file"])
            older = store.db.execute(
                "SELECT DISTINCT warc_file FROM article_versions WHERE article = ? AND warc_file IS NOT NULL "
                "UNION SELECT DISTINCT warc_file FROM fetches WHERE url = ? AND warc_file IS NOT NULL",
                [row["id"], row["url"]],
            ).fetchall()
            found |= {name for (name,) in older}
    return sorted(found)


def _find_copies(db: Path, backups: Path, kind: str, what: str, takedown: Takedown) -> Iterator[Path]:
    """Copies of the database, by `pantau backup` or before an upgrade, that still hold it."""
    older = [*backups.glob("*.db"), *db.parent.glob(f"{db.stem}.before-schema-*.db")]
    for path in sorted({path.resolve(): path for path in older if path.resolve() != db.resolve()}.values()):
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
                if kind == "article":
                    rows = conn.execute("SELECT 1 FROM articles WHERE url = ? LIMIT 1", [what]).fetchall()
                    holds = bool(rows)
                else:
                    texts = conn.execute(
                        "SELECT title || ' ' || text || ' ' || authors || ' ' || editor FROM articles"
                    )
                    holds = any(black_out(text, [takedown]) != text for (text,) in texts)
        except sqlite3.Error:
            continue  # no database of ours
        if holds:
            yield path
