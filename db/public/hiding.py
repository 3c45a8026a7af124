"""Hides private words in the rows of a database, wherever they are read or copied for others."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from db.claim_kinds import CLAIM_TYPES
from db.public.privacy import Hider
from db.records import PrivateWords

#: Columns that name something and say nothing: keys, codes, dates, places in the archive. What is read
#: AS verbatim is hidden by its reader.
_KEYS = frozenset(
    (
        "id", "article", "claim", "programme", "kind", "outlet", "story", "code", "rule", "field", "origin",
        "extractor_version", "published_at", "published_on", "modified_at", "fetched_at", "extracted_at",
        "warc_file", "warc_digest", "answered", "url", "verbatim",
    )
)  # fmt: skip

#: Seconds for which a site goes on with the private words that it knows.
FRESH = 5.0

_OF_ARTICLE = ("title", "authors", "editor", "section", "tags", "dateline", "origin", "url")


def holds_private(db: Any, schema: str = "main") -> bool:
    """Whether a database is one that may hold private words: a working one."""
    found = db.execute(
        f"SELECT 1 FROM {schema}.sqlite_master WHERE type = 'table' AND name = 'private_words'"
    ).fetchone()
    return found is not None


def load_hiders(db: Any, schema: str = "main") -> dict[str, Hider]:
    """Article -> what hides its private words; none in a public file, which holds none."""
    if not holds_private(db, schema):
        return {}
    found: dict[str, list[PrivateWords]] = {}
    for article, kind, printed, shown in db.execute(
        f"SELECT article, kind, printed, shown FROM {schema}.private_words ORDER BY article, rowid"
    ).fetchall():
        found.setdefault(article, []).append(PrivateWords(kind=kind, printed=printed, shown=shown))
    return {article: Hider(words) for article, words in found.items()}


def hide_address(url: str) -> str:
    """The site of an address that spells a private name."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def hide_row(hider: Hider, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row about an article as readers see it."""
    shown = {
        name: hider.hide(value) if isinstance(value, str) and name not in _KEYS else value
        for name, value in row.items()
    }
    if isinstance(url := row.get("url"), str) and hider.tells(url):
        shown["url"] = hide_address(url)
    return shown


def hide_private(db: Database, hiders: Mapping[str, Hider]) -> None:
    """Hide private words in every row of a public file; people who are no public ones leave it."""
    for article, hider in hiders.items():
        _drop_people(db, article, hider)
        _hide_article(db, article, hider)
        _hide_sentences(db, article, hider)
        for table in (*CLAIM_TYPES, "evidence"):
            _hide_rows(db, table, article, hider)
    db.execute("DELETE FROM main.sentences WHERE id NOT IN (SELECT sentence_id FROM main.evidence)")


def _drop_people(db: Database, article: str, hider: Hider) -> None:
    """What a person decided about somebody's office stays."""
    for row in db.execute("SELECT id, name, origin FROM main.people WHERE article = ?", [article]).fetchall():
        if not is_listed(hider, row["name"], row["origin"]):
            db.execute("DELETE FROM main.people WHERE id = ?", [row["id"]])
            db.execute("DELETE FROM main.evidence WHERE kind = 'people' AND claim = ?", [row["id"]])


def is_listed(hider: Hider, name: str, origin: str) -> bool:
    """Whether somebody may stand in a list of people; a correction lists who holds a small office."""
    return hider.hide(name) == name and (origin == "human" or hider.is_listed(name))


def _hide_article(db: Database, article: str, hider: Hider) -> None:
    columns = ", ".join(_OF_ARTICLE)
    row = db.execute(f"SELECT {columns} FROM main.articles WHERE id = ?", [article]).fetchone()
    if row is None:
        return
    _update(db, "articles", "id = ?", [article], dict(row), hide_row(hider, dict(row)))


def _hide_sentences(db: Database, article: str, hider: Hider) -> None:
    """Hide in the sentences; two that are alike now become one."""
    for row in db.execute("SELECT id, sentence FROM main.sentences WHERE article = ?", [article]).fetchall():
        shown = hider.hide(row["sentence"])
        if shown == row["sentence"]:
            continue
        twin = db.execute(
            "SELECT id FROM main.sentences WHERE article = ? AND sentence = ?", [article, shown]
        ).fetchone()
        if twin is None:
            db.execute("UPDATE main.sentences SET sentence = ? WHERE id = ?", [shown, row["id"]])
            continue
        for table in (*CLAIM_TYPES, "evidence"):
            db.execute(
                f"UPDATE main.{table} SET sentence_id = ? WHERE sentence_id = ?", [twin["id"], row["id"]]
            )


def _hide_rows(db: Database, table: str, article: str, hider: Hider) -> None:
    for row in db.execute(
        f"SELECT rowid AS place, * FROM main.{table} WHERE article = ?", [article]
    ).fetchall():
        values = dict(row)
        place = values.pop("place")
        _update(db, table, "rowid = ?", [place], values, hide_row(hider, values))


def _update(
    db: Database, table: str, where: str, key: list[Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> None:
    changed = {name: value for name, value in new.items() if value != old[name]}
    if changed:
        assignments = ", ".join(f'"{name}" = ?' for name in changed)
        db.execute(f"UPDATE main.{table} SET {assignments} WHERE {where}", [*changed.values(), *key])


class Gate:
    """Hides private words in whatever a connection to a working database reads, by the row's article."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._hiders = load_hiders(db)
        self._version = _read_version(db)

    def refresh(self) -> None:
        """Learn what another connection wrote meanwhile."""
        if (version := _read_version(self._db)) != self._version:
            self._hiders, self._version = load_hiders(self._db), version

    def of(self, article: str) -> Hider:
        """What hides the private words of an article."""
        return self._hiders.get(article) or Hider(())

    def admits(self, table: str, names: Iterable[str], values: Sequence[Any]) -> bool:
        """Whether a row of a table may be shown at all: people who are no public ones may not."""
        if table != "people" or not self._hiders:
            return True
        row = dict(zip(names, values, strict=True))
        hider = self._hiders.get(row["article"])
        return hider is None or is_listed(hider, row["name"], row["origin"])

    def show(self, row: sqlite3.Row) -> dict[str, Any]:
        """A row as readers see it."""
        return hide_row(self.of(row["article"]), dict(row))

    def hide(self, names: Iterable[str], values: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row's values as readers see them."""
        if not self._hiders:
            return values
        row = dict(zip(names, values, strict=True))
        if hider := self._hiders.get(self._find_article(row)):
            row = hide_row(hider, row)
        return tuple(row.values())

    def _find_article(self, row: Mapping[str, Any]) -> Any:
        """The article that a row is about: the label of a reference to a sentence names none."""
        if "article" in row:
            return row["article"]
        key = row.get("id")
        if "sentence" in row and isinstance(key, int):
            found = self._db.execute("SELECT article FROM sentences WHERE id = ?", [key]).fetchone()
            return found[0] if found else None
        return key


def _read_version(db: sqlite3.Connection) -> int:
    """A number that changes whenever another connection writes."""
    version: int = db.execute("PRAGMA data_version").fetchone()[0]
    return version


class Rows:
    """Makes the rows of a site's connection: private words are hidden before anything sees them."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._gate: Gate | None = None
        self._fresh_until = 0.0

    @property
    def gate(self) -> Gate:
        now = time.monotonic()
        if self._gate is None:
            self._gate = Gate(sqlite3.connect(self._uri, uri=True, check_same_thread=False))
        elif now > self._fresh_until:
            self._gate.refresh()
        else:
            return self._gate
        self._fresh_until = now + FRESH
        return self._gate

    def __call__(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        names = [column[0] for column in cursor.description]
        return sqlite3.Row(cursor, self.gate.hide(names, values))
