"""Files for journalists: tables in which every row bears its source, in the formats that they can open.

`export` reads one moment of a database, private or public, and writes each format row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.claim_kinds import CLAIM_TYPES
from db.errors import StoreError
from db.export.bibtex import BibtexWriter
from db.export.columns import Table
from db.export.datapackage import DataPackageWriter
from db.export.filters import Filters
from db.export.folder import FolderBusyError, building, read_manifest, save_manifest
from db.export.source import Source, open_source
from db.export.workbook import WorkbookWriter
from db.export.writers import CsvWriter, GeoJsonWriter, JsonLinesWriter, Writer

__all__ = ["FORMATS", "Exported", "Filters", "FolderBusyError", "export"]

_WRITERS: dict[str, type[Writer]] = {
    "csv": CsvWriter,
    "xlsx": WorkbookWriter,
    "jsonl": JsonLinesWriter,
    "geojson": GeoJsonWriter,
    "bibtex": BibtexWriter,
    "datapackage": DataPackageWriter,
}

#: What `export` can write.
FORMATS: tuple[str, ...] = tuple(_WRITERS)

#: Shows how far a table is: rows and its name in, the same rows out.
Track = Callable[[Iterator[Any], str], Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export wrote."""

    files: tuple[Path, ...]  # sorted
    rows: dict[str, int]  # by table, those of terms left out
    renewed: tuple[str, ...] = ()  # formats that were not asked for and that the folder held

    @property
    def articles(self) -> int:
        """How many articles were written."""
        return self.rows["articles"]

    @property
    def pilots(self) -> int:
        """How many kecamatan that were reported as pilots."""
        return self.rows.get("pilots", 0)

    @property
    def claims(self) -> int:
        """How many claims of all kinds."""
        return sum(count for table, count in self.rows.items() if table in CLAIM_TYPES)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was reported that fits the filters."""
        return not any(self.rows.values())


def export(
    database: Path | str,
    output: Path | str,
    formats: Sequence[str] = FORMATS,
    *,
    filters: Filters | None = None,
    bom: bool = False,
    track: Track = lambda rows, _: rows,
) -> Exported:
    """Write formats (of `FORMATS`) into the folder `output`; the same database gives the same bytes.

    `bom` starts CSV files with a byte order mark, by which Excel knows UTF-8. A folder holds one export: the
    formats of an older one are written anew, too, and its files replaced when all are complete. Raises
    `StoreError` in one line: a database or folder that cannot be used, no space, an unknown regency, pillar
    or outlet; then nothing in `output` changed.
    """
    output = Path(output)
    with open_source(Path(database), filters or Filters()) as source, building(output) as draft:
        held, known = read_manifest(output)
        wanted = [name for name in FORMATS if name in formats or name in held]
        rows = _write(source, draft, _choose(wanted), bom=bom, track=track)
        written = {str(p.relative_to(draft)) for p in draft.rglob("*") if p.is_file()}
        _check_strangers(output, source, written.union(known))
        save_manifest(draft, wanted)
    return Exported(
        files=tuple(sorted(output / name for name in written)),
        rows=rows,
        renewed=tuple(name for name in wanted if name not in formats),
    )


def _check_strangers(output: Path, source: Source, ours: set[str]) -> None:
    """Refuse files of the names of an export that no manifest lists: whose they are, nobody knows."""
    tables = [table.name for table in source.tables if not table.reference]
    names = [f"{table}.{suffix}" for suffix in ("csv", "jsonl") for table in tables]
    names += ["pantau-berdaya.xlsx", "pilots.geojson", "articles.bib", "datapackage.json"]
    strange = next((name for name in names if name not in ours and (output / name).exists()), "")
    if strange:
        raise StoreError(
            f"{output} holds {strange}, which would stand beside this export and is none of it: "
            "move it away, write all formats, or name another folder with --output"
        )


def _choose(formats: Sequence[str]) -> list[type[Writer]]:
    """The writers; the data package brings the CSV files that it describes."""
    return [
        _WRITERS[name]
        for name in FORMATS
        if name in formats and (name, "datapackage" in formats) != ("csv", True)
    ]


def _write(
    source: Source, draft: Path, kinds: Sequence[type[Writer]], *, bom: bool, track: Track
) -> dict[str, int]:
    with ExitStack() as failed:
        writers = []
        for kind in kinds:
            writers.append(kind(draft, source, bom=bom))
            failed.callback(_abandon, writers[-1])
        rows = {}
        for table in source.tables:
            count = _write_table(source, table, [w for w in writers if w.wants(table)], track)
            if not table.reference:
                rows[table.name] = count
        for writer in writers:
            writer.finish()
        failed.pop_all()
    return rows


def _write_table(source: Source, table: Table, writers: Sequence[Writer], track: Track) -> int:
    """One pass over the table for all formats. Counts also what no format asked for."""
    if table.reference and not writers:
        return 0
    for writer in writers:
        writer.start(table)
    count = 0
    for row in track(source.read(table), table.name):
        count += 1
        for writer in writers:
            writer.write(row)
    for writer in writers:
        writer.end()
    return count


def _abandon(writer: Writer) -> None:
    # Another error is on its way; a disk that is full also refuses what is left to write.
    with suppress(OSError):
        writer.abandon()
