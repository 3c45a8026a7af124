"""What machines read of the site: a sitemap, robots.txt, the icon, and what kind of data set it is."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from markupsafe import Markup

from db.describe import SITE, Words
from db.pages.parts.ask import Ask
from db.pages.parts.language import pick, say
from db.pages.parts.links import page_path
from db.pages.parts.text import strip_control
from db.pages.policy import site_address

#: Addresses that a sitemap may hold (https://www.sitemaps.org/protocol.html).
MOST = 50_000

#: Pages that are always there.
_PAGES = (
    "/", "/terbaru", "/wilayah", "/kecamatan", "/pilar", "/instansi", "/orang", "/matriks", "/angka",
    "/artikel", "/perkembangan", "/sumber", "/metode", "/kutip", "/privasi",
)  # fmt: skip

#: Addresses of single things, the most telling first: page, SQL of its keys with the day of the last report.
_THINGS = (
    ("wilayah", "SELECT code, NULL FROM regencies ORDER BY code"),
    ("pilar", "SELECT id, NULL FROM pillars ORDER BY id"),
    ("instansi", "SELECT id, NULL FROM agency_types ORDER BY id"),
    ("media", "SELECT slug, NULL FROM outlets ORDER BY slug"),
    ("kecamatan", "SELECT code, last_reported FROM pilots ORDER BY code"),
    ("instansi", "SELECT office, last_reported FROM offices ORDER BY office"),
    ("orang", "SELECT slug, last_reported FROM officials ORDER BY slug"),
    ("berita", "SELECT story, last_reported FROM stories ORDER BY first_reported DESC, story"),
)


async def sitemap(datasette: Datasette, request: Request) -> Response:
    ask, site = Ask(datasette), site_address()
    found: list[tuple[str, str | None]] = [(path, None) for path in _PAGES]
    for page, sql in _THINGS:
        rows = await ask.all(f"{sql} LIMIT {MOST - len(found):d}")
        for row in rows:
            key, day = (str(value) if value is not None else None for value in row.values())
            keeps = "/+" if page == "instansi" else ":"
            path = f"/{page}/{quote(key or '', safe=keeps)}"
            found.append((path, day))
    lines = [
        f"<url><loc>{escape(strip_control(site + page_path(datasette, path)))}</loc>"
        f"{f'<lastmod>{day[:10]}</lastmod>' if day else ''}</url>\n"
        for path, day in found[:MOST]
    ]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(lines)}</urlset>\n'
    )
    return Response(body, content_type="application/xml; charset=utf-8")


async def robots(datasette: Datasette, request: Request) -> Response:
    """A published site is for everybody; searches, tables and files cost much and say nothing new."""
    if getattr(datasette, "search_file", None) is not None:  # a working database
        return Response.text("User-agent: *\nDisallow: /\n")
    closed = ("/cari", "/sql", "/unduh/", "/umpan/", f"/{Ask(datasette).site}")
    lines = [f"Disallow: {prefix}{path}" for path in closed for prefix in ("", "/en")]
    return Response.text(
        "\n".join(["User-agent: *", *lines, "Allow: /", "", f"Sitemap: {site_address()}/sitemap.xml", ""])
    )


async def icon(datasette: Datasette, request: Request) -> Response:
    return Response((SITE / "static" / "favicon.svg").read_text("utf-8"), content_type="image/svg+xml")


def describe_dataset(datasette: Datasette, figures: dict[str, Any]) -> Markup:
    """JSON-LD for search engines of data sets (https://schema.org/Dataset), safe inside a script element."""
    site = site_address()

    def at(path: str) -> str:
        return f"{site}{page_path(datasette, path)}"

    first, last = figures.get("first_reported"), figures.get("last_reported")
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": say("share.dataset"),
        "description": f"{pick(datasette.metadata('description'))}.",
        "url": at("/"),
        "inLanguage": "id",
        "license": "https://opensource.org/license/mit",
        "isAccessibleForFree": True,
        "creator": {
            "@type": "Organization",
            "name": pick(Words.read(datasette.metadata("title"))),
            "url": at("/"),
        },
        "dateModified": (figures.get("last_crawl") or last or "")[:10],
        "temporalCoverage": f"{first}/{last}" if first and last else "",
        "spatialCoverage": {"@type": "Place", "name": "Jawa Tengah, Indonesia"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": kind,
                "contentUrl": at(f"/unduh/{name}.{ending}"),
            }
            for name in ("pilots", "responsibility_matrix", "all_claims", "coverage")
            for ending, kind in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }
    text = json.dumps({key: value for key, value in described.items() if value}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
