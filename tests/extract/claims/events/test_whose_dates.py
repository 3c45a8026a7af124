"""Dates that lie near to words for an event and are another one's, or of another year."""

from __future__ import annotations

from tests.extract.reading import read

BARE = "Kecamatan Berdaya berjalan di Kabupaten Kendal. "


def events(text: str, title: str = "Kabar dari daerah", year: int = 2025) -> set[tuple[str, str]]:
    return {(e.event, e.date) for e in read(text, title, BARE, year, "11-20").events}


def test_the_early_half_of_a_year_is_its_first() -> None:
    text = "RPPA di Kendal ditargetkan beroperasi pada semester {} 2026."
    assert events(text.format("awal")) == events(text.format("pertama")) == {("target", "2026|2026-06")}


def test_the_year_of_a_headline_makes_no_second_target() -> None:
    text = "Sport center ditargetkan rampung Juni 2026."
    assert events(text, "Target 2026, Kendal Punya Sport Center") == {("target", "2026-06")}
    assert events("Warga menunggu.", "Target 2026, Kendal Punya Sport Center") == {("target", "2026")}


def test_a_day_of_last_year_lies_in_it() -> None:
    text = "Kecamatan Berdaya dicanangkan di Kendal pada 23 Oktober tahun lalu."
    assert events(text, year=2026) == {("launch", "2025-10-23")}


def test_the_day_of_a_decree_is_no_launch() -> None:
    text = "SK Bupati terbit pada 10 November 2025. Hari itu juga Kecamatan Berdaya dicanangkan."
    assert events(text) == {("decree", "2025-11-10")}


def test_the_day_of_something_else_before_it_is_the_launch() -> None:
    text = "Rapat digelar pada 10 November 2025. Hari itu juga Kecamatan Berdaya dicanangkan."
    assert events(text) == {("launch", "2025-11-10")}


def test_what_else_is_opened_is_no_launch() -> None:
    assert events("Peresmian RPPA Boja berlangsung Senin (10/11/2025).") == set()
    assert events("PT Maju Jaya meluncurkan program beasiswa pada 10 November 2025.") == set()
