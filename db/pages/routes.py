"""Which address is answered by which page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request, Response
from datasette.views.base import DatasetteError

from db.guard.limits import TooMuchError
from db.pages import (
    about,
    actors,
    archive,
    claim_page,
    discovery,
    downloads,
    feeds,
    places,
    search,
    sql_page,
    subjects,
)
from db.pages import article_page as articles

Page = Callable[[Datasette, Request], Awaitable[dict[str, Any]]]

#: Address, template in `site/templates/pages/`, and what the template is given.
PAGES: tuple[tuple[str, str, Page], ...] = (
    (r"/$", "home", places.home),
    (r"/wilayah$", "regencies", places.regency_list),
    (r"/wilayah/(?P<code>[^/]+)$", "regency", places.regency),
    (r"/kecamatan$", "pilots", places.kecamatan_list),
    (r"/kecamatan/(?P<code>[^/]+)$", "kecamatan", places.kecamatan),
    (r"/pilar$", "pillars", subjects.pillar_list),
    (r"/pilar/(?P<key>[^/]+)$", "pillar", subjects.pillar),
    (r"/instansi$", "agencies", actors.agency_list),
    (r"/instansi/(?P<key>[^/]+)$", "agency", actors.agency),
    (r"/instansi/(?P<key>[^/]+)/(?P<region>[^/]+)$", "office", actors.office),
    (r"/orang$", "officials", actors.official_list),
    (r"/orang/(?P<key>[^/]+)$", "official", actors.official),
    (r"/berita/(?P<key>[^/]+)$", "story", actors.story),
    (r"/klaim/(?P<key>\w+)$", "claim", claim_page.claim),
    (r"/media/(?P<key>[^/]+)$", "outlet", subjects.outlet),
    (r"/artikel$", "articles", articles.article_list),
    (r"/artikel/(?P<key>[^/]+)$", "article", articles.article),
    (r"/matriks$", "matrix", subjects.matrix),
    (r"/angka$", "figures", subjects.figures),
    (r"/terbaru$", "news", subjects.news),
    (r"/perkembangan$", "progress", subjects.progress),
    (r"/sumber$", "sources", subjects.sources),
    (r"/metode$", "method", about.method),
    (r"/kutip$", "cite", about.cite),
    (r"/privasi$", "privacy", about.privacy),
    (r"/privacy$", "privacy", about.privacy),
    (r"/cari$", "search", search.search),
)

Answer = Callable[[Datasette, Request], Awaitable[Any]]

FILES: tuple[tuple[str, Answer], ...] = (
    (r"/sitemap\.xml$", discovery.sitemap),
    (r"/robots\.txt$", discovery.robots),
    (r"/favicon\.ico$", discovery.icon),
    (r"/unduh/(?P<name>\w+)\.kolom\.csv$", downloads.column_guide),
    (r"/unduh/sql\.(?P<format>csv|xlsx|json)$", downloads.download_sql),
    (r"/sql$", sql_page.ask_sql),
    (r"/unduh/(?P<name>\w+)\.(?P<format>csv|xlsx|json)$", downloads.download),
    (r"/unduh/tanya/(?P<name>\w+)\.(?P<format>csv|xlsx|json)$", downloads.download_answer),
    (r"/klaim/(?P<key>\w+)\.(?P<format>txt|bib|ris|json)$", claim_page.citation),
    (r"/arsip/(?P<key>[^/]+)$", archive.archived),
    (r"/umpan/terbaru\.atom$", feeds.feed),
    (r"/umpan/(?P<kind>wilayah|pilar)/(?P<key>[^/]+)\.atom$", feeds.feed),
    (r"/kalender\.ics$", feeds.calendar),
    (r"/kalender/(?P<key>[^/]+)\.ics$", feeds.calendar),
)


def build_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """For Datasette's hook: our pages and files come before its own addresses."""
    return [
        *((address, _answer_page(template, page)) for address, template, page in PAGES),
        *((address, _answer_file(answer)) for address, answer in FILES),
    ]


def _answer_page(template: str, page: Page) -> Callable[..., Awaitable[Response]]:
    async def answer(datasette: Datasette, request: Request) -> Response:
        if refusal := _prepare(request):
            return refusal
        context = await _in_time(page(datasette, request))
        html = await datasette.render_template(
            f"pages/{template}.html", {**context, "page_name": template}, request=request, view_name="pantau"
        )
        return Response.html(html)

    return answer


def _answer_file(answer: Answer) -> Callable[..., Awaitable[Any]]:
    async def send(datasette: Datasette, request: Request) -> Any:
        return _prepare(request) or await _in_time(answer(datasette, request))

    return send


async def _in_time(answer: Awaitable[Any]) -> Any:
    """The answer; where the database took too long for it, the error that a visitor's own SQL would give."""
    try:
        return await answer
    except (QueryInterrupted, TooMuchError) as error:
        raise DatasetteError(str(error), title="SQL Interrupted", status=503) from error


def _prepare(request: Request) -> Response | None:
    if request.method not in ("GET", "HEAD"):
        return Response.text("405: this site is for reading\n", status=405, headers={"allow": "GET, HEAD"})
    for name, value in request.url_vars.items():
        request.url_vars[name] = unquote(value)
    return None
