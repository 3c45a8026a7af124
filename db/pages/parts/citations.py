"""A claim as a citation: text, BibTeX, RIS and CSL-JSON, for footnotes and reference managers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.export.bibtex import build_entry
from db.pages.parts.language import say, write_date
from db.pages.parts.text import strip_control

#: Ending of a citation's address -> its content type.
FORMATS: Mapping[str, str] = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a citation is made of. `address` is the claim's page, `read_on` the day on which we read it."""

    claim: str  # its id
    said: str
    quote: str
    sentence: str
    rule: str
    authors: tuple[str, ...]
    title: str
    outlet: str
    published_on: str  # "2025-10-30", or ""
    read_on: str
    url: str
    address: str

    @property
    def quoted(self) -> str:
        """The sentence with the claim's page, for the note of an entry."""
        return f"“{_line(self.sentence)}” {self.address}"


def write_citation(cited: Cited, form: str) -> str:
    """The citation in a form of `FORMATS`."""
    return {"txt": _write_text, "bib": _write_bibtex, "ris": _write_ris, "json": _write_csl}[form](cited)


def _line(text: str) -> str:
    return " ".join(strip_control(text).split())


def _write_text(cited: Cited) -> str:
    authors = f"{', '.join(map(_line, cited.authors))}. " if cited.authors else ""
    return say(
        "cite.text",
        authors=authors,
        title=_line(cited.title),
        outlet=_line(cited.outlet),
        day=write_date(cited.published_on) if cited.published_on else say("word.undated"),
        url=cited.url,
        read=write_date(cited.read_on),
        sentence=_line(cited.sentence),
        address=cited.address,
    )


def _write_bibtex(cited: Cited) -> str:
    return build_entry(
        {
            "id": cited.claim,
            "authors": cited.authors,
            "title": cited.title,
            "outlet_name": cited.outlet,
            "published_on": cited.published_on,
            "url": cited.url,
            "fetched_at": cited.read_on,
            "address": cited.address,
            "quote": cited.quote,
            "sentence": cited.sentence,
            "extractor_version": cited.rule,
        }
    )


def _write_ris(cited: Cited) -> str:
    """https://en.wikipedia.org/wiki/RIS_(file_format): a tag, two spaces, a hyphen and a value a line."""
    slashed = cited.published_on.replace("-", "/")
    lines = [
        ("TY", "NEWS"),
        *(("AU", _line(author)) for author in cited.authors),
        ("TI", _line(cited.title)),
        ("T2", _line(cited.outlet)),
        ("PY", cited.published_on[:4]),
        ("DA", slashed),
        ("UR", cited.url),
        ("Y2", cited.read_on.replace("-", "/")),
        ("LA", "id"),
        ("N1", cited.quoted),
        ("ID", cited.claim),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def _write_csl(cited: Cited) -> str:
    """https://docs.citationstyles.org/en/stable/specification.html, as reference managers exchange it."""
    entry: dict[str, Any] = {
        "id": cited.claim,
        "type": "article-newspaper",
        "title": _line(cited.title),
        "container-title": _line(cited.outlet),
        "author": [{"literal": _line(author)} for author in cited.authors],
        "issued": _date(cited.published_on),
        "accessed": _date(cited.read_on),
        "URL": cited.url,
        "language": "id",
        "note": cited.quoted,
    }
    return json.dumps([{key: value for key, value in entry.items() if value}], ensure_ascii=False, indent=1)


def _date(day: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None
