"""SQL of a reader's own, at an address that means the same on every site, whatever its file is called."""

from __future__ import annotations

from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from db.pages.parts.ask import find_site
from db.pages.parts.language import language

#: What there is to begin with, when nothing was asked yet.
EXAMPLE = "SELECT kecamatan, regency, stories, first_reported FROM pilots ORDER BY stories DESC LIMIT 20"

#: Message that names it -> an example, beside the page.
EXAMPLES = (
    (
        "data.example_pilots",
        "SELECT regency, count(*) AS pilots FROM pilots GROUP BY regency ORDER BY pilots DESC",
    ),
    (
        "data.example_offices",
        "SELECT region, agency_names, sentence FROM responsibility_matrix WHERE pillar = 'rppa' ORDER BY 1",
    ),
    (
        "data.example_outlets",
        "SELECT outlet, substr(published_on, 1, 7) AS month, count(*) FROM relevant_articles GROUP BY 1, 2",
    ),
    (
        "data.example_claims",
        "SELECT published_on, kind, label, reason FROM all_claims WHERE origin = 'human'",
    ),
)


async def ask_sql(datasette: Datasette, request: Request) -> Response:
    """`/sql?sql=SELECT…`: leads to Datasette's page of the file that is served."""
    prefix = "/en" if language.get() == "en" else ""
    query = request.query_string or f"sql={quote(EXAMPLE)}"
    return Response.redirect(f"{prefix}/{find_site(datasette)}?{query}")
