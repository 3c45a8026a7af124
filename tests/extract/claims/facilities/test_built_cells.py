"""Buildings in a table's cells stand where the cell says so, in the kecamatan of their row."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def built(cell: str) -> list[tuple[str, str | None, str | None]]:
    """The buildings of a table with one cell that is not empty."""
    rows = f"Kecamatan | RPPA | Sport center\nBoja | {cell} | –\nWeleri | – | –"
    facts = read(f"Fasilitas di tiap kecamatan:\n\n{rows}\n\nAcara selesai.")
    return [(f.pillar, f.village, f.kecamatan) for f in facts.facilities]


@pytest.mark.parametrize("cell", ["Ada", "✓", "Sudah beroperasi", "2 unit", "Tersedia"])
def test_a_cell_says_that_it_is_there(cell: str) -> None:
    assert built(cell) == [("rppa", None, "Boja")]


@pytest.mark.parametrize(
    "cell", ["Belum ada", "Tidak ada", "–", "Dalam pembangunan", "0 unit", "Direncanakan 2027"]
)
def test_a_cell_says_that_it_is_not(cell: str) -> None:
    assert built(cell) == []


def test_a_cell_names_the_village() -> None:
    assert built("Desa Meteseh") == [("rppa", "Meteseh", "Boja")]
