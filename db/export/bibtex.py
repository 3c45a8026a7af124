"""The articles as BibTeX entries, for BibTeX, biblatex, Zotero and others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from db.export.columns import Table
from db.export.source import Value
from db.export.writers import TextWriter

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: What means something to TeX, and what prints it.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # not \{, since BibTeX counts braces without seeing the backslash
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


def escape(text: str) -> str:
    """Text that TeX prints as it stands, on one line."""
    return "".join(_ESCAPES.get(char, char) for char in " ".join(text.split()) if char.isprintable())


def make_key(article: str) -> str:
    """The citation key of an article: from its id alone, so that a corrected date or title leaves it."""
    key = re.sub(r"[^A-Za-z0-9_:.-]+", "-", article)
    # What had to be replaced could make two ids one.
    return key if key == article else f"{key}-{hashlib.sha256(article.encode()).hexdigest()[:8]}"


class BibtexWriter(TextWriter):
    """An entry an article."""

    def wants(self, table: Table) -> bool:
        return table.name == "articles"

    def start(self, table: Table) -> None:
        self.open("articles.bib")
        self._names = table.names
        self._last = ""

    def write(self, row: Sequence[Value]) -> None:
        article: dict[str, Any] = dict(zip(self._names, row, strict=True))
        if article["id"] == self._last:  # an article on two programmes is one article
            return
        self._last = article["id"]
        self.file.write(build_entry(article))


def build_entry(article: dict[str, Any]) -> str:
    """One entry; `article` is a row of the exported articles by column."""
    published = article["published_on"] or ""
    year, month, day = (*published.split("-"), "", "", "")[:3]
    archive = ", ".join(
        f"{word} {article[column]}"
        for word, column in (("WARC", "warc_file"), ("offset", "warc_offset"), ("digest", "warc_digest"))
        if article.get(column) is not None
    )
    fields = {
        "author": " and ".join(f"{{{escape(name)}}}" for name in article.get("authors") or ()),
        "title": f"{{{escape(article['title'])}}}",
        "howpublished": escape(article["outlet_name"]),
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else "",
        "day": day.lstrip("0"),
        # Unescaped, since \url prints it as it stands; what would end the field is percent-encoded.
        "url": quote(article["url"], safe=":/?#[]@!$&'()*+,;=%~._-"),
        "urldate": (article.get("fetched_at") or "")[:10],
        "langid": "indonesian",
        "note": rf"\url{{{article['address']}}}" if article.get("address") else escape(archive),
        "annote": escape(f"“{article['quote']}” – {article['sentence']} [{article['extractor_version']}]"),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{{make_key(article['id'])},\n{''.join(lines)}}}\n\n"
