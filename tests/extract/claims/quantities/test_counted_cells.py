"""Figures in a table's cells count what their column names, in the regency of their row."""

from __future__ import annotations

from tests.extract.reading import read

TABLE = (
    "Kabupaten | Kecamatan percontohan | RPPA | Jumlah desa\nKendal | 3 | 2 unit | 266\nDemak | 4 | – | 243"
)


def figures(table: str) -> set[tuple[str, str, int]]:
    facts = read(f"Data tiap kabupaten:\n\n{table}\n\nAcara selesai.")
    return {(q.measure, q.region, q.value) for q in facts.quantities}


def test_a_column_names_the_measure() -> None:
    assert figures(TABLE) == {
        ("kecamatan_pilot", "Kabupaten Kendal", 3),
        ("kecamatan_pilot", "Kabupaten Demak", 4),
        ("rppa_units", "Kabupaten Kendal", 2),
        ("village_total", "Kabupaten Kendal", 266),
        ("village_total", "Kabupaten Demak", 243),
    }


def test_the_shape_of_the_table_makes_no_difference() -> None:
    cells = "\n".join(cell for line in TABLE.split("\n") for cell in line.split(" | "))
    assert figures(cells) == figures(TABLE)


def test_figures_of_kecamatan_are_none_of_a_regency() -> None:
    assert figures("Kecamatan | Kabupaten | RPPA\nBoja | Kendal | 2\nWedung | Demak | 1") == set()
