"""The sheets that explain the others: the first one, and the last one with every column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from db.dates import write_date
from db.describe import Words, load_site_words
from db.export.cells import neutralise
from db.export.columns import Table
from db.export.layout import count_lines, height
from db.export.source import Source
from db.export.words import find_description, find_heading, find_meaning, find_notes, find_unit, find_values

#: The last sheet.
COLUMNS = "Arti kolom"

#: Characters of the first sheet's columns.
_WIDTHS = (30, 9, 62, 62)


@dataclass
class Sheets:
    """The sheets of one table: more than one where its rows are too many for a sheet."""

    table: Table
    names: list[str] = field(default_factory=list)
    rows: int = 0
    unlinked: int = 0


class Book(Protocol):
    """What the explaining sheets ask of the workbook that they belong to."""

    source: Source
    sheets: list[Sheets]
    formats: dict[str, Format]

    def add_sheet(self, name: str) -> Worksheet: ...


def write_cover(book: Book, sheet: Worksheet) -> None:
    """What the workbook is, what each sheet holds, how to read it; Indonesian left, English right."""
    words = load_site_words()
    text, english, head = book.formats["wrapped"], book.formats["english"], book.formats["claim"]
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, "Pantau Berdaya", book.formats["title"])
    rows = [(words["description"].id + ".", words["description"].en + ".")]
    rows += _describe_moment(book)
    row = 1
    for indonesian, other in rows:
        row += 1
        sheet.set_row(row, _height(indonesian, other))
        sheet.merge_range(row, 0, row, 2, indonesian, text)
        sheet.write_string(row, 3, other, english)
    row += 2
    for at, heading in enumerate(("Lembar (klik)", "Baris", "Isinya", "What it holds")):
        sheet.write_string(row, at, heading, head)
    for sheets in book.sheets:
        about = find_description(sheets.table.name)
        for number, name in enumerate(sheets.names):
            row += 1
            sheet.set_row(row, height(max(count_lines(f"{words}.", 62) for words in about)))
            sheet.write_url(row, 0, f"internal:'{name}'!A1", book.formats["link"], name)
            if number == 0:
                sheet.write_number(row, 1, sheets.rows, book.formats["integer"])
                sheet.write_string(row, 2, f"{about.id}.", text)
                sheet.write_string(row, 3, f"{about.en}.", english)
    row += 1
    sheet.write_url(row, 0, f"internal:'{COLUMNS}'!A1", book.formats["link"], COLUMNS)
    sheet.write_string(row, 2, "Arti setiap kolom di setiap lembar", text)
    sheet.write_string(row, 3, "What every column of every sheet means", english)
    row += 2
    sheet.merge_range(row, 0, row, 2, "Cara membaca", head)
    sheet.write_string(row, 3, "How to read it", head)
    notes = find_notes()
    if unlinked := sum(sheets.unlinked for sheets in book.sheets):
        notes.append(
            Words(
                f"{unlinked} tautan tidak dapat diklik (batas lembar kerja); salin alamatnya ke peramban.",
                f"{unlinked} links cannot be clicked, since sheets bound their number; copy the address.",
            )
        )
    notes.append(Words(f"Lisensi: {words['license'].id}.", f"Licence: {words['license'].en}."))
    for indonesian, other in notes:
        row += 1
        sheet.set_row(row, _height(indonesian, other))
        sheet.merge_range(row, 0, row, 2, indonesian, text)
        sheet.write_string(row, 3, other, english)
    _set_page(sheet, row, 3)
    sheet.fit_to_pages(1, 1)


def _describe_moment(book: Book) -> list[tuple[str, str]]:
    source = book.source
    rows = []
    if source.as_of:
        day = source.as_of[:10]
        rows.append((f"Keadaan data: {write_date(day)}.", f"State of the data: {write_date(day, 'en')}."))
    if chosen := source.chosen:
        rows.append((f"Hanya sebagian, disaring dengan: {chosen}.", f"Only a part, filtered by: {chosen}."))
    if not any(sheets.rows for sheets in book.sheets):
        rows.append(("Tidak ada baris yang cocok.", "No row fits."))
    return rows


def write_columns(book: Book) -> None:
    """Every column of every sheet: heading, meaning in both languages, and its name in the other formats."""
    sheet = book.add_sheet(COLUMNS)
    text, english, head = book.formats["wrapped"], book.formats["english"], book.formats["claim"]
    for at, (heading, width) in enumerate(
        (
            ("Lembar", 30),
            ("Kolom", 24),
            ("Arti", 62),
            ("Meaning", 62),
            ("Satuan", 20),
            ("Nama teknis", 20),
        )
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, head)
    row = 0
    for sheets in book.sheets:
        for column in sheets.table.columns:
            row += 1
            meaning = find_meaning(sheets.table.name, column.name)
            shown = "; ".join(
                f"{word} = {key}" for key, word in find_values(sheets.table.name, column.name).items()
            )
            cells = (
                sheets.names[0],
                find_heading(sheets.table.name, column.name).id,
                f"{meaning.id}. Tertulis: {shown}" if shown else meaning.id,
                meaning.en,
                find_unit(column.name).id,
                column.name,
            )
            sheet.set_row(row, height(max(count_lines(cells[2], 62), count_lines(cells[3], 62))))
            for at, cell in enumerate(cells):
                sheet.write_string(row, at, neutralise(cell), english if at == 3 else text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), 5)
    sheet.repeat_rows(0)
    _set_page(sheet, row, 5)


def _height(indonesian: str, english: str) -> float:
    """Points of a row of the first sheet: merged cells never find their own height."""
    return height(max(count_lines(indonesian, sum(_WIDTHS[:3])), count_lines(english, _WIDTHS[3])))


def _set_page(sheet: Worksheet, row: int, column: int) -> None:
    sheet.print_area(0, 0, row, column)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
