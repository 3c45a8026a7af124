"""Every claim against its evidence, its evidence against the article's words, its codes against its names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from db.checks.damage import EXTRACT_AGAIN, Tally
from db.claim_kinds import CLAIM_TYPES
from db.errors import StoreError
from db.tables.claims import ambiguous_codes, claim_id, find_codes, find_keys, key_fields, own_fields

#: A sentence of a public database may be cut at both ends.
CUT = "…"

_FIRST = """
SELECT c.id FROM {table} AS c JOIN evidence AS e ON e.kind = '{table}' AND e.claim = c.id AND e.ordinal = 0
JOIN sentences AS s ON s.id = e.sentence_id
WHERE (c.quote, c.field, c.start, c."end", c.rule, c.article, c.sentence_id, c.sentence)
    IS NOT (e.quote, e.field, e.start, e."end", e.rule, e.article, e.sentence_id, s.sentence)
"""

_BARE = """
SELECT id FROM {table} AS c
WHERE NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.kind = '{table}' AND e.claim = c.id AND e.ordinal = 0)
"""
_ORPHANED = """
SELECT claim FROM evidence AS e
WHERE kind = '{table}' AND NOT EXISTS (SELECT 1 FROM {table} AS c WHERE c.id = e.claim)
"""
_UNEXTRACTED = """
SELECT id FROM {table} AS c WHERE NOT EXISTS (
    SELECT 1 FROM extractions AS e
    WHERE (e.article, e.programme, e.extractor_version) = (c.article, c.programme, c.extractor_version)
)
"""

#: Asked of each kind of claim; {table} stands for it.
_LOOSE = {
    "{table}: a claim without evidence": _BARE,
    "evidence without its claim in {table}": _ORPHANED,
    "{table}: a claim differs from its evidence": _FIRST,
    "{table}: a claim of an extraction that is not there": _UNEXTRACTED,
}
_GAPS = """
SELECT kind || ' ' || claim FROM evidence GROUP BY kind, claim HAVING max(ordinal) <> count(*) - 1
"""
_ELSEWHERE = """
SELECT e.kind || ' ' || e.claim FROM evidence AS e JOIN sentences AS s ON s.id = e.sentence_id
WHERE s.article <> e.article
"""
_UNUSED = """
SELECT sentence FROM sentences AS s WHERE NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.sentence_id = s.id)
"""


def check_claims(conn: sqlite3.Connection, tally: Tally, *, public: bool) -> None:
    """Claims and evidence that do not belong together, or say what their article does not."""
    for table in CLAIM_TYPES:
        for what, sql in _LOOSE.items():
            _count(conn, tally, what.format(table=table), sql.format(table=table))
        _check_meaning(conn, tally, table, public=public)
    _count(conn, tally, "evidence that is not numbered from 0", _GAPS)
    _count(conn, tally, "evidence in a sentence of another article", _ELSEWHERE)
    _count(conn, tally, "a sentence that bears no claim", _UNUSED)
    for article, problem in _misquoted(conn, public=public):
        tally.add(f"misquoted: {problem[0]}", f"article {article}, {problem[1]}", EXTRACT_AGAIN)


def _count(conn: sqlite3.Connection, tally: Tally, what: str, sql: str) -> None:
    for (example,) in conn.execute(sql):
        tally.add(what, str(example)[:80], EXTRACT_AGAIN)


_QUOTES = """
SELECT e.kind, e.claim, e.quote, e.field, e.start, e."end", s.sentence FROM evidence AS e
JOIN sentences AS s ON s.id = e.sentence_id WHERE e.article = :article"""
_LIKELY = """
SELECT kind, 'likely', quote, field, start, "end", sentence FROM likely WHERE article = :article"""


def _misquoted(conn: sqlite3.Connection, *, public: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    """(article, (what, which)) of evidence that is not where it says. A public file has titles alone."""
    text = "NULL" if public else "text"
    quotes = _QUOTES if public else f"{_QUOTES} UNION ALL {_LIKELY}"
    articles = conn.execute(f"SELECT id, title, {text} FROM articles ORDER BY id")
    for article, title, body in articles:
        rows = conn.execute(quotes, {"article": article})
        for kind, claim, quote, field, start, end, sentence in rows:
            source = title if field == "title" else body
            if problem := _find_misquote(source, quote, start, end, sentence, public=public):
                yield article, (problem, f"{kind} {claim}: {str(quote)[:40]!r}")


def _find_misquote(
    source: str | None, quote: str, start: int, end: int, sentence: str, *, public: bool
) -> str:
    """What is wrong with one piece of evidence; "" where nothing is.

    Of a public file it is known that a sentence holds its quote: offsets count the text as it was printed,
    of which private words are hidden.
    """
    if not all(isinstance(text, str) for text in (quote, sentence, source or "")) or not all(
        isinstance(at, int) for at in (start, end)
    ):
        return "evidence of a wrong type"
    if not quote or start < 0 or end <= start or (end - start != len(quote) and not public):
        return "a quote is not as long as its place"
    bare = sentence.removeprefix(CUT).removesuffix(CUT)
    if quote not in bare:
        return "a sentence does not hold its quote"
    if source is None or public:
        return ""
    if source[start:end] != quote:
        return "a quote is not at its place"
    # The sentence that stands around that very place, and not another one with the same words.
    first = max(0, end - len(sentence))
    if source.find(sentence, first, start + len(sentence)) < 0 and (
        sentence == bare or source.find(bare, max(0, end - len(bare)), start + len(bare)) < 0
    ):
        return "a sentence is not around its quote"
    return ""


def _check_meaning(conn: sqlite3.Connection, tally: Tally, table: str, *, public: bool) -> None:
    """Whether a claim's id is that of what it says, and its keys and names are those of its areas.

    In a public file a claim may say less than its id: private words are hidden there.
    """
    own, key = own_fields(table), key_fields(table)
    areas = _Areas(conn)
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    for row in cursor.execute(f"SELECT c.* FROM {table} AS c"):
        values = {name: row[name] for name in own}
        article, programme, *said = map(
            _plain, (row["article"], row["programme"], *(values[name] for name in key))
        )
        if not public and row["id"] != claim_id(str(article), str(programme), table, said):
            tally.add(f"{table}: a claim says what its id does not", f"claim {row['id']}", EXTRACT_AGAIN)
        elif problem := areas.find_problem(table, row, values):
            tally.add(f"{table}: {problem}", f"claim {row['id']}", EXTRACT_AGAIN)
    stray = (
        f"SELECT claim FROM ambiguous_areas AS a WHERE kind = '{table}' AND NOT EXISTS "
        f"(SELECT 1 FROM {table} AS c WHERE c.id = a.claim AND c.article = a.article)"
    )
    _count(conn, tally, f"{table}: an area left open by no claim", stray)


def _plain(value: object) -> object:
    """What JSON can hold: a cell of a wrong type is no claim's."""
    return value if isinstance(value, str | int | float | None) else repr(value)


class _Areas:
    """The names of the official areas, and what a claim's codes make of them."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.names: dict[str, str] = {}
        for table in ("regencies", "kecamatan", "villages"):
            self.names.update(conn.execute(f"SELECT code, name FROM {table}").fetchall())
        self.codes = {name: code for code, name in self.names.items() if len(code) == len("33.03")}

    def find_problem(self, table: str, row: sqlite3.Row, values: Mapping[str, Any]) -> str:
        """In which way codes, keys and names of a claim disagree; "" where they agree."""
        try:
            codes = find_codes(table, values, self.codes)
        except StoreError:
            return "a code is none"
        if any(row[name] != key for name, key in find_keys(table, values, codes).items()):
            return "a key is not that of the name or code beside it"
        if len(codes) > 1 and self._left_open(table, row["id"]) != {
            area["code"] for area in ambiguous_codes(codes)
        }:
            return "the areas left open are not those of its code"
        if values.get("code") and not self._named(values, codes):
            return "a name is not that of its code"
        return ""

    def _left_open(self, table: str, claim: str) -> set[str]:
        rows = self.conn.execute(
            "SELECT code FROM ambiguous_areas WHERE kind = ? AND claim = ?", [table, claim]
        )
        return {code for (code,) in rows}

    def _named(self, values: Mapping[str, Any], codes: list[str]) -> bool:
        """Whether the names that a claim gives are those of its codes, each at its level."""
        levels = {"name": 5, "regency": 5, "kecamatan": 8, "village": 13}
        for field, length in levels.items():
            if not values.get(field) or any(len(code) < length for code in codes):
                continue
            expected = {self.names.get(code[:length]) for code in codes}
            if set(values[field].split("|")) != expected:
                return False
        return True
