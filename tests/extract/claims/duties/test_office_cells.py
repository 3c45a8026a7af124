"""Offices in tables and below subheads hold the pillar of their row, column or subhead."""

from __future__ import annotations

from tests.extract.reading import read

END = "\n\nAcara selesai."


def duties(text: str) -> set[tuple[str, str]]:
    return {(d.agency, d.pillar) for d in read(text + END).responsibilities}


def test_the_row_names_the_pillar() -> None:
    table = "Pilar | Penanggung jawab\nRPPA | Dinas Sosial Kendal\nSport center | Disporapar Kendal"
    assert duties(f"Pembagian tugas:\n\n{table}") == {("sosial", "rppa"), ("pora", "sport-center")}


def test_the_column_names_the_pillar() -> None:
    table = (
        "Kecamatan | RPPA | Pengelola\nBoja | Ada | Dinas Sosial Kendal\nWeleri | Belum | Dinas Sosial Kendal"
    )
    assert duties(f"Data tiap kecamatan:\n\n{table}") == {("sosial", "rppa")}


def test_an_office_below_its_pillar() -> None:
    lines = "RPPA\nDinas Sosial Kendal\n\nSport center\nDisporapar Kendal"
    assert duties(f"Pembagian tugas di Kendal:\n\n{lines}") == {("sosial", "rppa"), ("pora", "sport-center")}


def test_an_office_in_another_column_holds_nothing() -> None:
    table = "Kecamatan | RPPA | Tamu\nBoja | Ada | Dinas Sosial Kendal\nWeleri | Ada | Dinas Sosial Kendal"
    assert duties(f"Data tiap kecamatan:\n\n{table}") == set()
