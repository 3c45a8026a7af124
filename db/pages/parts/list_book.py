"""A list as a workbook that explains itself: source, date, licence and columns first, then the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from db.export.columns import KINDS, Column
from db.export.layout import count_lines, find_width, height
from db.export.workbook import MAX_CHARS, MAX_ROWS, name_sheet
from db.pages.parts.language import language, say
from db.pages.parts.text import strip_control

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

#: Cells run nothing and open nothing: a stranger's headline may begin with "=".
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

_HEADING = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F4E79",
    "text_wrap": True,
    "valign": "vcenter",
}
_DATES = {"id": "[$-421]d mmm yyyy;@", "en": "[$-409]d mmm yyyy;@"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the cover says, in the reader's language."""

    title: str
    lines: Sequence[tuple[str, str]]  # label and text
    columns: Sequence[tuple[str, str, str]]  # heading, meaning, technical name


class ListBook:
    """The workbook while it is written; more rows than a sheet holds go to further sheets."""

    def __init__(self, target: Path, about: About, max_rows: int = MAX_ROWS) -> None:
        self._book = xlsxwriter.Workbook(str(target), _OPTIONS)
        self._about, self._max_rows = about, max_rows
        self._widths = [find_width(Column(name, "", _kind(name))) for _, _, name in about.columns]
        self._formats = {
            name: self._book.add_format(properties)
            for name, properties in {
                "heading": _HEADING,
                "title": {"bold": True, "font_size": 16},
                "label": {"bold": True, "valign": "top"},
                "text": {"valign": "top", "text_wrap": True},
                "cell": {"valign": "top"},
                "date": {"valign": "top", "align": "left", "num_format": _DATES[language.get()]},
            }.items()
        }
        self._sheets: list[Worksheet] = []
        self._line = max_rows
        self._write_cover()

    def _write_cover(self) -> None:
        sheet, text, label = (
            self._book.add_worksheet(say("book.cover")),
            self._formats["text"],
            self._formats["label"],
        )
        for column, width in enumerate((28, 80, 24)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, self._about.title, self._formats["title"])
        row = 1
        for name, words in self._about.lines:
            row += 1
            sheet.set_row(row, height(count_lines(words, 80)))
            sheet.write_string(row, 0, name, label)
            sheet.write_string(row, 1, words, text)
        row += 2
        for column, key in enumerate(("book.column", "book.meaning", "book.technical")):
            sheet.write_string(row, column, say(key), self._formats["heading"])
        for heading, meaning, name in self._about.columns:
            row += 1
            sheet.set_row(row, height(count_lines(meaning, 80)))
            for column, words in enumerate((heading, meaning, name)):
                sheet.write_string(row, column, words, text)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        for row in rows:
            if self._line >= self._max_rows:
                self._add_sheet()
            for column, value in enumerate(row):
                self._write_cell(column, value)
            self._line += 1

    def _write_cell(self, column: int, value: Any) -> None:
        sheet, cell = self._sheets[-1], self._formats["cell"]
        if isinstance(value, str):
            if _DAY.fullmatch(value) and (day := _read_day(value)):
                sheet.write_datetime(self._line, column, day, self._formats["date"])
            else:
                sheet.write_string(self._line, column, strip_control(value)[:MAX_CHARS], cell)
        elif isinstance(value, int | float):
            sheet.write_number(self._line, column, value, cell)
        elif value is not None:  # bytes, of a question of a reader's own
            sheet.write_string(self._line, column, str(value)[:MAX_CHARS], cell)

    def _add_sheet(self) -> None:
        self._close_sheet()
        sheet = self._book.add_worksheet(name_sheet(self._about.title, len(self._sheets) + 1))
        self._sheets.append(sheet)
        for column, width in enumerate(self._widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 32)
        for column, (heading, _, _) in enumerate(self._about.columns):
            sheet.write_string(0, column, heading, self._formats["heading"])
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        self._line = 1

    def _close_sheet(self) -> None:
        if self._sheets and self._about.columns:
            self._sheets[-1].autofilter(0, 0, max(self._line - 1, 1), len(self._about.columns) - 1)

    def close(self) -> None:
        if not self._sheets:
            self._add_sheet()
        self._close_sheet()
        self._book.close()


def _kind(column: str) -> Any:
    return "date" if column.endswith(("_reported", "_on")) else KINDS.get(column, "text")


def _read_day(text: str) -> datetime | None:
    """A day that a spreadsheet can hold: none before 1900."""
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 1900 else None
