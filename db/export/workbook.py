"""One workbook for people who know only a spreadsheet: a sheet that explains the others, a sheet a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from db.dates import write_date
from db.export.columns import Column, Table
from db.export.cover import Sheets, write_columns, write_cover
from db.export.layout import count_lines, find_width, height
from db.export.source import Source, Value
from db.export.words import find_heading, find_title, find_values
from db.export.writers import Writer, to_cell
from db.records import WIB

#: Bounds of a sheet (https://support.microsoft.com/office/excel-specifications-and-limits).
MAX_ROWS = 1_048_576
MAX_CHARS = 32_767
MAX_LINK = 2_079

#: Rows of a sheet whose addresses can be clicked; beyond they are text. Excel takes 65,530 a sheet, and
#: each stays in memory until the end.
MAX_LINKS = 10_000

#: Digits that a spreadsheet keeps of a number.
_MAX_DIGITS = 15

#: What all cells have; a hair line parts the rows.
_PLAIN: dict[str, Any] = {"valign": "top", "font_size": 10, "bottom": 1, "bottom_color": "#D9D9D9"}

_HEADING = {"bold": True, "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}

#: By kind of column, by what its heading is about, and for the sheets that explain. Dates in Indonesian
#: everywhere ("30 Okt 2025"), so that nobody takes a day for a month.
_FORMATS: dict[str, dict[str, Any]] = {
    "wrapped": {"text_wrap": True},
    "grey": {"font_color": "#6B6B6B"},
    "english": {"text_wrap": True, "italic": True, "font_color": "#555555"},
    "date": {"num_format": "[$-421]d mmm yyyy;@", "align": "left"},
    "moment": {"num_format": "[$-421]d mmm yyyy hh:mm;@", "align": "left"},
    "integer": {"num_format": "#,##0", "align": "right", "indent": 1},
    "number": {"num_format": "0.00", "align": "right", "indent": 1},
    "link": {"font_color": "#0563C1", "underline": 1},
    "title": {"bold": True, "font_size": 18, "font_color": "#1F4E79", "bottom": 0},
    "claim": _HEADING | {"bg_color": "#1F4E79"},
    "source": _HEADING | {"bg_color": "#2E6B4F"},
    "trace": _HEADING | {"bg_color": "#6B6B6B"},
}


class WorkbookWriter(Writer):
    """`pantau-berdaya.xlsx`, a row at a time: each sheet grows in a temporary file."""

    def __init__(self, folder: Path, source: Source, *, bom: bool = False) -> None:
        super().__init__(folder, source, bom=bom)
        self._parts = folder / ".parts"
        self._parts.mkdir()
        self._book = xlsxwriter.Workbook(
            str(folder / "pantau-berdaya.xlsx"),
            {
                "constant_memory": True,
                "tmpdir": str(self._parts),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "use_zip64": True,
            },
        )
        # Zip entries have a fixed date already; the properties' date would be that of the moment.
        made = _read_moment(source.as_of) or datetime(2025, 1, 1)  # noqa: DTZ001 - a workbook has no zones
        self._book.set_properties(
            {"title": "Pantau Berdaya", "subject": "Kecamatan Berdaya, Jawa Tengah", "created": made}
        )
        self._cover = self._book.add_worksheet("Baca dulu")
        self.formats = {
            name: self._book.add_format(_PLAIN | properties) for name, properties in _FORMATS.items()
        }
        self.sheets: list[Sheets] = []

    def start(self, table: Table) -> None:
        self.sheets.append(Sheets(table))
        self._values = [find_values(table.name, column.name) for column in table.columns]
        self._cells = [self._cell_format(column) for column in table.columns]
        self._wrapped = [
            (at, find_width(column))
            for at, column in enumerate(table.columns)
            if column.kind in ("text", "list") and column.group != "trace"
        ]
        self._links = 0
        self._add_sheet()

    def _add_sheet(self) -> None:
        sheets = self.sheets[-1]
        sheets.names.append(name_sheet(find_title(sheets.table.name).id, len(sheets.names) + 1))
        self._sheet: Worksheet = self._book.add_worksheet(sheets.names[-1])
        self._row = 0
        for at, column in enumerate(sheets.table.columns):
            self._sheet.set_column(at, at, find_width(column))
        self._sheet.set_row(0, 32)
        for at, column in enumerate(sheets.table.columns):
            heading = self.formats[column.group]
            self._sheet.write_string(0, at, find_heading(sheets.table.name, column.name).id, heading)
        self._sheet.freeze_panes(1, 1)

    def _cell_format(self, column: Column) -> Format:
        if column.kind in self.formats:
            return self.formats[column.kind]
        return self.formats["grey" if column.group == "trace" else "wrapped"]

    def write(self, row: Sequence[Value]) -> None:
        sheets = self.sheets[-1]
        if self._row == MAX_ROWS - 1:
            self._close_sheet()
            self._add_sheet()
        self._row += 1
        sheets.rows += 1
        lines = max(
            (
                count_lines("; ".join(value) if isinstance(value, list) else str(value), width)
                for at, width in self._wrapped
                if (value := row[at])
            ),
            default=1,
        )
        # A spreadsheet need not find the height of wrapped cells by itself, and LibreOffice does not.
        self._sheet.set_row(self._row, height(lines))
        for at, (column, value) in enumerate(zip(sheets.table.columns, row, strict=True)):
            if value is not None and value != "":
                self._write_cell(at, column, value)
        # The library keeps the height of every row, also of those that it has written.
        self._sheet.row_info.pop(self._row - 1, None)
        self._sheet.row_sizes.pop(self._row - 1, None)

    def _write_cell(self, at: int, column: Column, value: Value) -> None:
        style = self._cells[at]
        if isinstance(value, int | float) and len(str(abs(value))) <= _MAX_DIGITS:
            self._sheet.write_number(self._row, at, value, style)
            return
        text = str(to_cell(value))
        if column.kind == "link":
            self._write_link(at, text, style)
        elif column.kind in ("date", "moment") and (moment := _read_moment(text)):
            self._sheet.write_datetime(self._row, at, moment, style)
        elif column.name == "date" and (moment := _read_moment(text)):
            # Of events, whose day is often open: then a month or a year stands as text.
            self._sheet.write_datetime(self._row, at, moment, self.formats["date"])
        elif column.name == "date":
            shown = "|".join(write_date(part, short=True) for part in text.split("|"))
            self._sheet.write_string(self._row, at, shown, style)
        else:
            self._sheet.write_string(self._row, at, _fit(self._values[at].get(text, text)), style)

    def _write_link(self, at: int, url: str, style: Format) -> None:
        if url.startswith(("https://", "http://")) and len(url) <= MAX_LINK:
            if self._links < MAX_LINKS:
                self._links += 1
                self._sheet.write_url(self._row, at, url, style, _fit(url))
                return
            self.sheets[-1].unlinked += 1
        self._sheet.write_string(self._row, at, _fit(url), self.formats["wrapped"])

    def end(self) -> None:
        self._close_sheet()

    def _close_sheet(self) -> None:
        columns = self.sheets[-1].table.columns
        self._sheet.autofilter(0, 0, max(self._row, 1), len(columns) - 1)
        # On paper: the claims and their sources; what only a machine needs stays on the screen.
        shown = [at for at, column in enumerate(columns) if column.group != "trace"]
        self._sheet.print_area(0, 0, self._row, shown[-1])
        self._sheet.set_landscape()
        self._sheet.set_paper(8)  # A3
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_footer("&L&A&C&P / &N&RPantau Berdaya")

    def finish(self) -> None:
        write_columns(self)
        write_cover(self, self._cover)
        try:
            self._book.close()
        except XlsxWriterException as error:
            # It wraps what the operating system said.
            cause = error.__cause__ or error.__context__
            raise cause if isinstance(cause, OSError) else error from None
        self._parts.rmdir()

    def add_sheet(self, name: str) -> Worksheet:
        """A further sheet, at the end."""
        return self._book.add_worksheet(name)

    def abandon(self) -> None:
        # Closing the book would put all sheets together: only the temporary files are let go.
        self._book.fileclosed = True
        for sheet in self._book.worksheets():
            sheet._opt_close()


def name_sheet(title: str, number: int) -> str:
    """A sheet's name: at most 31 characters, none of those that a spreadsheet forbids."""
    name = re.sub(r"[\[\]:*?\\]", "", title).replace("/", "-")
    ending = f" ({number})" if number > 1 else ""
    return f"{name[: 31 - len(ending)]}{ending}"


def _fit(text: str) -> str:
    """What a cell can hold; only a broken page has more."""
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS - 1]}…"


def _read_moment(text: str) -> datetime | None:
    """A day, or a moment as a clock in Central Java shows it; None for anything else."""
    if len(text) < len("2025-10-30"):  # Python reads "2025" and "202510" as days too
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(WIB).replace(tzinfo=None) if moment.tzinfo else moment
