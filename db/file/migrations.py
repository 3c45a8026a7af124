"""Ordered functions that create and alter tables. One that was released is never edited: add another.

Each runs in one transaction with its record in `_sqlite_migrations` (sqlite-utils) and with
`PRAGMA user_version`, which counts them. Views are no migrations: see `db.file.views`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.errors import StoreError
from db.file.connection import APPLICATION_ID

migrations = Migrations("pantau")

#: What every table of claims has; `evidence` holds all words that bear it, this the strongest of them.
_CLAIM_HEAD = """
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,"""
_CLAIM_TAIL = """
    quote TEXT NOT NULL,
    sentence TEXT NOT NULL,
{keys}    field TEXT NOT NULL CHECK (field IN ('text', 'title')),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    programme TEXT NOT NULL,
    extractor_version TEXT NOT NULL,
    sentence_id INTEGER NOT NULL REFERENCES sentences(id)"""

_REGENCY = "regency_code TEXT REFERENCES regencies(code)"
_KECAMATAN = "kecamatan_code TEXT REFERENCES kecamatan(code)"
_VILLAGE = "village_code TEXT REFERENCES villages(code)"
_AGENCY = "agency_type TEXT REFERENCES agency_types(id)"
_PILLAR = "pillar TEXT NOT NULL REFERENCES pillars(id)"

#: Table -> (what its claims say, the foreign keys to what they mean), which stand around the quote.
_CLAIMS = {
    "article_regencies": ("name TEXT NOT NULL, code TEXT NOT NULL,", [_REGENCY]),
    "pilot_kecamatan": (
        "kecamatan TEXT NOT NULL, regency TEXT NOT NULL, code TEXT NOT NULL,",
        [_KECAMATAN, _REGENCY],
    ),
    "other_kecamatan": (
        "kecamatan TEXT NOT NULL, regency TEXT NOT NULL, code TEXT NOT NULL, status TEXT NOT NULL,",
        [_KECAMATAN, _REGENCY],
    ),
    "article_pillars": (f"{_PILLAR},", []),
    "agencies": ("name TEXT NOT NULL, type TEXT NOT NULL, region TEXT NOT NULL,", [_AGENCY, _REGENCY]),
    "responsibilities": (
        f"agency TEXT NOT NULL, agency_name TEXT NOT NULL, {_PILLAR}, region TEXT NOT NULL,",
        [_AGENCY, _REGENCY],
    ),
    "people": ("name TEXT NOT NULL, role TEXT NOT NULL,", []),
    "quantities": ("measure TEXT NOT NULL, region TEXT NOT NULL, value INTEGER NOT NULL,", [_REGENCY]),
    "events": ("event TEXT NOT NULL, date TEXT NOT NULL, region TEXT NOT NULL,", [_REGENCY]),
    "facilities": (
        f"{_PILLAR}, village TEXT, kecamatan TEXT, regency TEXT NOT NULL, code TEXT NOT NULL,",
        [_VILLAGE, _KECAMATAN, _REGENCY],
    ),
}

_REFERENCE = """
CREATE TABLE regencies (
    code TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL
);
CREATE TABLE kecamatan (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, regency_code TEXT NOT NULL REFERENCES regencies(code),
    latitude REAL NOT NULL, longitude REAL NOT NULL
);
CREATE INDEX kecamatan_regency ON kecamatan(regency_code);
CREATE TABLE villages (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, kecamatan_code TEXT NOT NULL REFERENCES kecamatan(code),
    kind TEXT NOT NULL
);
CREATE INDEX villages_kecamatan ON villages(kecamatan_code);
CREATE TABLE pillars (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, description TEXT NOT NULL,
    programme TEXT NOT NULL
);
CREATE TABLE agency_types (id TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL);
CREATE TABLE measures (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, unit TEXT NOT NULL
);
CREATE TABLE outlets (
    slug TEXT PRIMARY KEY, name TEXT NOT NULL, home TEXT NOT NULL, platform TEXT NOT NULL,
    confidence TEXT NOT NULL
);
CREATE TABLE outlet_regencies (
    outlet TEXT NOT NULL REFERENCES outlets(slug), regency_code TEXT NOT NULL REFERENCES regencies(code),
    PRIMARY KEY (outlet, regency_code)
);
"""

_CRAWLING = """
CREATE TABLE crawls (
    id TEXT PRIMARY KEY, run TEXT NOT NULL, outlet TEXT NOT NULL REFERENCES outlets(slug),
    started_at TEXT NOT NULL, finished_at TEXT, finish_reason TEXT NOT NULL DEFAULT '',
    counts TEXT NOT NULL DEFAULT '{}', requests INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0, problems TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX crawls_outlet ON crawls(outlet, started_at);
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, outlet TEXT NOT NULL REFERENCES outlets(slug),
    crawl TEXT NOT NULL REFERENCES crawls(id), at TEXT NOT NULL, status INTEGER,
    bytes INTEGER NOT NULL, seconds REAL NOT NULL, reason TEXT NOT NULL, error TEXT NOT NULL,
    UNIQUE (crawl, url, at)
);
CREATE INDEX fetches_outlet ON fetches(outlet, at);
"""

# `number` exists for the full-text index: a rowid that no VACUUM may renumber.
_ARTICLES = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, outlet TEXT NOT NULL REFERENCES outlets(slug),
    published_at TEXT, published_on TEXT GENERATED ALWAYS AS (substr(published_at, 1, 10)) STORED,
    url TEXT NOT NULL, authors TEXT NOT NULL, editor TEXT NOT NULL, section TEXT NOT NULL,
    tags TEXT NOT NULL, dateline TEXT NOT NULL, origin TEXT NOT NULL, text TEXT NOT NULL, story TEXT,
    pages INTEGER NOT NULL, modified_at TEXT, fetched_at TEXT, answered TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, warc_digest TEXT, number INTEGER NOT NULL UNIQUE
);
CREATE INDEX articles_url ON articles(url);
CREATE INDEX articles_outlet ON articles(outlet, published_at);
CREATE INDEX articles_published ON articles(published_on);
CREATE INDEX articles_story ON articles(story);
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, text, content = 'articles', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts(rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO articles_fts(rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TABLE article_versions (
    id INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    title TEXT NOT NULL, text TEXT NOT NULL, published_at TEXT, modified_at TEXT, fetched_at TEXT,
    warc_file TEXT, warc_offset INTEGER, warc_digest TEXT, replaced_at TEXT NOT NULL
);
CREATE INDEX article_versions_article ON article_versions(article);
CREATE TABLE extractions (
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, programme TEXT NOT NULL,
    relevant INTEGER NOT NULL CHECK (relevant IN (0, 1)), extractor_version TEXT NOT NULL,
    extracted_at TEXT NOT NULL, PRIMARY KEY (article, programme)
);
CREATE INDEX extractions_relevant ON extractions(programme, relevant, article);
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    sentence TEXT NOT NULL, UNIQUE (article, sentence)
);
CREATE VIRTUAL TABLE sentences_fts USING fts5(
    sentence, content = 'sentences', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentences_fts_insert AFTER INSERT ON sentences BEGIN
    INSERT INTO sentences_fts(rowid, sentence) VALUES (new.id, new.sentence);
END;
CREATE TRIGGER sentences_fts_delete AFTER DELETE ON sentences BEGIN
    INSERT INTO sentences_fts(sentences_fts, rowid, sentence) VALUES ('delete', old.id, old.sentence);
END;
"""

_EVIDENCE = """
CREATE TABLE evidence (
    kind TEXT NOT NULL, claim TEXT NOT NULL, ordinal INTEGER NOT NULL,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, quote TEXT NOT NULL,
    sentence_id INTEGER NOT NULL REFERENCES sentences(id), field TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (kind, claim, ordinal)
);
CREATE INDEX evidence_article ON evidence(article);
CREATE INDEX evidence_sentence ON evidence(sentence_id);
CREATE TABLE ambiguous_areas (
    kind TEXT NOT NULL, claim TEXT NOT NULL, code TEXT NOT NULL,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    regency_code TEXT REFERENCES regencies(code), kecamatan_code TEXT REFERENCES kecamatan(code),
    PRIMARY KEY (kind, claim, code)
);
CREATE INDEX ambiguous_areas_article ON ambiguous_areas(article);
CREATE INDEX ambiguous_areas_regency ON ambiguous_areas(regency_code);
"""


def _create_claims(table: str, own: str, keys: Sequence[str]) -> Iterator[str]:
    """Statements that make a table of claims with what they say and their foreign keys, as first released.

    A migration for a kind of its own writes down what `ClaimKind.declare` gives that day, and calls
    `_add_origin` too: a kind may change later, and what was released may not.
    """
    columns = "".join(f"    {key},\n" for key in keys)
    yield f"CREATE TABLE {table} ({_CLAIM_HEAD}\n    {own}{_CLAIM_TAIL.format(keys=columns)}\n)"
    # No index on programme alone: the planner would take it for the article's and read everything.
    yield f"CREATE INDEX {table}_article ON {table}(article, programme)"
    for column in ("sentence_id", *(key.split()[0] for key in keys), *("pillar",) * (_PILLAR in own)):
        yield f"CREATE INDEX {table}_{column} ON {table}({column})"


def _add_origin(table: str) -> Iterator[str]:
    """Statements that add who says so, and why."""
    yield (
        f"ALTER TABLE {table} ADD COLUMN origin TEXT NOT NULL DEFAULT 'rule' "
        "CHECK (origin IN ('rule', 'human'))"
    )
    yield f"ALTER TABLE {table} ADD COLUMN reason TEXT NOT NULL DEFAULT ''"


@migrations()
def m001_start(db: Database) -> None:
    """The tables of the first release."""
    for script in (_REFERENCE, _CRAWLING, _ARTICLES, _EVIDENCE):
        db.executescript(script)
    for table, (own, keys) in _CLAIMS.items():
        for statement in _create_claims(table, own, keys):
            db.executescript(statement)
    db.executescript("CREATE INDEX quantities_measure ON quantities(measure, region, value);")
    db.executescript("CREATE INDEX people_name ON people(name);")
    db.executescript("CREATE INDEX events_date ON events(date);")


_CORRECTIONS = (
    """
CREATE TABLE corrections (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, action TEXT NOT NULL, kind TEXT NOT NULL,
    article TEXT REFERENCES articles(id) ON DELETE SET NULL, given_article TEXT NOT NULL,
    programme TEXT NOT NULL, names TEXT NOT NULL, everywhere INTEGER NOT NULL,
    made_by TEXT NOT NULL, made_on TEXT NOT NULL, why TEXT NOT NULL
)""",
    "CREATE INDEX corrections_article ON corrections(article)",
    """
CREATE TABLE correction_uses (
    correction TEXT NOT NULL, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    programme TEXT NOT NULL, met INTEGER NOT NULL, problem TEXT NOT NULL,
    PRIMARY KEY (correction, article, programme)
)""",
    "CREATE INDEX correction_uses_article ON correction_uses(article)",
)


@migrations()
def m002_corrections(db: Database) -> None:
    """What people decided, where it was applied, and on each claim who speaks: a rule or a human."""
    for table in (*_CLAIMS, "extractions"):
        for statement in _add_origin(table):
            db.execute(statement)
    for statement in _CORRECTIONS:
        db.execute(statement)


_FETCH_COLUMNS = (
    "sent INTEGER NOT NULL DEFAULT 1 CHECK (sent IN (0, 1))",
    "delay REAL NOT NULL DEFAULT 0",
    "outcome TEXT NOT NULL DEFAULT ''",
    "published_on TEXT NOT NULL DEFAULT ''",
    "etag TEXT NOT NULL DEFAULT ''",
    "last_modified TEXT NOT NULL DEFAULT ''",
    "warc_file TEXT",
    "warc_offset INTEGER",
    "warc_digest TEXT",
)


@migrations()
def m003_crawl_memory(db: Database) -> None:
    """What a crawl must remember of its requests to ask less the next time."""
    for column in _FETCH_COLUMNS:
        db.execute(f"ALTER TABLE fetches ADD COLUMN {column}")
    db.execute("CREATE INDEX fetches_kept ON fetches(url, at) WHERE warc_file IS NOT NULL")


@migrations()
def m004_crawl_measures(db: Database) -> None:
    """How well the pages of a crawl were read, to hold the next crawls against."""
    db.execute("ALTER TABLE crawls ADD COLUMN measures TEXT NOT NULL DEFAULT '{}'")


@migrations()
def m005_steps(db: Database) -> None:
    """The ledger of what runs did, so that a refused publication or a missing backup is known."""
    db.execute(
        "CREATE TABLE steps (id TEXT PRIMARY KEY, run TEXT NOT NULL, name TEXT NOT NULL, "
        "started_at TEXT NOT NULL, finished_at TEXT, exit_code INTEGER, outcome TEXT NOT NULL, "
        "detail TEXT NOT NULL, counts TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX steps_name ON steps(name, started_at)")


#: The claims of an article's earlier texts were not kept until now: what a version says in the words of
#: a sentence of today, it said then.
_EARLIER_PILOTS = """
INSERT INTO earlier_pilots (article, programme, code, published_on, fetched_at)
SELECT p.article, p.programme, p.code, min(substr(v.published_at, 1, 10)), min(v.fetched_at)
FROM pilot_kecamatan AS p JOIN article_versions AS v ON v.article = p.article
WHERE instr(v.text, p.sentence) > 0 OR instr(v.title, p.sentence) > 0
GROUP BY p.article, p.programme, p.code
"""


@migrations()
def m006_memory(db: Database) -> None:
    """What was there and went: the pilots of earlier texts, archive files that retention removed."""
    db.execute(
        "CREATE TABLE earlier_pilots (article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, "
        "programme TEXT NOT NULL, code TEXT NOT NULL, published_on TEXT, fetched_at TEXT, "
        "PRIMARY KEY (article, programme, code))"
    )
    db.execute("CREATE INDEX earlier_pilots_code ON earlier_pilots(code, programme)")
    db.execute(_EARLIER_PILOTS)
    db.execute(
        "CREATE TABLE pruned_files (file TEXT PRIMARY KEY, removed_at TEXT NOT NULL, bytes INTEGER NOT NULL)"
    )


@migrations()
def m007_missing_pages(db: Database) -> None:
    """Which articles came without all of their pages, to ask for them again."""
    db.execute("ALTER TABLE articles ADD COLUMN missing_pages INTEGER NOT NULL DEFAULT 0")


@migrations()
def m008_private_words(db: Database) -> None:
    """What no reader sees of an article; nothing older was read for it. What was taken down."""
    db.execute(
        "CREATE TABLE private_words (article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, "
        "programme TEXT NOT NULL, kind TEXT NOT NULL, printed TEXT NOT NULL, shown TEXT NOT NULL, "
        "PRIMARY KEY (article, programme, printed, kind))"
    )
    db.execute(
        "CREATE TABLE takedowns (id TEXT PRIMARY KEY, kind TEXT NOT NULL, salt TEXT NOT NULL, "
        "digest TEXT NOT NULL, words INTEGER NOT NULL, made_on TEXT NOT NULL, why TEXT NOT NULL)"
    )
    db.execute(
        "ALTER TABLE extractions ADD COLUMN private_read INTEGER NOT NULL DEFAULT 0 "
        "CHECK (private_read IN (0, 1))"
    )


_PROBLEMS = (
    """
CREATE TABLE reading_problems (
    url TEXT PRIMARY KEY, outlet TEXT NOT NULL REFERENCES outlets(slug), reason TEXT NOT NULL,
    detail TEXT NOT NULL, digest TEXT NOT NULL, reader_version TEXT NOT NULL, budget REAL NOT NULL,
    noted_at TEXT NOT NULL
)""",
    "CREATE INDEX reading_problems_outlet ON reading_problems(outlet)",
    """
CREATE TABLE extraction_problems (
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, programme TEXT NOT NULL,
    reason TEXT NOT NULL, detail TEXT NOT NULL, extractor_version TEXT NOT NULL, budget REAL NOT NULL,
    noted_at TEXT NOT NULL, PRIMARY KEY (article, programme)
)""",
)


@migrations()
def m009_problems(db: Database) -> None:
    """What could not be read or extracted, and by what, so that it is not tried in vain again."""
    for statement in _PROBLEMS:
        db.execute(statement)


@migrations()
def m010_trainings(db: Database) -> None:
    """Trainings that were held for a pillar."""
    own = f"{_PILLAR}, topic TEXT NOT NULL, agency TEXT NOT NULL, region TEXT NOT NULL, date TEXT NOT NULL,"
    for statement in (*_create_claims("trainings", own, [_AGENCY, _REGENCY]), *_add_origin("trainings")):
        db.execute(statement)


@migrations()
def m011_coverage(db: Database) -> None:
    """What a regency is to an article, and how far a pillar has come there; nothing older was read for it."""
    db.execute("ALTER TABLE article_regencies ADD COLUMN role TEXT NOT NULL DEFAULT ''")
    own = f"regency TEXT NOT NULL, code TEXT NOT NULL, {_PILLAR}, state TEXT NOT NULL,"
    for statement in (*_create_claims("pillar_states", own, [_REGENCY]), *_add_origin("pillar_states")):
        db.execute(statement)


#: Older crawls did not note which days they asked for. The days of the articles that they came to lie within
#: them, and so does the day on which they ran; of a replay, the newest that its files hold.
_WATCHED_BEFORE = (
    """
UPDATE crawls SET replayed = EXISTS (SELECT 1 FROM fetches AS f WHERE f.crawl = crawls.id AND f.status = 200)
    AND NOT EXISTS (SELECT 1 FROM fetches AS f WHERE f.crawl = crawls.id AND f.sent = 1)""",
    """
UPDATE crawls SET until = CASE replayed
    WHEN 0 THEN substr(started_at, 1, 10)
    ELSE (SELECT substr(max(f.at), 1, 10) FROM fetches AS f WHERE f.crawl = crawls.id AND f.status = 200)
    END""",
    """
UPDATE crawls SET since = min(until, coalesce((
    SELECT min(f.published_on) FROM fetches AS f
    WHERE f.crawl = crawls.id AND f.published_on <> '' AND f.outcome IN ('stored', 'changed', 'off-topic')
), until)), hidden = CASE
    WHEN finished_at IS NULL OR finish_reason <> 'finished' THEN 'it was cut off'
    WHEN problems <> '[]' THEN 'it met problems'
    WHEN NOT EXISTS (
        SELECT 1 FROM fetches AS f
        WHERE f.crawl = crawls.id AND f.status IN (200, 304)
            AND f.reason NOT IN ('', 'robots', 'article', 'part')
    ) THEN 'no list or feed could be read'
    ELSE '' END""",
    """
INSERT OR IGNORE INTO watched_days (outlet, day, via)
WITH RECURSIVE days (outlet, day, until, replayed) AS (
    SELECT outlet, since, until, replayed FROM crawls WHERE hidden = ''
    UNION
    SELECT outlet, date(day, '+1 day'), until, replayed FROM days WHERE day < until
)
SELECT outlet, day, CASE replayed WHEN 1 THEN 'replay' ELSE 'crawl' END FROM days
ORDER BY replayed, outlet, day""",
)


@migrations()
def m012_watched_days(db: Database) -> None:
    """Which days of which outlet were watched, to tell silence from blindness; which outlets do not exist."""
    for column in (
        "since TEXT",
        "until TEXT",
        "replayed INTEGER NOT NULL DEFAULT 0 CHECK (replayed IN (0, 1))",
        "hidden TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE crawls ADD COLUMN {column}")
    db.execute(
        "CREATE TABLE watched_days (outlet TEXT NOT NULL REFERENCES outlets(slug), day TEXT NOT NULL, "
        "via TEXT NOT NULL CHECK (via IN ('crawl', 'replay', 'backfill')), PRIMARY KEY (outlet, day))"
    )
    for statement in _WATCHED_BEFORE:
        db.execute(statement)
    db.execute(
        "ALTER TABLE outlets ADD COLUMN invented INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1))"
    )


@migrations()
def m013_spellings(db: Database) -> None:
    """What else pillars and kinds of agencies are called; the next extraction writes it."""
    for table in ("pillars", "agency_types"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN spellings TEXT NOT NULL DEFAULT '[]'")


@migrations()
def m014_kinds_of_measures(db: Database) -> None:
    """Which measures count what does not grow, so that growth is not taken for disagreement."""
    db.execute("ALTER TABLE measures ADD COLUMN kind TEXT NOT NULL DEFAULT ''")


@migrations()
def m015_likely(db: Database) -> None:
    """What no rule says and is likely all the same, for people; the next extraction writes it."""
    db.execute(
        "CREATE TABLE likely (article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, "
        "programme TEXT NOT NULL, kind TEXT NOT NULL, claim TEXT NOT NULL, "
        "confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1), quote TEXT NOT NULL, "
        "sentence TEXT NOT NULL, field TEXT NOT NULL CHECK (field IN ('text', 'title')), "
        'start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (article, programme, kind, claim))'
    )


#: In order; `PRAGMA user_version` is how many of them a file has seen.
NAMES = (
    "m001_start",
    "m002_corrections",
    "m003_crawl_memory",
    "m004_crawl_measures",
    "m005_steps",
    "m006_memory",
    "m007_missing_pages",
    "m008_private_words",
    "m009_problems",
    "m010_trainings",
    "m011_coverage",
    "m012_watched_days",
    "m013_spellings",
    "m014_kinds_of_measures",
    "m015_likely",
)


def schema_version(db: Database) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def check_schema(db: Database, path: Path) -> None:
    """Refuse a file that a newer release wrote: older code would misread it."""
    version = schema_version(db)
    if version > len(NAMES):
        raise StoreError(
            f"{path} has schema {version}, this release knows {len(NAMES)}: "
            "upgrade pantau, or name another file with --db"
        )


def apply_migrations(db: Database) -> None:
    """Bring the file to this release's schema. Call inside a transaction that holds the write lock."""
    if schema_version(db) == len(NAMES):
        return
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {len(NAMES)}")
