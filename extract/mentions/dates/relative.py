"""Dates that are told from the day of publication: "Kamis kemarin", "bulan depan", "akhir tahun ini"."""

from __future__ import annotations

from datetime import date, timedelta

#: What a date's value opens with when it must be counted from the publication: "~W-1:4", "~M+1", "~Y+0|12".
RELATIVE = "~"
#: The codes that `relative` of `knowledge/cues/dates.toml` may give: the next or last day of that name, or
#: weeks, months and years from the present one.
CODES = ("D<", "D>", "W-1", "W+0", "W+1", "M-1", "M+0", "M+1", "Y-1", "Y+0", "Y+1")


def count_from(day: date, value: str) -> str:
    """ISO value of a relative one, seen from a day.

    >>> count_from(date(2025, 10, 31), "~D<:4"), count_from(date(2025, 12, 31), "~M+1")
    ('2025-10-30', '2026-01')
    >>> count_from(date(2025, 10, 31), "~Y+0|12")
    '2025|2025-12'
    """
    code, _, weekday = value[len(RELATIVE) :].partition(":")
    code, _, month = code.partition("|")
    if code.startswith("D"):
        ahead = (int(weekday) - day.isoweekday()) % 7 or 7
        return (day + timedelta(days=ahead if code == "D>" else ahead - 7 if ahead < 7 else -7)).isoformat()
    step = int(code[1:])
    if code.startswith("W"):
        monday = day - timedelta(days=day.weekday())
        return (monday + timedelta(days=7 * step + int(weekday) - 1)).isoformat()
    if code.startswith("M"):
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    year = f"{day.year + step:04d}"
    return f"{year}|{year}-{month}" if month else year
