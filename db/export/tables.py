"""Which tables are exported: their columns in order, and the SQL that reads their rows.

Every row bears its source: quote, sentence, outlet, title, date, link, place in the archive and version of
the extractor. Lists of terms (areas, pillars, outlets) go beside them, since they are no reports.
"""

from __future__ import annotations

from db.claim_kinds import KIND_OF
from db.export.columns import (
    AGENCY_NAME,
    ARCHIVE,
    DECLARED,
    FROM,
    IN_WORDS,
    KINDS,
    LAST,
    OF_ARTICLE,
    OF_CLAIM,
    REFERENCE,
    SOURCE,
    Column,
    Schema,
    Table,
    find_foreign,
    select,
)
from db.export.filters import Filters, article_conditions, conditions, programme_conditions
from db.export.sums import build_contested_quantities, build_pilots, build_responsibility_matrix


def build_tables(schema: Schema, filters: Filters) -> list[Table]:
    """The tables in the order in which people read them: sums, articles, claims, lists of terms."""
    claims = schema.claims
    tables = []
    if "pilot_kecamatan" in claims:
        tables.append(build_pilots(schema, filters))
    if "responsibilities" in claims:
        tables.append(build_responsibility_matrix(schema, filters))
    if "quantities" in claims:
        tables.append(build_contested_quantities(schema, filters))
    tables.append(_articles(schema, filters))
    tables += [_claims(schema, filters, table) for table in claims]
    tables += [_reference(schema, table) for table in REFERENCE if table in schema.columns]
    return tables


def build_strongest(schema: Schema, filters: Filters) -> str:
    """SQL that notes each article's foremost claim in `temp.strongest`, for the table of articles.

    Foremost is what says most about the programme, not the name of a place.
    """
    selects = [
        f"SELECT c.article, c.programme, {KIND_OF[table].rank} AS rank, c.confidence, c.field, c.start, "
        f'c."end", c.quote, c.sentence, c.id{FROM.format(table=table)} '
        f"WHERE {conditions(filters, table, columns)}"
        for table, columns in schema.claims.items()
    ]
    return f"""
CREATE TEMP TABLE strongest AS
SELECT article, programme, field, start, "end", quote, sentence
FROM (SELECT *, row_number() OVER (
          PARTITION BY article, programme ORDER BY rank, confidence DESC, start, id
      ) AS place FROM ({" UNION ALL ".join(selects)}))
WHERE place = 1"""


def _claims(schema: Schema, filters: Filters, table: str) -> Table:
    """One kind of claims: what it says in words, where it stands, its keys, how it was found."""
    has = schema.columns[table]
    common = {c.name for c in (*SOURCE, *OF_CLAIM, *OF_ARTICLE, *LAST)} | {"id", "sentence_id"}
    said: list[Column] = []
    keys: list[Column] = []
    for name, declared in has.items():
        if name in common:
            continue
        column = Column(name, f'c."{name}"', KINDS.get(name) or DECLARED.get(declared, "text"))
        words = IN_WORDS.get(name)
        if name == KIND_OF[table].agency_column:
            words = Column("agency_type_name", AGENCY_NAME.format(key=f"c.{name}"))
        if words:
            said.append(words)
        if words or name == "code" or name.endswith("_code") or name == "agency_type":
            keys.append(Column(name, column.sql, column.kind, "trace"))
        else:
            said.append(column)
    if table == "quantities":
        at = next(i for i, column in enumerate(said) if column.name == "value") + 1
        said.insert(at, Column("unit", "(SELECT t.unit FROM measures AS t WHERE t.id = c.measure)"))
    columns = schema.keep(
        table,
        (
            *said,
            *SOURCE,
            *keys,
            *OF_CLAIM,
            *OF_ARTICLE,
            *ARCHIVE,
            *LAST,
            Column("id", "c.id", "text", "trace"),
        ),
    )
    return Table(
        name=table,
        columns=columns,
        key=("id",),
        foreign=find_foreign(schema, table, columns),
        rows=f"{select(columns, schema)}{FROM.format(table=table)}\n"
        f"WHERE {conditions(filters, table, list(has))}\n"
        "ORDER BY a.published_on DESC, a.id, c.field DESC, c.start, c.id",
    )


def _articles(schema: Schema, filters: Filters) -> Table:
    """The articles on the programme, each with its foremost claim, or its title where it has none."""
    simple = ("authors", "editor", "section", "dateline", "origin", "tags")
    where = ["e.relevant = 1", *article_conditions(filters), *programme_conditions(filters, "e")]
    # Where single claims are chosen, so are their articles and no others.
    join = "JOIN" if filters.by_claim else "LEFT JOIN"
    columns = schema.keep(
        "pilot_kecamatan",
        (
            Column("title", "a.title", "text", "source"),
            Column("outlet_name", "o.name", "text", "source"),
            Column("published_on", "a.published_on", "date", "source"),
            Column("url", "a.url", "link", "source"),
            Column("quote", "coalesce(c.quote, a.title)", "text", "source"),
            Column("sentence", "coalesce(c.sentence, a.title)", "text", "source"),
            *(Column(name, f"a.{name}", KINDS.get(name, "text"), "source") for name in simple),
            Column("field", "coalesce(c.field, 'title')", "text", "trace"),
            Column("start", "coalesce(c.start, 0)", "integer", "trace"),
            Column("end", 'coalesce(c."end", length(a.title))', "integer", "trace"),
            Column("published_at", "a.published_at", "moment", "trace"),
            Column("modified_at", "a.modified_at", "moment", "trace"),
            Column("fetched_at", "a.fetched_at", "moment", "trace"),
            Column("pages", "a.pages", "integer", "trace"),
            Column("outlet", "a.outlet", "text", "trace"),
            Column("story", "coalesce(a.story, a.id)", "text", "trace"),
            *ARCHIVE,
            Column("extractor_version", "e.extractor_version", "text", "trace"),
            Column("programme", "e.programme", "text", "trace"),
            Column("id", "a.id", "text", "trace"),
        ),
    )
    return Table(
        name="articles",
        columns=columns,
        key=("id", "programme"),
        foreign={"outlet": ("outlets", "slug")},
        rows=f"""{select(columns, schema)}
FROM extractions AS e
JOIN articles AS a ON a.id = e.article
JOIN outlets AS o ON o.slug = a.outlet
{join} temp.strongest AS c ON c.article = e.article AND c.programme = e.programme
WHERE {" AND ".join(where)}
ORDER BY a.published_on DESC, a.id, e.programme""",
    )


def _reference(schema: Schema, table: str) -> Table:
    has = schema.columns[table]
    columns = tuple(
        Column(name, f'"{name}"', KINDS.get(name) or DECLARED.get(declared, "text"))
        for name, declared in has.items()
    )
    key = next(name for name in ("code", "slug", "id") if name in has)
    listed = ", ".join(column.sql for column in columns)
    return Table(
        name=table,
        columns=columns,
        key=(key,),
        foreign={c: t for c, t in schema.foreign[table].items() if t[0] in REFERENCE},
        rows=f"SELECT {listed}, NULL AS room FROM {table} ORDER BY {key}",
        reference=True,
    )
