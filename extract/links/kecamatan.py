"""Which kecamatan are pilots, and which are only named."""

from __future__ import annotations

from db.records import OtherKecamatan, PilotKecamatan
from extract.context import Context
from extract.view import View


def link_kecamatan(
    view: View, context: Context, relevant: bool
) -> tuple[tuple[PilotKecamatan, ...], tuple[OtherKecamatan, ...]]:
    return (), ()
