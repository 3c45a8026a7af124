"""Dates as Indonesian news pages print them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.html.dates import read_date
from db.records import WIB

AT = "2025-10-30T16:46:00+07:00"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kamis, 30 Oktober 2025 16:46 WIB", AT),
        ("Kamis, 30 Oktober 2025 16:46", AT),
        ("Kamis, 30 Oktober 2025 | 16:46 WIB", AT),
        ("- Kamis, 30 Oktober 2025 | 16:46 WIB", AT),
        ("Kamis, 30 Oktober 2025 - 16:46:09 WIB", "2025-10-30T16:46:09+07:00"),
        ("Kamis, 30 Okt 2025 16:46 WIB", AT),
        ("30 Oktober 2025 | 16.46 WIB", AT),
        ("30/10/2025 | 16.46", AT),
        ("Kompas.com - 30/10/2025, 16:46 WIB", AT),
        ("Kompas.com, 30 Oktober 2025, 16:46 WIB", AT),
        ("Kamis 30-10-2025,16:46 WIB", AT),
        ("Diterbitkan 30 Oktober 2025, 16:46 WIB", AT),
        (", Jurnalis-Jum'at, 31 Oktober 2025 |15:18 WIB", "2025-10-31T15:18:00+07:00"),
        ("Rabu, 30 Oktober 2025 16:46 WIB", AT),  # it was a Thursday: the press misprints weekdays
        ("Kamis, 30 Oktober 2025 16:46 WITA", "2025-10-30T16:46:00+08:00"),
        ("Kamis, 30 Oktober 2025 16:46 WIT", "2025-10-30T16:46:00+09:00"),
        ("13 Pebruari 2017 09:05 WIB", "2017-02-13T09:05:00+07:00"),
        ("5 Nopember 2015, 09:05", "2015-11-05T09:05:00+07:00"),
        ("10 Agt 2025 08:00", "2025-08-10T08:00:00+07:00"),
        ("10 Ags 2025 08:00", "2025-08-10T08:00:00+07:00"),
        ("10 Agu 2025 08:00", "2025-08-10T08:00:00+07:00"),
        ("3 July 2025", "2025-07-03T00:00:00+07:00"),
        ("Oct 30, 2025", "2025-10-30T00:00:00+07:00"),
        ("2025-10-30T16:46:00+07:00", AT),
        ("2025-10-30T16:46+07:00", AT),
        ("2025-10-30T16:46:00+0700", AT),
        ("2025-10-30T09:46:00.000Z", "2025-10-30T09:46:00+00:00"),
        ("2025-10-30 16:46:00", AT),
        ("2025/10/30 16:46:00", AT),
        ("2025-10-30", "2025-10-30T00:00:00+07:00"),
        ("1761817560", AT),
        ("1761817560000", AT),
        ("Thu, 30 Oct 2025 16:46:00 +0700", AT),
        ("Thu, 30 Oct 2025 09:46:00 GMT", "2025-10-30T09:46:00+00:00"),
        ("Kamis, 30 Oktober 2025 16:46 WIB | 1.229 Views", AT),
        ("Kam, 30 Okt 2025 16:46:00 +0700", AT),
        ("30 Oktober 2025 09:46:00 +00:00", "2025-10-30T09:46:00+00:00"),
        ("30 Oktober 2025 16:46 GMT+0700", AT),
        ("30 Oct 2025 09:46:00Z", "2025-10-30T09:46:00+00:00"),
        ("October 30, 2025 4:46 PM", AT),
        ("30/10/2025 4:46 p.m. WIB", AT),
        ("30 October 2025, 12:10 AM", "2025-10-30T00:10:00+07:00"),
        ("Kamis, 30 Oktober 2025 16:46-17:30", AT),  # two times, no zone
    ],
)
def test_forms_of_the_press(text: str, wanted: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.isoformat() == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "4 jam yang lalu",
        "kemarin",
        "31 Februari 2025",
        "31/02/2025 10:00",
        "10/30/2025",
        "0 Mei 2025",
        "2022-12-10T13-19-56Z",
        "2025-13-01",
        "2025-10-30T25:00:00",
        "30 Oktober",
        "Oktober 2025",
        "30 Oktoberr 2025",
        "1 Januari 1970",
        "1 Mei 0025",
        "x" * 5000,
        "99999999999999999999",
        "2025-10-30T16:46:00+99:00",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert read_date(text) is None


def test_a_page_is_not_younger_than_its_fetch() -> None:
    fetched = datetime(2025, 11, 1, tzinfo=UTC)
    assert read_date("30 Oktober 2025 16:46 WIB", latest=fetched) is not None
    assert read_date("2 November 2025 06:00 WIB", latest=fetched) is not None  # clocks differ
    assert read_date("30 Oktober 2026 16:46 WIB", latest=fetched) is None


MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@given(st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001
def test_every_minute_reads_back(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0, tzinfo=WIB)
    for text in (
        f"{minute.day} {MONTHS[minute.month - 1]} {minute.year} {minute:%H:%M} WIB",
        f"{minute:%d/%m/%Y} | {minute:%H.%M}",
        minute.isoformat(),
        str(int(minute.timestamp())) if minute.timestamp() > 1e9 else minute.isoformat(),
    ):
        assert read_date(text) == minute


@given(st.text(max_size=300))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = read_date(text)
    assert found is None or (
        found.utcoffset() is not None and abs(found.utcoffset() or timedelta()) <= timedelta(hours=14)
    )
