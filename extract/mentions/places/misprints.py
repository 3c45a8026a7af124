"""Kecamatan whose printed name is nearly an official one."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from extract.vocabulary.areas import Areas, fold

#: How alike a misprinted kecamatan must be to an official one of the same regency (difflib's ratio).
MISPRINT_RATIO = 0.84


def find_alike(
    name: str, regencies: Collection[str], areas: Areas, but: Collection[str] = frozenset()
) -> str:
    """The code of the one kecamatan of some regencies, `but` for some, whose folded name is nearly `name`.

    "" where there is none, or more than one.
    """
    inside = (k for k in areas.kecamatan if k.regency in regencies and k.code not in but)
    names = {fold(k.name): k.code for k in inside}
    alike = difflib.get_close_matches(name, names, n=2, cutoff=MISPRINT_RATIO)
    return names[alike[0]] if len(alike) == 1 else ""
