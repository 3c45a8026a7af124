"""Reads `sample/articles/*/*.md`: TOML between two lines `+++`, then the text.

Blocks of a text are separated by a blank line:

    a paragraph                      - a list item, one a line        1. the same, numbered
    ## a subheading                  ===  a page break

and what stands in brackets is on the page but is no part of the article:

    [baca] headline of a related article       [gambar] caption      [iklan]      [video]
    [asal] outlet | headline                   "Artikel ini telah tayang di ..."
    [inisial] abc/def                          [paywall] what stands where the rest would be

A file `x.later.md` is what the outlet shows on a second visit: a changed `x.md`, or a new article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from db.toml_records import Made, Must, TomlReader

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"

_MARKED = re.compile(r"\[(baca|gambar|iklan|video|asal|inisial|paywall)\]\s*(.*)", re.DOTALL)
_LISTED = {"ul": re.compile(r"- (.+)"), "ol": re.compile(r"\d+\. (.+)")}


class SourceError(ValueError):
    """An article file that can't be used; one line that names the file."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text; `kind` is p, h2, ul, ol or the word of a bracket."""

    kind: str
    text: str
    items: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        return self.kind in ("p", "h2", "ul", "ol")


Zoned = Annotated[
    datetime,
    Must("a time with zone, such as 2025-10-31T13:22:00+07:00", lambda time: time.tzinfo is not None),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article as its outlet printed it."""

    outlet: str
    file: Path
    id: Annotated[str, Made(Any, str)]
    slug: str
    title: str
    published: Zoned
    modified: Zoned | None = None
    author: str
    section: str
    summary: str
    dateline: str
    pages: tuple[tuple[Block, ...], ...]
    expect: Mapping[str, Any]  # what a correct reading and extraction finds; see sample/README.md
    editor: str = ""
    tags: tuple[str, ...] = ()
    release: str = ""  # articles with the same word are copies of one press release
    undated: bool = False
    premium: bool = False
    gallery: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for page in self.pages for block in page)

    @property
    def text(self) -> str:
        """The article as it should be read: paragraphs separated by a blank line, no noise."""
        return "\n\n".join(block.text for block in self.blocks if block.is_text)

    @property
    def reason(self) -> str:
        """Where a crawl should end with this article: "stored", or a reason to drop it."""
        return str(self.expect.get("reason", "stored"))

    @property
    def section_slug(self) -> str:
        return slugify(self.section)


def slugify(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def load_stories(folder: Path = ARTICLES, later: bool = False) -> dict[str, list[Story]]:
    """Articles by outlet, newest first; `later`: as they stand on the second visit. Raises SourceError."""
    stories: dict[str, list[Story]] = {}
    for home in sorted(p for p in folder.iterdir() if p.is_dir()):
        chosen: dict[str, Path] = {}
        for path in sorted(home.glob("*.md")):
            stem, _, second = path.stem.partition(".")
            if second not in ("", "later"):
                raise SourceError(f"{path}: the name may end in .md or .later.md")
            if (later and second) or (not second and stem not in chosen):
                chosen[stem] = path
        read = [load_story(path) for path in chosen.values()]
        stories[home.name] = sorted(read, key=lambda s: (s.published, s.id), reverse=True)
    return stories


def load_story(path: Path) -> Story:
    """One article file; raises SourceError."""
    reader = TomlReader(path, SourceError)
    parts = path.read_text("utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise reader.fail("must begin with TOML between two lines +++")
    pages = tuple(tuple(_read_blocks(page)) for page in re.split(r"^===$", parts[2], flags=re.MULTILINE))
    return reader.record(Story, reader.parse(parts[1]), outlet=path.parent.name, file=path, pages=pages)


def _read_blocks(page: str) -> list[Block]:
    return [_read_block(text.strip()) for text in re.split(r"\n\s*\n", page) if text.strip()]


def _read_block(text: str) -> Block:
    if match := _MARKED.fullmatch(text):
        return Block(match[1], match[2].strip())
    if text.startswith("## "):
        return Block("h2", text[3:].strip())
    lines = text.splitlines()
    for kind, item in _LISTED.items():
        if all(matches := [item.fullmatch(line) for line in lines]):
            return Block(kind, text, tuple(m[1] for m in matches if m))
    return Block("p", " ".join(lines))
