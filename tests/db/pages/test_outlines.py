"""Outlines worked out from the places of kecamatan: every regency is there, and none too small to tap."""

from __future__ import annotations

import re

from db.pages.parts.outlines import ACROSS, SMALLEST, WIDTH, draw_outlines

#: Two wide regencies, a city of two kecamatan between them, and an island far to the north.
PLACES = (
    *(("33.01", -7.0 - 0.1 * row, 109.0 + 0.1 * column) for row in range(4) for column in range(4)),
    *(("33.02", -7.0 - 0.1 * row, 109.4 + 0.1 * column) for row in range(4) for column in range(4)),
    ("33.71", -7.15, 109.36),
    ("33.71", -7.16, 109.37),
    ("33.02", -5.8, 109.5),
)


def measure(path: str) -> float:
    """Area of a path of straight lines, in cells."""
    total = 0.0
    for ring in path.strip("Z").split("Z"):
        points = [tuple(map(float, pair.split())) for pair in re.split("[ML]", ring) if pair]
        pairs = zip(points, [*points[1:], points[0]], strict=True)
        total += sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2
    return abs(total) / (WIDTH / ACROSS) ** 2


def test_every_regency_has_an_outline_with_its_label_inside() -> None:
    drawing = draw_outlines(PLACES)
    assert set(drawing.outlines) == {"33.01", "33.02", "33.71"}
    for outline in drawing.outlines.values():
        assert 0 < outline.x < drawing.width
        assert drawing.top < outline.y < drawing.top + drawing.height
    assert drawing.outlines["33.01"].x < drawing.outlines["33.71"].x < drawing.outlines["33.02"].x


def test_a_city_is_large_enough_and_an_island_keeps_a_ring_of_its_own() -> None:
    outlines = draw_outlines(PLACES).outlines
    assert measure(outlines["33.71"].path) > 0.8 * SMALLEST
    assert outlines["33.02"].path.count("Z") == 2
    assert outlines["33.01"].path.count("Z") == 1


def test_the_sea_before_an_island_is_cut_short() -> None:
    assert draw_outlines(PLACES).height < WIDTH * 1.2


def test_few_places_are_no_error() -> None:
    assert draw_outlines(()).outlines == {}
    assert set(draw_outlines((("33.05", -7.6, 109.6),)).outlines) == {"33.05"}
