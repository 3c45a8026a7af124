"""Dates as readers write them."""

from __future__ import annotations

import pytest

from db.dates import write_date


@pytest.mark.parametrize(
    ("iso", "long", "short", "english"),
    [
        ("2025-10-30", "30 Oktober 2025", "30 Okt 2025", "30 October 2025"),
        ("2025-08-01T09:15:00+07:00", "1 Agustus 2025", "1 Agu 2025", "1 August 2025"),
        ("2025-08", "Agustus 2025", "Agu 2025", "August 2025"),
        *((other, other, other, other) for other in ("2026", "2025-13-01", "kemarin", "")),
    ],
)
def test_dates(iso: str, long: str, short: str, english: str) -> None:
    assert write_date(iso) == long
    assert write_date(iso, short=True) == short
    assert write_date(iso, "en") == english
