"""What tables, views and columns mean, from `site/metadata.yml`: for Datasette, docs and exports.

`python -m db.describe > docs/data-dictionary.md` writes the data dictionary anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from datasette.utils import parse_metadata
from sqlite_utils import Database

from db.file.session import Session

SITE = Path(__file__).parent / "site"

#: Stands between the Indonesian and the English form of a text in `metadata.yml`.
_SEPARATOR = " — EN: "


class Words(NamedTuple):
    """A text in both languages."""

    id: str
    en: str

    @classmethod
    def read(cls, text: str) -> Words:
        indonesian, _, english = text.partition(_SEPARATOR)
        return cls(indonesian.strip(), english.strip())

    @property
    def joined(self) -> str:
        """The text as `read` reads it."""
        return f"{self.id}{_SEPARATOR}{self.en}"


@cache
def _load() -> dict[str, Any]:
    metadata: dict[str, Any] = parse_metadata((SITE / "metadata.yml").read_text("utf-8"))
    return metadata


def load_descriptions() -> dict[str, dict[str, Any]]:
    """Table or view -> its block of `metadata.yml`."""
    tables: dict[str, dict[str, Any]] = _load()["databases"]["pantau"]["tables"]
    return tables


def load_site_words() -> dict[str, Words]:
    """Title, description and licence of the whole, by these names."""
    return {key: Words.read(_load()[key]) for key in ("title", "description", "license")}


def read_columns(db: Database) -> dict[str, list[tuple[str, str]]]:
    """Table or view -> (column, declared type), without SQLite's own and the full-text indexes' tables."""
    names = [
        row[0]
        for row in db.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' ORDER BY name"
        ).fetchall()
    ]
    return {
        name: [(row[1], row[2]) for row in db.execute(f'PRAGMA table_xinfo("{name}")').fetchall()]
        for name in names
    }


def check_descriptions(db: Database) -> list[str]:
    """Tables, views and columns of `db` without both languages, and descriptions of what does not exist."""
    described, existing = load_descriptions(), read_columns(db)
    problems = [f"{name} is described but does not exist" for name in described if name not in existing]
    for name, columns in existing.items():
        block = described.get(name, {})
        texts = {f"{name}: {key}": block.get(key) for key in ("title", "description")}
        of_columns = block.get("columns", {})
        texts |= {f"{name}.{column}": of_columns.get(column) for column, _ in columns}
        problems += [f"{what} lacks a text" for what, text in texts.items() if not text]
        problems += [
            f"{what} lacks one of its languages"
            for what, text in texts.items()
            if text and not all(Words.read(text))
        ]
        gone = set(of_columns) - {column for column, _ in columns}
        problems += [f"{name}.{column} is described but does not exist" for column in sorted(gone)]
    return problems


def build_metadata(name: str, db: Database) -> dict[str, Any]:
    """Datasette's metadata for a database that is served as `name`: what it has of what is described."""
    metadata = deepcopy(_load())
    metadata.pop("x-columns")
    block = metadata["databases"].pop("pantau")
    tables, existing = {}, read_columns(db)
    for table, entry in block["tables"].items():
        if table not in existing:
            continue
        columns = existing[table]
        texts = entry.get("columns", {})
        entry["columns"] = {column: texts[column] for column, _ in columns if column in texts}
        if table in db.view_names():
            # Datasette offers sorting on a view only where it is told to.
            entry["sortable_columns"] = [column for column, _ in columns]
        tables[table] = entry
    block["tables"] = tables
    metadata["databases"][name] = block
    return metadata


def build_dictionary() -> str:
    """The data dictionary as Markdown."""
    with tempfile.TemporaryDirectory() as folder, Session(Path(folder) / "empty.db") as session:
        columns = read_columns(session.db)
        views = set(session.db.view_names())
        keys = {
            (table, str(row["from"])): f"{row['table']}.{row['to']}"
            for table in columns
            for row in session.db.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        }
    described = load_descriptions()
    lines = [
        "# Kamus data / Data dictionary",
        "",
        "Dibuat dari `db/site/metadata.yml` dengan `python -m db.describe`; jangan disunting di sini.",
        "Generated from `db/site/metadata.yml` with `python -m db.describe`; do not edit it here.",
        "",
        "Waktu ditulis ISO 8601 dengan zona WIB (+07:00). Kode wilayah adalah kode Kemendagri. Daftar dan",
        "objek adalah JSON. Basis data publik tidak memuat `articles.text` dan `article_versions`.",
        "",
        "Times are ISO 8601 in WIB (+07:00). Area codes are Kemendagri codes. Lists and objects are JSON.",
        "The public database has neither `articles.text` nor `article_versions`.",
    ]
    for heading, names in (
        ("Tampilan / Views", [n for n in described if n in views]),
        ("Tabel / Tables", [n for n in described if n in columns and n not in views]),
    ):
        lines += ["", f"## {heading}"]
        for name in names:
            lines += _section(name, described[name], columns[name], keys)
    return "\n".join(lines) + "\n"


def _section(
    name: str,
    block: dict[str, Any],
    columns: Iterable[tuple[str, str]],
    keys: dict[tuple[str, str], str],
) -> list[str]:
    title, about = Words.read(block["title"]), Words.read(block["description"])
    lines = [
        "",
        f"### `{name}`",
        "",
        f"**{title.id} / {title.en}.** {about.id}. *{about.en}.*",
        "",
        "| kolom / column | tipe / type | arti | meaning |",
        "|---|---|---|---|",
    ]
    for column, kind in columns:
        words = Words.read(block["columns"][column])
        kind = kind.lower() or "–"
        if (name, column) in keys:
            kind += f" → `{keys[name, column]}`"
        lines.append(f"| `{column}` | {kind} | {_cell(words.id)} | {_cell(words.en)} |")
    return lines


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(build_dictionary(), end="")
