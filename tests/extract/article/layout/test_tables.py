"""Tables are found in what sites make of them, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from tests.extract.article.layout.test_read import segments

#: A table of three columns, header first.
ROWS = [
    ("Kecamatan", "Kabupaten", "Gedung RPPA"),
    ("Weru", "Sukoharjo", "Ada"),
    ("Bulu", "Sukoharjo", "Belum ada"),
    ("Jenawi", "Karanganyar", "Ada"),
]
READ = [("header" if not n else "row", " | ".join(row)) for n, row in enumerate(ROWS)]
BEFORE, BEHIND = "Redaksi menyusun tabel berikut.", "Camat Weru mengatakan gedungnya meminjam rumah dinas."


@pytest.mark.parametrize(
    "table",
    [
        "\n".join(" | ".join(row) for row in ROWS),
        "\n\n".join(" | ".join(row) for row in ROWS),
        "\n".join("\t".join(row) for row in ROWS),
        "\n".join(f"| {' | '.join(row)} |" for row in ROWS),
        "\n".join(cell for row in ROWS for cell in row),
        "\n\n".join(cell for row in ROWS for cell in row),
    ],
    ids=["bars", "bars-apart", "tabs", "framed", "cells", "cells-apart"],
)
def test_a_table_has_rows_whatever_its_shape(table: str) -> None:
    found = segments(f"{BEFORE}\n\n{table}\n\n{BEHIND}")
    assert found[0][0] == found[-1][0] == "prose"
    assert found[1:-1] == READ


def test_an_empty_cell_keeps_its_column() -> None:
    found = segments(f"{BEFORE}\n\nKabupaten | RPPA\nKendal | \n | 4\n\n{BEHIND}")
    assert [words for kind, words in found if kind == "row"] == ["Kendal |", "| 4"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Kabupaten Kendal", "Boja", "Singorojo", "Limbangan", "Patean", "Sukorejo"],
        ["Kendal", "Boja, Singorojo", "Demak", "Wedung, Bonang", "Kudus", "Undaan, Dawe"],
        ["Kecamatan", "Kabupaten"],
        ["Kecamatan", "Warga datang sejak pagi", "Mereka antre", "Siang sepi", "Sore ramai", "Malam bubar"],
    ],
    ids=["a-list", "subheads", "no-rows", "no-places"],
)
def test_short_lines_are_no_table(lines: list[str]) -> None:
    found = segments("\n\n".join([BEFORE, *lines, BEHIND]))
    assert {kind for kind, _ in found}.isdisjoint({"row", "header"})
    assert len(found) == len(lines) + 2


def test_a_bar_in_one_line_is_prose() -> None:
    assert segments("Demak | Kabar Senja menulis hal ini kemarin. Warga senang.")[0][0] == "prose"


@pytest.mark.parametrize(
    "text", ["a | b\n" * 20_000, "a | " * 40_000 + "\n" + "a | " * 40_000, "Kota\n" * 40_000]
)
def test_long_tables_are_read_in_linear_time(text: str) -> None:
    assert segments(text)
