"""The invented sites: what one is called, where it is, and how its answers are printed from the templates."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from db.toml_records import TomlReader
from sample.source import SourceError, Story, slugify

HERE = Path(__file__).parent

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it will stand in the archive."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    status: str = "200 OK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One table of `sites.toml`."""

    slug: str
    name: str
    site_name: str
    base: str
    platform: str
    url: str
    robots: str
    related: tuple[str, ...]
    env: Environment = field(repr=False)

    @property
    def host(self) -> str:
        return (urlsplit(self.base).hostname or "").removeprefix("www.")

    def address(self, story: Story) -> str:
        return self.url.format(
            base=self.base,
            section=story.section_slug,
            id=story.id,
            slug=story.slug,
            y=f"{story.published:%Y}",
            m=f"{story.published:%m}",
            d=f"{story.published:%d}",
        )

    def link(self, headline: str) -> str:
        """The address of a headline that stands in a box: an article that the archive doesn't hold."""
        number = sum(headline.encode()) % 9000 + 1000
        return f"{self.base}/lain/{number}/{slugify(headline)}"

    def render(self, template: str, **values: Any) -> bytes:
        page = self.env.get_template(template).render(site=self, link=self.link, **values)
        return page.encode("utf-8")

    def html(self, url: str, kind: str, **values: Any) -> Answer:
        return self._answer(url, self.render(f"{self.platform}/{kind}.html", url=url, **values), "text/html")

    def xml(self, url: str, template: str, **values: Any) -> Answer:
        return self._answer(url, self.render(template, url=url, **values), "application/xml")

    def json(self, url: str, data: Any, **headers: str) -> Answer:
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        return self._answer(url, body, "application/json", headers)

    def text(self, url: str, body: str) -> Answer:
        return self._answer(url, body.strip().encode() + b"\n", "text/plain")

    def _answer(self, url: str, body: bytes, kind: str, more: dict[str, str] | None = None) -> Answer:
        # Real servers differ in these, and a reader has to cope: a charset in the header or only in
        # the page (Suara Pesisir), a compressed body (Jurnal Sindoro).
        charset = "" if self.platform == "promedia" else "; charset=UTF-8"
        headers = [("Content-Type", kind + charset), ("Server", "nginx")]
        if self.platform == "wordpress" and kind == "text/html":
            body = gzip.compress(body, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        headers += [(key.replace("_", "-"), value) for key, value in (more or {}).items()]
        headers.append(("Content-Length", str(len(body))))
        return Answer(url, body, tuple(headers))


def load_sites(path: Path = HERE / "sites.toml") -> dict[str, Site]:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    env.filters |= {"tanggal": print_date, "rfc822": format_datetime, "utc": print_utc, "slug": slugify}
    reader = TomlReader(path, SourceError)
    return {
        slug: reader.record(Site, table, f"[{slug}]", slug=slug, env=env)
        for slug, table in reader.load().items()
    }


def print_date(when: datetime, form: str = "panjang") -> str:
    """A time as readers see it: "Jumat, 31 Oktober 2025 13:22"; other forms: "batang", "pendek", "hari"."""
    month = _MONTHS[when.month - 1]
    if form == "pendek":
        return f"{_DAYS[when.weekday()]}, {when:%d} {month[:3]} {when:%Y %H:%M}"
    if form == "hari":
        return f"{when.day} {month} {when:%Y}"
    gap = " | " if form == "batang" else " "
    return f"{_DAYS[when.weekday()]}, {when.day} {month} {when:%Y}{gap}{when:%H:%M}"


def print_utc(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()
