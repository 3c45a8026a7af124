"""Tables that sum up: pilots, responsibilities, contested figures, each with its most confident claim.

They mean what the views of the same names mean, counted over the claims that were chosen; a test compares.
"""

from __future__ import annotations

from db.export.columns import (
    AGENCY_NAME,
    ARCHIVE,
    FROM,
    IN_WORDS,
    LAST,
    OF_ARTICLE,
    OF_CLAIM,
    SOURCE,
    Column,
    Schema,
    Table,
    find_foreign,
    select,
)
from db.export.filters import Filters, article_conditions, conditions

_COUNTS = (
    Column("articles", "s.articles", "integer"),
    Column("stories", "s.stories", "integer"),
    Column("outlets", "s.outlets", "integer"),
    Column("first_reported", "s.first_reported", "date"),
    Column("last_reported", "s.last_reported", "date"),
)
_SUMS = """count(DISTINCT article) AS articles, count(DISTINCT story) AS stories,
       count(DISTINCT outlet) AS outlets,
       min(published_on) AS first_reported, max(published_on) AS last_reported,
       max(CASE WHEN place = 1 THEN id END) AS claim"""


def _reports(table: str, columns: str, partition: str, order: str, where: str) -> str:
    """The claims that are summed up, each with its place among those of its sum."""
    return f"""WITH reports AS (
    SELECT {columns}, c.programme, c.id, a.id AS article, coalesce(a.story, a.id) AS story, a.outlet,
           a.published_on,
           row_number() OVER (
               PARTITION BY {partition}, c.programme ORDER BY {order}
           ) AS place{FROM.format(table=table)}
    WHERE {where}
)"""


def build_pilots(schema: Schema, filters: Filters) -> Table:
    where = conditions(filters, "pilot_kecamatan", list(schema.columns["pilot_kecamatan"]))
    denied = " AND ".join(["1", *article_conditions(filters)])
    columns = schema.keep(
        "pilot_kecamatan",
        (
            Column("kecamatan", "k.name"),
            Column("regency", "g.name"),
            *_COUNTS,
            Column(
                "denied_by",
                f"""(SELECT count(DISTINCT c.article){FROM.format(table="other_kecamatan")}
        WHERE c.kecamatan_code = k.code AND c.programme = s.programme
            AND c.status = 'negated' AND {denied})""",
                "integer",
            ),
            *SOURCE,
            Column("code", "k.code", "text", "trace"),
            Column("regency_code", "g.code", "text", "trace"),
            Column("latitude", "k.latitude", "number", "trace"),
            Column("longitude", "k.longitude", "number", "trace"),
            Column("claim", "c.id", "text", "trace"),
            *OF_CLAIM,
            *OF_ARTICLE,
            *ARCHIVE,
            *LAST,
        ),
    )
    reports = _reports(
        "pilot_kecamatan",
        "c.kecamatan_code",
        "c.kecamatan_code",
        "c.confidence DESC, a.published_on DESC, a.id, c.id",
        f"c.kecamatan_code IS NOT NULL AND {where}",
    )
    return Table(
        name="pilots",
        columns=columns,
        key=("code", "programme"),
        foreign=find_foreign(schema, "", columns)
        | {
            "code": ("kecamatan", "code"),
            "regency_code": ("regencies", "code"),
            "claim": ("pilot_kecamatan", "id"),
        },
        rows=f"""{reports},
sums AS (
    SELECT kecamatan_code, programme, {_SUMS} FROM reports GROUP BY kecamatan_code, programme
)
{select(columns, schema)}{FROM.format(table="pilot_kecamatan")}
JOIN sums AS s ON s.claim = c.id
JOIN kecamatan AS k ON k.code = s.kecamatan_code
JOIN regencies AS g ON g.code = k.regency_code
ORDER BY k.code, s.programme""",
    )


def build_responsibility_matrix(schema: Schema, filters: Filters) -> Table:
    where = conditions(filters, "responsibilities", list(schema.columns["responsibilities"]))
    columns = schema.keep(
        "responsibilities",
        (
            Column("region", "c.region"),
            IN_WORDS["pillar"],
            Column("agency_type_name", AGENCY_NAME.format(key="c.agency")),
            Column("agency_names", "s.agency_names"),
            *_COUNTS,
            *SOURCE,
            Column("agency", "c.agency", "text", "trace"),
            Column("pillar", "c.pillar", "text", "trace"),
            Column("regency_code", "c.regency_code", "text", "trace"),
            Column("claim", "c.id", "text", "trace"),
            *OF_CLAIM,
            *OF_ARTICLE,
            *ARCHIVE,
            *LAST,
        ),
    )
    reports = _reports(
        "responsibilities",
        "c.agency, c.agency_name, c.pillar, c.region",
        "c.agency, c.pillar, c.region",
        "c.confidence DESC, a.published_on DESC, a.id, c.id",
        where,
    )
    return Table(
        name="responsibility_matrix",
        columns=columns,
        key=("agency", "pillar", "region", "programme"),
        foreign=find_foreign(schema, "", columns)
        | {
            "pillar": ("pillars", "id"),
            "regency_code": ("regencies", "code"),
            "claim": ("responsibilities", "id"),
        },
        rows=f"""{reports},
sums AS (
    SELECT agency, pillar, region, programme, group_concat(DISTINCT nullif(agency_name, '')) AS agency_names,
           {_SUMS}
    FROM (SELECT * FROM reports ORDER BY agency, pillar, region, programme, agency_name)
    GROUP BY agency, pillar, region, programme
)
{select(columns, schema)}{FROM.format(table="responsibilities")}
JOIN sums AS s ON s.claim = c.id
ORDER BY c.region, c.pillar, c.agency, c.programme""",
    )


def build_contested_quantities(schema: Schema, filters: Filters) -> Table:
    where = conditions(filters, "quantities", list(schema.columns["quantities"]))
    kinds = "kind" in schema.columns.get("measures", ())
    lasting = (
        "coalesce((SELECT m.kind = 'all' FROM measures AS m WHERE m.id = c.measure), 0)" if kinds else "0"
    )
    columns = schema.keep(
        "quantities",
        (
            Column("region", "c.region"),
            IN_WORDS["measure"],
            Column("value", "c.value", "integer"),
            Column("unit", "(SELECT t.unit FROM measures AS t WHERE t.id = c.measure)"),
            Column("different_values", "s.different_values", "integer"),
            Column("lowest", "s.lowest", "integer"),
            Column("highest", "s.highest", "integer"),
            *SOURCE,
            Column("measure", "c.measure", "text", "trace"),
            Column("regency_code", "c.regency_code", "text", "trace"),
            *OF_CLAIM,
            *OF_ARTICLE,
            *ARCHIVE,
            *LAST,
            Column("claim", "c.id", "text", "trace"),
        ),
    )
    return Table(
        name="contested_quantities",
        columns=columns,
        key=("claim",),
        foreign=find_foreign(schema, "", columns)
        | {"regency_code": ("regencies", "code"), "claim": ("quantities", "id")},
        # As the view of that name: within a week, or whenever for what does not grow.
        rows=f"""WITH told AS (
    SELECT c.id, c.measure, c.region, c.programme, c.value, coalesce(a.story, a.id) AS story,
           min(julianday(a.published_on)) OVER (
               PARTITION BY c.measure, c.region, c.programme, coalesce(a.story, a.id), c.value
           ) AS day, {lasting} AS lasting{FROM.format(table="quantities")}
    WHERE {where}
),
near AS (
    SELECT *, min(value) OVER around < max(value) OVER around
        AND min(story) OVER around <> max(story) OVER around AS contested
    FROM told
    WINDOW around AS (
        PARTITION BY measure, region, programme ORDER BY CASE WHEN lasting THEN 0 ELSE day END
        RANGE BETWEEN 7 PRECEDING AND 7 FOLLOWING
    )
),
sums AS (
    SELECT measure, region, programme, count(DISTINCT value) AS different_values,
           min(value) AS lowest, max(value) AS highest
    FROM near WHERE contested
    GROUP BY measure, region, programme
    HAVING count(DISTINCT value) > 1
)
{select(columns, schema)}{FROM.format(table="quantities")}
JOIN near AS n ON n.id = c.id AND n.contested
JOIN sums AS s ON s.measure = c.measure AND s.region = c.region AND s.programme = c.programme
ORDER BY c.region, c.measure, a.published_on, c.value, a.id, c.id""",
    )
