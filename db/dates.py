"""Dates as readers write them, in both languages. Pure."""

from __future__ import annotations

import re

MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip

_ISO = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d)(?:T.*)?)?")


def write_date(iso: str, language: str = "id", *, short: bool = False) -> str:
    """ "2025-10-30…" -> "30 Oktober 2025", "2025-10" -> "Oktober 2025"; anything else stays as it is."""
    match = _ISO.fullmatch(iso)
    if match is None:
        return iso
    month = MONTHS[language][int(match[2]) - 1]
    if short:
        month = "Agu" if month == "Agustus" else month[:3]
    return f"{int(match[3])} {month} {match[1]}" if match[3] else f"{month} {match[1]}"
