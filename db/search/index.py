"""Builds the search's index of a database: what was said, and what has a name and a page of its own.

Two full-text indexes and what belongs to them, in the `main` file of a connection; the tables that they are
built from stand in the same file or in an attached one.

search_fts            a document is a sentence that bears claims, or an article by its title: `words` are the
                      stems of what was printed, `about` those of what it is about (headline, places, terms),
                      `marks` what it can be narrowed by, a word each, as `mark` spells it. The newest
                      document has the highest rowid.
search_fts_documents  which sentence, or which article, a document is
search_fts_terms      in how many documents a word stands
names_fts             a place, pillar, agency, office, official or outlet under all of its names
words_fts             the words of these names in pieces of three letters, for mistyped ones
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from db.search.words import split_words, stems_of

#: Names of columns and values of a row of the database -> the values as readers see them.
Hide = Callable[[Sequence[str], tuple[Any, ...]], tuple[Any, ...]]

#: Bands of a claim's confidence, by their lowest value.
BANDS = (0.9, 0.7, 0.5, 0.0)

TABLES = """
CREATE VIRTUAL TABLE main.search_fts USING fts5(words, about, marks, content = '', tokenize = 'unicode61');
CREATE TABLE main.search_fts_documents (id INTEGER PRIMARY KEY, sentence_id INTEGER, article TEXT);
CREATE TABLE main.search_fts_terms (term TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE main.names_fts USING fts5(
    name, names, detail, kind UNINDEXED, key UNINDEXED, stories UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE main.words_fts USING fts5(word, tokenize = 'trigram');
"""

_CLAIMS = """
SELECT a.article, a.title, a.outlet, a.published_on, c.sentence, c.sentence_id, c.kind, c.label,
       c.regency_code, c.kecamatan_code, c.pillar, c.agency_type, c.confidence {text}
FROM relevant_articles AS a
LEFT JOIN all_claims AS c ON c.article = a.article AND c.programme = a.programme
{texts} ORDER BY a.published_on, a.article, c.sentence_id, c.kind, c.id
"""

#: Kind of name -> its rows: name, other names (JSON), where it is or what it does, key, stories.
_NAMES = {
    "regency": "SELECT name, '[]', '', code, 3 FROM regencies ORDER BY code",
    "kecamatan": "SELECT k.name, '[]', g.name, k.code, 2 FROM kecamatan AS k "
    "JOIN regencies AS g ON g.code = k.regency_code ORDER BY k.code",
    "village": "SELECT v.name, '[]', k.name || ', ' || g.name, k.code, 0 FROM villages AS v "
    "JOIN kecamatan AS k ON k.code = v.kecamatan_code "
    "JOIN regencies AS g ON g.code = k.regency_code ORDER BY v.code",
    "pillar": "SELECT name, json_insert(spellings, '$[#]', name_en), description, id, 9 FROM pillars "
    "ORDER BY id",
    "agency": "SELECT name, json_insert(spellings, '$[#]', name_en), '', id, 5 FROM agency_types ORDER BY id",
    "office": "SELECT name, names, region, office, stories FROM offices ORDER BY office",
    "outlet": "SELECT name, '[]', slug, slug, 1 FROM outlets ORDER BY slug",
}
_OFFICIALS = "SELECT article, name, slug, names, roles, stories FROM officials ORDER BY slug"


def mark(group: str, value: str) -> str:
    """A value of a facet as one word that no text holds: ("regency", "33.03") is "zregencyz3303"."""
    return f"z{group}z{''.join(split_words(value))}"


def band_of(confidence: float) -> str:
    """The band of a confidence, by its lowest value: 0.93 is in "0.9"."""
    return str(next(lowest for lowest in BANDS if confidence >= lowest))


def create_index(db: Database) -> None:
    """The index, empty."""
    for statement in filter(str.strip, TABLES.split(";\n")):
        db.execute(statement)


def build_index(db: Database, hide: Hide | None = None) -> None:
    """Make the index and fill it; `hide` masks private words, where the tables hold any."""
    create_index(db)
    terms = _read_terms(db)
    rows = _documents(_read(db, _claims_query(db), hide), terms)
    for number, (sentence, article, document) in enumerate(rows, start=1):
        db.execute("INSERT INTO main.search_fts_documents VALUES (?, ?, ?)", [number, sentence, article])
        db.execute(
            "INSERT INTO main.search_fts (rowid, words, about, marks) VALUES (?, ?, ?, ?)",
            [number, *document],
        )
    db.execute("INSERT INTO main.search_fts (search_fts) VALUES ('optimize')")
    db.execute("CREATE VIRTUAL TABLE temp.search_words USING fts5vocab(main, search_fts, row)")
    db.execute("INSERT INTO main.search_fts_terms SELECT term, doc FROM temp.search_words ORDER BY term")
    db.execute("DROP TABLE temp.search_words")
    _fill_names(db, hide)


def _claims_query(db: Database) -> str:
    """A working file's articles are found by their texts, too."""
    columns = {row[1] for row in db.execute("PRAGMA table_xinfo(articles)").fetchall()}
    if "text" not in columns:
        return _CLAIMS.format(text="", texts="")
    return _CLAIMS.format(text=", t.text", texts="JOIN articles AS t ON t.id = a.article")


def _read(db: Database, sql: str, hide: Hide | None) -> Iterator[dict[str, Any]]:
    cursor = db.execute(sql)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        values = hide(names, tuple(row)) if hide else tuple(row)
        yield dict(zip(names, values, strict=True))


def _read_terms(db: Database) -> dict[str, dict[str, str]]:
    """Column of a claim -> its key -> the words that it stands for."""
    terms: dict[str, dict[str, str]] = {}
    for column, sql in (
        ("regency_code", "SELECT code, name FROM regencies"),
        ("kecamatan_code", "SELECT code, name FROM kecamatan"),
        ("pillar", "SELECT id, name || ' ' || name_en || ' ' || id FROM pillars"),
        ("agency_type", "SELECT id, name || ' ' || name_en FROM agency_types"),
    ):
        terms[column] = dict(tuple(row) for row in db.execute(sql).fetchall())
    return terms


def _documents(
    rows: Iterable[dict[str, Any]], terms: dict[str, dict[str, str]]
) -> Iterator[tuple[int | None, str | None, tuple[str, str, str]]]:
    """(sentence, article, document) of each article, then of each of its sentences; one of the first two."""
    for article, claims in groupby(rows, key=lambda row: row["article"]):
        said = list(claims)
        first = said[0]
        printed = f"{first['title']} {first.get('text') or ''}"
        marks = {mark("kind", "articles"), *(word for row in said for word in _marks(row | {"kind": ""}))}
        about = " ".join(dict.fromkeys(word for row in said for word in _about(row, terms)))
        yield None, article, (_join(printed), about, " ".join(sorted(marks)))
        for sentence, together in groupby(said, key=lambda row: row["sentence_id"]):
            if sentence is None:
                continue
            alike = list(together)
            about = " ".join(
                dict.fromkeys([*stems_of(first["title"]), *(w for row in alike for w in _about(row, terms))])
            )
            marks = {word for row in alike for word in (*_marks(row), _band(row))}
            yield sentence, None, (_join(alike[0]["sentence"]), about, " ".join(sorted(marks)))


def _join(text: str) -> str:
    return " ".join(stems_of(text))


def _band(row: dict[str, Any]) -> str:
    return mark("band", band_of(row["confidence"] or 0.0))


def _marks(row: dict[str, Any]) -> list[str]:
    given = {
        "kind": row["kind"],
        "regency": row["regency_code"],
        "pillar": row["pillar"],
        "outlet": row["outlet"],
        "month": (row["published_on"] or "")[:7],
    }
    return [mark(group, value) for group, value in given.items() if value]


def _about(row: dict[str, Any], terms: dict[str, dict[str, str]]) -> list[str]:
    """Stems of what a claim says, and of the places and terms that it is about."""
    names = [names[row[column]] for column, names in terms.items() if row[column] in names]
    return [stem for text in (row["label"] or "", *names) for stem in stems_of(text)]


def _fill_names(db: Database, hide: Hide | None) -> None:
    words: set[str] = set()
    officials = (
        (row["name"], row["names"], "; ".join(json.loads(row["roles"])), row["slug"], row["stories"])
        for row in _read(db, _OFFICIALS, hide)
        if "[" not in row["name"]  # which was hidden
    )
    kinds: dict[str, Iterable[Sequence[Any]]] = {
        kind: db.execute(sql).fetchall() for kind, sql in _NAMES.items()
    }
    for kind, rows in (kinds | {"official": officials}).items():
        for name, names, detail, key, stories in rows:
            others = [other for other in json.loads(names) if other]
            db.execute(
                "INSERT INTO main.names_fts (name, names, detail, kind, key, stories) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [name, "; ".join(others), detail, kind, key, stories],
            )
            words.update(word for text in (name, *others) for word in split_words(text))
    for word in sorted(words):
        if len(word) > 3 and word.isalpha():
            db.execute("INSERT INTO main.words_fts (word) VALUES (?)", [word])
    for index in ("names_fts", "words_fts"):
        db.execute(f"INSERT INTO main.{index} ({index}) VALUES ('optimize')")
