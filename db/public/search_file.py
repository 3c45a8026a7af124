"""Keeps the search's index of a working database in a file beside it; a published file holds its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from db.describe import SITE
from db.file.side_file import SideFile
from db.public.hiding import hide_row, load_hiders
from db.search.index import TABLES, build_index


class SearchFile(SideFile):
    """The index of the working database `store`, without the words that no reader sees."""

    ending = "search"
    tables = ("search_fts", "names_fts", "words_fts")
    version = TABLES + (SITE / "synonyms.toml").read_text("utf-8")

    def fill(self, db: Database) -> None:
        hiders = load_hiders(db, "store")

        def hide(names: Sequence[str], values: tuple[Any, ...]) -> tuple[Any, ...]:
            row = dict(zip(names, values, strict=True))
            hider = hiders.get(row["article"])
            return tuple(hide_row(hider, row).values()) if hider else values

        build_index(db, hide if hiders else None)
