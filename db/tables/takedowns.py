"""Take-downs: people and articles that are removed and not kept again. What is noted of them holds no name.

A name or an address is known by a salted digest only. Every article passes here before it is stored: an
address that was taken down is refused, and a name is blacked out, letter by letter; its offsets stay true.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from db.claim_kinds import CLAIM_TYPES
from db.errors import StoreError
from db.file.session import Session
from db.records import Article

#: The log, beside the corrections: under version control, so that it holds for a restored database too.
FILE_NAME = "takedowns.jsonl"
#: Stands for each letter that was removed.
BLACK = "█"

_WORD = re.compile(r"\w+")
_TEXTS = ("title", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """One removal. `digest` is of the folded name or address with `salt`."""

    id: str
    kind: Literal["person", "article"]
    salt: str
    digest: str
    words: int  # of the name
    made_on: str  # "2026-11-24"
    why: str

    def is_meant(self, text: str) -> bool:
        """Whether a name or an address is the one that was taken down."""
        return _digest(self.salt, text) == self.digest


def make_takedown(kind: Literal["person", "article"], what: str, why: str, on: date) -> Takedown:
    """A removal of a person's name or an article's address; raises `StoreError` where its reason tells it."""
    words = _fold(what)
    if not words or not why.strip():
        raise StoreError("a take-down needs a name or an article, and a reason")
    if words in _fold(why) or (kind == "person" and len(words.split()) < 2):
        raise StoreError(
            "the reason must not hold the name: it stays in the log"
            if words in _fold(why)
            else "give the person's full name, two words or more: a single one is many people's"
        )
    salt = secrets.token_hex(16)
    return Takedown(
        id=secrets.token_hex(8),
        kind=kind,
        salt=salt,
        digest=_digest(salt, what),
        words=len(words.split()),
        made_on=on.isoformat(),
        why=why.strip(),
    )


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _digest(salt: str, text: str) -> str:
    return hashlib.blake2b(_fold(text).encode(), key=bytes.fromhex(salt), digest_size=32).hexdigest()


def black_out(text: str, takedowns: Iterable[Takedown]) -> str:
    """The text with the names of those who were taken down blacked out; as long as before."""
    words = list(_WORD.finditer(text))
    for one in takedowns:
        if one.kind != "person":
            continue
        seen: dict[str, bool] = {}
        for at in range(len(words) - one.words + 1):
            row = words[at : at + one.words]
            name = " ".join(word[0].casefold() for word in row)
            if name not in seen:
                seen[name] = one.is_meant(name)
            if seen[name]:
                begin, end = row[0].start(), row[-1].end()
                text = text[:begin] + _WORD.sub(lambda m: BLACK * len(m[0]), text[begin:end]) + text[end:]
    return text


def read_log(folder: Path) -> list[Takedown]:
    """The log's removals, none where there is no log; raises `StoreError` on a line that is none."""
    path = folder / FILE_NAME
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            found.append(Takedown(**json.loads(line)))
        except (ValueError, TypeError):
            raise StoreError(f"{path}, line {number}: no take-down; restore the line") from None
    return found


def write_log(folder: Path, takedown: Takedown) -> None:
    """Add a removal to the log."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(takedown), ensure_ascii=False) + "\n")


class TakedownTables(Session):
    """Keeps removals, and keeps out what they name."""

    def takedowns(self) -> list[Takedown]:
        """Every removal that holds."""
        columns = "id, kind, salt, digest, words, made_on, why"
        return [Takedown(**dict(row)) for row in self._all(f"SELECT {columns} FROM takedowns ORDER BY id")]

    def save_takedowns(self, takedowns: Sequence[Takedown]) -> list[str]:
        """Bring the removals to those given, carry out the new ones; ids of the articles that they met.

        One that is no longer given holds no more; what it removed comes back with the next crawl only.
        """
        known = {one.id for one in self.takedowns()}
        met: list[str] = []
        with self.transaction():
            for gone in known - {one.id for one in takedowns}:
                self.db.execute("DELETE FROM takedowns WHERE id = ?", [gone])
            for one in takedowns:
                if one.id not in known:
                    self._insert("takedowns", asdict(one))
                    met += self._carry_out(one)
        if met:
            self._forget()
        return met

    def _carry_out(self, one: Takedown) -> Iterator[str]:
        if one.kind == "article":
            rows = self._all("SELECT id, url FROM articles")
            for row in [row for row in rows if one.is_meant(row["url"]) or one.is_meant(row["id"])]:
                self.db.execute("UPDATE fetches SET outcome = 'taken-down' WHERE url = ?", [row["url"]])
                self.db.execute("DELETE FROM articles WHERE id = ?", [row["id"]])
                yield row["id"]
            return
        for (key,) in self._all("SELECT id FROM articles"):
            if self._black_out_article(key, one):
                yield key

    def _black_out_article(self, article: str, one: Takedown) -> bool:
        """Black a name out in an article and its older texts; its claims are to be found again."""
        met = self._black_out_rows("articles", "id", article, (*_TEXTS, "authors", "editor", "tags"), one)
        met = self._black_out_rows("article_versions", "article", article, _TEXTS, one) or met
        if met:
            for table in (
                *CLAIM_TYPES,
                "evidence",
                "ambiguous_areas",
                "sentences",
                "private_words",
                "likely",
            ):
                self.db.execute(f"DELETE FROM {table} WHERE article = ?", [article])
            self.db.execute("DELETE FROM extractions WHERE article = ?", [article])
        return met

    def _black_out_rows(
        self, table: str, key: str, article: str, columns: Sequence[str], one: Takedown
    ) -> bool:
        met = False
        for row in self._all(f"SELECT rowid AS place, * FROM {table} WHERE {key} = ?", [article]):
            for column in columns:
                if (text := black_out(row[column], [one])) != row[column]:
                    self.db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [text, row["place"]])
                    met = True
        return met

    def _forget(self) -> None:
        """Leave nothing of what was deleted in the file's free pages, its indexes and its log."""
        for index in ("articles_fts", "sentences_fts"):
            self.db.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        self.db.conn.commit()
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def is_taken_down(self, article: Article, takedowns: Iterable[Takedown]) -> bool:
        """Whether an article is not to be stored."""
        return any(
            one.kind == "article" and (one.is_meant(article.url) or one.is_meant(article.id))
            for one in takedowns
        )


def without_taken_down(article: Article, takedowns: Sequence[Takedown]) -> Article:
    """An article as it may be stored."""
    people = [one for one in takedowns if one.kind == "person"]
    if not people:
        return article
    changes: dict[str, Any] = {
        name: black_out(getattr(article, name), people) for name in (*_TEXTS, "editor")
    }
    for name in ("authors", "tags"):
        changes[name] = tuple(black_out(word, people) for word in getattr(article, name))
    return replace(article, **changes)
