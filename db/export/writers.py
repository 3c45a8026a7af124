"""What every format does with the tables, and the formats of plain text."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db.export.cells import neutralise
from db.export.columns import Table
from db.export.folder import Digested
from db.export.source import Source, Value


class Writer(ABC):
    """Writes one format into a folder: `start`, `write` each row, `end` for each table, then `finish`."""

    def __init__(self, folder: Path, source: Source, *, bom: bool = False) -> None:
        self.folder = folder
        self.source = source
        self.bom = bom

    def wants(self, table: Table) -> bool:
        """Whether the table is part of this format."""
        return not table.reference

    @abstractmethod
    def start(self, table: Table) -> None:
        """Begin a table."""

    @abstractmethod
    def write(self, row: Sequence[Value]) -> None:
        """Add a row of it."""

    @abstractmethod
    def end(self) -> None:
        """Complete the table."""

    @abstractmethod
    def abandon(self) -> None:
        """Let go of open files: something failed."""

    def finish(self) -> None:  # noqa: B027 - most formats are complete with their last table
        """Complete what describes all tables."""


class TextWriter(Writer):
    """A format with a text file at a time."""

    _file: Digested | None = None

    def open(self, name: str) -> Digested:
        """Begin a file."""
        self._file = Digested(self.folder / name)
        return self._file

    @property
    def file(self) -> Digested:
        """The file of the moment."""
        assert self._file is not None, "write comes after start"
        return self._file

    def end(self) -> None:
        self.file.close()

    def abandon(self) -> None:
        if self._file is not None:
            self._file.abandon()


class CsvWriter(TextWriter):
    """A file a table as RFC 4180 has it: UTF-8, commas, CRLF; lists of terms in `reference/`."""

    with_reference = False

    def wants(self, table: Table) -> bool:
        return self.with_reference or not table.reference

    def start(self, table: Table) -> None:
        file = self.open(csv_name(table))
        if self.bom:
            file.write("\ufeff")
        self._csv = csv.writer(file)
        self._csv.writerow(table.names)

    def write(self, row: Sequence[Value]) -> None:
        self._csv.writerow([to_cell(value) for value in row])


def csv_name(table: Table) -> str:
    """Where a table's CSV file lies."""
    return f"reference/{table.name}.csv" if table.reference else f"{table.name}.csv"


def to_cell(value: Value) -> str | int | float:
    """A value as a spreadsheet's cell: lists become words with semicolons, no text can run as a formula."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(value)
    return neutralise(value) if isinstance(value, str) else value


class JsonLinesWriter(TextWriter):
    """An object a line, typed: lists are lists, what is absent is null. Texts stand as they are."""

    def start(self, table: Table) -> None:
        self.open(f"{table.name}.jsonl")
        self._names = table.names

    def write(self, row: Sequence[Value]) -> None:
        self.file.write(to_json(dict(zip(self._names, row, strict=True))) + "\n")


class GeoJsonWriter(TextWriter):
    """The pilots as points (RFC 7946): a position is longitude, latitude in WGS 84."""

    def wants(self, table: Table) -> bool:
        return table.name == "pilots"

    def start(self, table: Table) -> None:
        self.open("pilots.geojson").write('{"type": "FeatureCollection", "features": [')
        self._names = table.names
        self._first = True

    def write(self, row: Sequence[Value]) -> None:
        properties = dict(zip(self._names, row, strict=True))
        position = [properties.pop("longitude"), properties.pop("latitude")]
        feature = {
            "type": "Feature",
            "id": f"{properties['programme']}/{properties['code']}",
            "geometry": {"type": "Point", "coordinates": position},
            "properties": properties,
        }
        self.file.write(f"{'' if self._first else ','}\n{to_json(feature)}")
        self._first = False

    def end(self) -> None:
        self.file.write("\n]}\n")
        super().end()


def to_json(value: Any) -> str:
    """One line of JSON, with the two separators escaped that some programs take for the end of a line."""
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
