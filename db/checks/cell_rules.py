"""What each column of each table may hold, and the search for cells that hold something else.

A rule is an SQL expression about the column `{c}`. A test asks for a rule for each column of the schema.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import get_args

from db.checks.damage import EXTRACT_AGAIN, RESTORE, Tally
from db.claim_kinds import CLAIM_TYPES, KINDS, ClaimKind, Column
from db.corrections.load import ACTIONS
from db.records import (
    AreaKind,
    EventKind,
    Origin,
    PillarStateName,
    PrivateKind,
    Reason,
    RegencyRole,
    StepOutcome,
    Watch,
)

Rules = Mapping[str, str]


def _one_of(*values: str) -> str:
    return f"{{c}} IN ({', '.join(repr(value) for value in values)})"


def _maybe(rule: str) -> str:
    return f"{{c}} IS NULL OR ({rule})"


def _hex(digits: int) -> str:
    return f"typeof({{c}}) = 'text' AND length({{c}}) = {digits} AND {{c}} NOT GLOB '*[^0-9a-f]*'"


#: Any text, also none; a text that says something.
WORDS = "typeof({c}) = 'text'"
TEXT = "typeof({c}) = 'text' AND {c} <> ''"
COUNT = "typeof({c}) = 'integer' AND {c} >= 0"
FLAG = "typeof({c}) = 'integer' AND {c} IN (0, 1)"
NUMBER = "typeof({c}) IN ('integer', 'real') AND {c} >= 0"
SHARE = "typeof({c}) IN ('integer', 'real') AND {c} BETWEEN 0 AND 1"
#: Where SQLite reckons, the 31st of February is the 3rd of March: the day is reckoned and compared.
DAY = "typeof({c}) = 'text' AND length({c}) = 10 AND date({c}, '+0 days') = {c}"
#: ISO 8601 in WIB.
MOMENT = (
    "typeof({c}) = 'text' AND {c} GLOB '????-??-??T??:??:??*+07:00' AND julianday({c}) IS NOT NULL "
    "AND date(substr({c}, 1, 10), '+0 days') = substr({c}, 1, 10) "
    "AND time(substr({c}, 12, 8)) = substr({c}, 12, 8)"
)
#: "2026", "2026-06", "2026-06-01"; "|" joins a misprint's alternatives.
PARTIAL_DATES = "CASE WHEN typeof({c}) = 'text' THEN are_partial_dates({c}) END"
LIST = "CASE WHEN typeof({c}) = 'text' AND json_valid({c}) THEN json_type({c}) = 'array' END"
OBJECT = "CASE WHEN typeof({c}) = 'text' AND json_valid({c}) THEN json_type({c}) = 'object' END"
LINK = "typeof({c}) = 'text' AND ({c} GLOB 'http://?*' OR {c} GLOB 'https://?*')"
REGENCY = "typeof({c}) = 'text' AND {c} GLOB '[0-9][0-9].[0-9][0-9]'"
KECAMATAN = "typeof({c}) = 'text' AND {c} GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9]'"
VILLAGE = "typeof({c}) = 'text' AND {c} GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9].[0-9][0-9][0-9][0-9]'"
CLAIM_KIND = _one_of(*CLAIM_TYPES)

_WARC: Rules = {
    "warc_file": "({c} IS NULL) = (warc_offset IS NULL) AND (" + _maybe(TEXT) + ")",
    "warc_offset": "({c} IS NULL) = (warc_file IS NULL) AND (" + _maybe(COUNT) + ")",
    # Archives of others may hold records without a digest.
    "warc_digest": "({c} IS NULL) = (warc_file IS NULL) AND "
    "({c} IS NULL OR typeof({c}) = 'text' AND ({c} = '' OR {c} GLOB '?*:?*'))",
}
_PROBLEM: Rules = {
    "reason": _one_of("error", "over-budget", "unstorable"),
    "detail": WORDS,
    "budget": NUMBER,
    "noted_at": MOMENT,
}
_TERM: Rules = {"id": TEXT, "name": TEXT, "name_en": TEXT}
_POINT: Rules = {
    "latitude": "typeof({c}) = 'real' AND {c} BETWEEN -90 AND 90",
    "longitude": "typeof({c}) = 'real' AND {c} BETWEEN -180 AND 180",
}
_CLAIM: Rules = {
    "id": TEXT,
    "article": TEXT,
    "quote": TEXT,
    "sentence": TEXT,
    "field": _one_of("text", "title"),
    "start": COUNT,
    "end": COUNT,
    "rule": TEXT,
    "confidence": SHARE,
    "programme": TEXT,
    "extractor_version": WORDS,
    "sentence_id": COUNT,
    "origin": _one_of(*get_args(Origin)),
    "reason": WORDS,
}
_KEYS: Rules = {
    "regency_code": _maybe(REGENCY),
    "kecamatan_code": _maybe(KECAMATAN),
    "village_code": _maybe(VILLAGE),
    "agency_type": _maybe(TEXT),
}
#: What the column of a claim says -> its rule, where that is not a text.
_SAID: Rules = {
    "count": "typeof({c}) = 'integer'",
    "dates": PARTIAL_DATES,
    "event": _one_of(*get_args(EventKind)),
    "role": _one_of(*get_args(RegencyRole)),
    "state": _one_of(*get_args(PillarStateName)),
}


def _claim(kind: ClaimKind) -> Rules:
    return {
        **_CLAIM,
        **{column.name: _said(column) for column in kind.columns},
        **{key: _KEYS[key] for key in kind.foreign_keys},
    }


def _said(column: Column) -> str:
    rule = _SAID.get(column.says)
    if rule and column.empty == "text":
        rule = f"{{c}} = '' OR ({rule})"
    rule = rule or (WORDS if column.empty == "text" else TEXT)
    return _maybe(rule) if column.empty == "null" else rule


CELLS: Mapping[str, Rules] = {
    "regencies": {"code": REGENCY, "name": TEXT, "kind": _one_of(*get_args(AreaKind)), **_POINT},
    "kecamatan": {
        "code": f"{KECAMATAN} AND substr({{c}}, 1, 5) = regency_code",
        "name": TEXT,
        "regency_code": "{c} = substr(code, 1, 5)",
        **_POINT,
    },
    "villages": {
        "code": f"{VILLAGE} AND substr({{c}}, 1, 8) = kecamatan_code",
        "name": TEXT,
        "kecamatan_code": "{c} = substr(code, 1, 8)",
        "kind": _one_of("desa", "kelurahan"),
    },
    "pillars": {**_TERM, "description": WORDS, "programme": TEXT, "spellings": LIST},
    "agency_types": {**_TERM, "spellings": LIST},
    "measures": {**_TERM, "unit": WORDS, "kind": _one_of("", "status", "all", "units", "money")},
    "outlets": {
        "slug": TEXT,
        "name": TEXT,
        "home": f"{{c}} = '' OR {LINK}",
        "platform": WORDS,
        "confidence": WORDS,
        "invented": FLAG,
    },
    "outlet_regencies": {"outlet": TEXT, "regency_code": REGENCY},
    "crawls": {
        "id": "{c} = run || '/' || outlet",
        "run": "typeof({c}) = 'text' AND id = {c} || '/' || outlet",
        "outlet": "typeof({c}) = 'text' AND id = run || '/' || {c}",
        "started_at": MOMENT,
        "finished_at": _maybe(MOMENT),
        "finish_reason": WORDS,
        "counts": OBJECT,
        "requests": COUNT,
        "bytes": COUNT,
        "problems": LIST,
        "measures": OBJECT,
        "since": _maybe(DAY),
        "until": _maybe(DAY),
        "replayed": FLAG,
        "hidden": WORDS,
    },
    "watched_days": {"outlet": TEXT, "day": DAY, "via": _one_of(*get_args(Watch))},
    "fetches": {
        "id": COUNT,
        "url": LINK,
        "outlet": TEXT,
        "crawl": TEXT,
        "at": MOMENT,
        "status": _maybe("typeof({c}) = 'integer' AND {c} BETWEEN 0 AND 999"),
        "bytes": COUNT,
        "seconds": NUMBER,
        "reason": WORDS,
        "error": WORDS,
        "sent": FLAG,
        "delay": NUMBER,
        "outcome": _one_of("", *get_args(Reason)),
        "published_on": f"{{c}} = '' OR {DAY}",
        "etag": WORDS,
        "last_modified": WORDS,
        **_WARC,
    },
    "articles": {
        "id": TEXT,
        "title": TEXT,
        "outlet": TEXT,
        "published_at": _maybe(MOMENT),
        "published_on": "{c} IS substr(published_at, 1, 10)",
        "url": LINK,
        "authors": LIST,
        "editor": WORDS,
        "section": WORDS,
        "tags": LIST,
        "dateline": WORDS,
        "origin": WORDS,
        "text": WORDS,
        "story": _maybe(TEXT),
        "pages": f"{COUNT} AND {{c}} > 0",
        "missing_pages": COUNT,
        "modified_at": _maybe(MOMENT),
        "fetched_at": _maybe(MOMENT),
        "answered": OBJECT,
        "number": COUNT,
        **_WARC,
    },
    "article_versions": {
        "id": COUNT,
        "article": TEXT,
        "title": WORDS,
        "text": WORDS,
        "published_at": _maybe(MOMENT),
        "modified_at": _maybe(MOMENT),
        "fetched_at": _maybe(MOMENT),
        "replaced_at": MOMENT,
        **_WARC,
    },
    "extractions": {
        "article": TEXT,
        "programme": TEXT,
        "relevant": FLAG,
        "private_read": FLAG,
        "extractor_version": WORDS,
        "extracted_at": MOMENT,
        "origin": _one_of(*get_args(Origin)),
        "reason": WORDS,
    },
    "sentences": {"id": COUNT, "article": TEXT, "sentence": TEXT},
    "evidence": {
        "kind": CLAIM_KIND,
        "claim": TEXT,
        "ordinal": COUNT,
        **{
            name: _CLAIM[name]
            for name in ("article", "quote", "sentence_id", "field", "start", "end", "rule")
        },
    },
    "ambiguous_areas": {
        "kind": CLAIM_KIND,
        "claim": TEXT,
        "code": TEXT,
        "article": TEXT,
        "regency_code": "{c} = substr(code, 1, 5)",
        "kecamatan_code": "{c} IS CASE WHEN length(code) > 5 THEN substr(code, 1, 8) END",
    },
    **{kind.table: _claim(kind) for kind in KINDS},
    "corrections": {
        "id": TEXT,
        "label": TEXT,
        "action": _one_of(*ACTIONS),
        "kind": _one_of("", *CLAIM_TYPES),
        "article": _maybe(TEXT),
        "given_article": WORDS,
        "programme": WORDS,
        "names": LIST,
        "everywhere": FLAG,
        "made_by": TEXT,
        "made_on": DAY,
        "why": TEXT,
    },
    "correction_uses": {
        "correction": "{c} IN (SELECT id FROM corrections)",
        "article": TEXT,
        "programme": TEXT,
        "met": COUNT,
        "problem": WORDS,
    },
    "steps": {
        "id": "{c} = run || '/' || name",
        "run": "typeof({c}) = 'text' AND id = {c} || '/' || name",
        "name": "typeof({c}) = 'text' AND id = run || '/' || {c}",
        "started_at": MOMENT,
        "finished_at": _maybe(MOMENT),
        "exit_code": "({c} IS NULL) = (finished_at IS NULL) AND (" + _maybe(COUNT) + ")",
        "outcome": _one_of(*get_args(StepOutcome)),
        "detail": WORDS,
        "counts": OBJECT,
    },
    "earlier_pilots": {
        "article": TEXT,
        "programme": TEXT,
        "code": KECAMATAN.replace("{c}", "substr({c}, 1, 8)"),
        "published_on": _maybe(DAY),
        "fetched_at": _maybe(MOMENT),
    },
    "private_words": {
        "article": TEXT,
        "programme": TEXT,
        "kind": _one_of(*get_args(PrivateKind)),
        "printed": TEXT,
        "shown": TEXT,
    },
    "likely": {
        "article": TEXT,
        "programme": TEXT,
        "kind": _one_of(*CLAIM_TYPES),
        "claim": OBJECT,
        "confidence": SHARE,
        "quote": TEXT,
        "sentence": TEXT,
        "field": _one_of("text", "title"),
        "start": COUNT,
        "end": COUNT,
    },
    "takedowns": {
        "id": TEXT,
        "kind": TEXT,
        "salt": TEXT,
        "digest": TEXT,
        "words": COUNT,
        "made_on": DAY,
        "why": WORDS,
    },
    "pruned_files": {"file": TEXT, "removed_at": MOMENT, "bytes": COUNT},
    "reading_problems": {
        "url": LINK,
        "outlet": TEXT,
        "digest": _hex(16),
        "reader_version": _hex(12),
        **_PROBLEM,
    },
    "extraction_problems": {"article": TEXT, "programme": TEXT, "extractor_version": WORDS, **_PROBLEM},
}

#: Tables whose rows `pantau extract` makes anew from the articles.
_FOUND_AGAIN = {
    *CLAIM_TYPES,
    *("evidence", "sentences", "ambiguous_areas", "extractions", "private_words", "likely"),
}


def check_cells(conn: sqlite3.Connection, tally: Tally) -> None:
    """Cells that are not what their column may hold: no date, no JSON, no share between 0 and 1."""
    conn.create_function("are_partial_dates", 1, are_partial_dates, deterministic=True)
    for table, rules in CELLS.items():
        present = [row[1] for row in conn.execute(f'PRAGMA table_xinfo("{table}")')]
        columns = [name for name in present if name in rules]
        if not columns:
            continue  # a public database has fewer tables
        sound = {name: _sound(table, name, rules[name]) for name in columns}
        cases = ", ".join(f"NOT {rule}" for rule in sound.values())
        shown = ", ".join(f'"{name}"' for name in columns)
        for row in conn.execute(
            f"SELECT rowid, {cases}, {shown} FROM {table} WHERE NOT ({' AND '.join(sound.values())})"
        ):
            for at, name in enumerate(columns, start=1):
                if row[at]:
                    tally.add(
                        f"{table}.{name} holds what it may not",
                        f"{row[at + len(columns)]!r:.80} in row {row[0]}",
                        EXTRACT_AGAIN if table in _FOUND_AGAIN else RESTORE,
                    )


def _sound(table: str, column: str, rule: str) -> str:
    cell = f'{table}."{column}"'
    return f"(({rule.format(c=cell)}) IS TRUE)"


def are_partial_dates(text: str) -> bool:
    """Whether each part between "|" is a year, a month or a day that there is."""
    return all(_is_partial_date(part) for part in text.split("|"))


def _is_partial_date(text: str) -> bool:
    lengths = {4: "-01-01", 7: "-01", 10: ""}
    if len(text) not in lengths or not text.replace("-", "").isascii():
        return False
    try:
        date.fromisoformat(text + lengths[len(text)])
    except ValueError:
        return False
    return True
