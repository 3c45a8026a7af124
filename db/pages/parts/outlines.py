"""Outlines of regencies for a map, from the places of their kecamatan alone: nobody's polygons are needed.

Land is what lies near a kecamatan; each spot of it belongs to the regency of the nearest one. Regencies too
small to be seen or tapped grow into their neighbours, so this is a cartogram, and no map to measure on.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

Cell = tuple[int, int]  # column and row from the north-west
Point = tuple[float, float]

#: Units that the drawing is wide, and cells that lie side by side in it.
WIDTH, ACROSS = 1000, 150
#: How far from a kecamatan land reaches, in distances from one to the next (their median); and how much of
#: that the coast loses again, so that bays close and capes stay.
REACH, COAST = 2.2, 0.39
#: How much of the sea between islands is drawn, from place to place, in reaches: the rest is left out.
GAP = 3.0
#: Degrees that stand for a distance where there is one place only.
ALONE = 0.1
#: Cells of the smallest regency: on a screen of 360 pixels some 20 pixels each way.
SMALLEST = 80


@dataclass(frozen=True, slots=True)
class Outline:
    """A regency in the drawing: an SVG path, and the spot of its inside that is farthest from any border."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    outlines: dict[str, Outline]  # by the regency's code
    width: int
    height: int
    top: int = 0  # where what is drawn begins, from above


@lru_cache(maxsize=4)
def draw_outlines(places: tuple[tuple[str, float, float], ...]) -> Drawing:
    """Outlines from (regency's code, latitude, longitude) of every kecamatan; takes half a second, once."""
    if not places:
        return Drawing({}, WIDTH, 0)
    spots, rows, reach = _project(places)
    land = _fill_land(spots, rows, reach)
    owner = _share_out(land, spots, reach)
    _grow_small(owner)
    edge = WIDTH / ACROSS
    outlines = {}
    for code in sorted(set(owner.values())):
        own = {cell for cell, other in owner.items() if other == code}
        path = "".join(_write_ring(ring, edge) for ring in _trace(own))
        column, row = _find_middle(own)
        outlines[code] = Outline(path, round((column + 0.5) * edge, 1), round((row + 0.5) * edge, 1))
    lines = [row for _, row in owner]
    top, bottom = round((min(lines) - 1) * edge), round((max(lines) + 2) * edge)
    return Drawing(outlines, WIDTH, bottom - top, top)


def _project(
    places: Iterable[tuple[str, float, float]],
) -> tuple[list[tuple[str, float, float]], int, float]:
    """(code, column, row) of each place in cells, in an even scale; the rows; how far land reaches."""
    places = list(places)
    north = max(latitude for _, latitude, _ in places)
    south = min(latitude for _, latitude, _ in places)
    west = min(longitude for *_, longitude in places)
    east = max(longitude for *_, longitude in places)
    flat = math.cos(math.radians((north + south) / 2))
    reach = REACH * _usual_distance([(longitude * flat, latitude) for _, latitude, longitude in places])
    scale = ACROSS / ((east - west) * flat + 2 * reach)
    margin = reach * scale
    lines = sorted({(north - latitude) * scale for _, latitude, _ in places})
    skipped, shift = {}, 0.0
    for before, line in zip([lines[0], *lines], lines, strict=False):
        shift += max(0.0, line - before - GAP * margin)
        skipped[line] = shift
    spots = [
        (
            code,
            margin + (longitude - west) * flat * scale,
            margin + (north - latitude) * scale - skipped[(north - latitude) * scale],
        )
        for code, latitude, longitude in places
    ]
    return spots, math.ceil(lines[-1] - shift + 2 * margin), margin


def _usual_distance(points: list[Point]) -> float:
    """The median distance from a point to its nearest other, in degrees."""
    nearest = (
        min((math.dist(point, other) for other in points if other != point), default=ALONE)
        for point in points
    )
    return statistics.median(nearest)


def _around(spots: Iterable[tuple[str, float, float]], reach: float) -> Iterator[Cell]:
    """The cells whose middle is within `reach` of a spot."""
    for _, x, y in spots:
        for column in range(math.floor(x - reach), math.ceil(x + reach) + 1):
            for row in range(math.floor(y - reach), math.ceil(y + reach) + 1):
                if math.hypot(column + 0.5 - x, row + 0.5 - y) <= reach:
                    yield column, row


def _fill_land(spots: list[tuple[str, float, float]], rows: int, reach: float) -> set[Cell]:
    """What lies near a place, without the outermost rim, and with what land surrounds."""
    near = set(_around(spots, reach))
    frame = {(column, row) for column in range(-1, ACROSS + 1) for row in range(-1, rows + 1)}
    sea, front = set(), [(-1, -1)]
    while front:
        cell = front.pop()
        if cell in frame and cell not in near and cell not in sea:
            sea.add(cell)
            front += _beside(cell)
    rim = COAST * reach
    steps = range(-math.ceil(rim), math.ceil(rim) + 1)
    rounds = [(a, b) for a in steps for b in steps if math.hypot(a, b) <= rim]
    shore = {cell for cell in sea if any(beside in near for beside in _beside(cell))}
    lost = {(column + a, row + b) for column, row in shore for a, b in rounds}
    kept = (frame - sea) - lost
    # A place by itself, such as an island, keeps a spot however small.
    return kept | {cell for cell in _around(spots, rim) if cell in frame}


def _beside(cell: Cell) -> list[Cell]:
    column, row = cell
    return [(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)]


def _share_out(land: set[Cell], spots: list[tuple[str, float, float]], reach: float) -> dict[Cell, str]:
    """Each cell of land with the regency of its nearest place."""
    nearest: dict[Cell, tuple[float, str]] = {}
    for spot in spots:
        code, x, y = spot
        for cell in _around([spot], reach * 1.5):
            far = (cell[0] + 0.5 - x) ** 2 + (cell[1] + 0.5 - y) ** 2
            if cell in land and (far, code) < nearest.get(cell, (math.inf, "")):
                nearest[cell] = far, code
    for cell in land - nearest.keys():  # far from every place: inside a wide gap
        x, y = cell[0] + 0.5, cell[1] + 0.5
        nearest[cell] = min(((a - x) ** 2 + (b - y) ** 2, code) for code, a, b in spots)
    return {cell: nearest[cell][1] for cell in sorted(nearest)}


def _grow_small(owner: dict[Cell, str]) -> None:
    """Give regencies below `SMALLEST` the cells around their middle."""
    sizes = Counter(owner.values())
    for code in sorted(code for code, size in sizes.items() if size < SMALLEST):
        own = [cell for cell, other in owner.items() if other == code]
        x = sum(column for column, _ in own) / len(own)
        y = sum(row for _, row in own) / len(own)
        free = [cell for cell, other in owner.items() if other == code or sizes[other] >= SMALLEST]
        free.sort(key=lambda cell: ((cell[0] - x) ** 2 + (cell[1] - y) ** 2, cell))
        for cell in free[:SMALLEST]:
            owner[cell] = code


def _trace(own: set[Cell]) -> Iterator[list[Point]]:
    """The rings around cells, each through the middles of the cells' outer edges."""
    follows: dict[Point, list[Point]] = {}
    for column, row in sorted(own):
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        outer = [(column, row - 1), (column + 1, row), (column, row + 1), (column - 1, row)]
        for number, beyond in enumerate(outer):
            if beyond not in own:
                follows.setdefault(corners[number], []).append(corners[(number + 1) % 4])
    while follows:
        start = next(iter(follows))
        ring, at = [start], start
        while True:
            ways = follows[at]
            to = ways.pop()
            if not ways:
                del follows[at]
            if to == start:
                break
            ring.append(to)
            at = to
        yield [
            ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        ]


def _write_ring(ring: list[Point], edge: float) -> str:
    """SVG of a ring, its steps rounded off by what lies beside them: neighbours' borders stay the same."""
    for _ in range(2):
        before, after = [ring[-1], *ring[:-1]], [*ring[1:], ring[0]]
        ring = [
            ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
            for a, b, c in zip(before, ring, after, strict=True)
        ]
    shown = ring if len(ring) < 8 else ring[::2]
    return "M" + "L".join(f"{x * edge:.1f} {y * edge:.1f}" for x, y in shown) + "Z"


def _find_middle(own: set[Cell]) -> Cell:
    """The cell that is farthest from the outside; of several the one nearest to the middle of them all."""
    left, rim = own, own
    while left:
        rim, left = left, {cell for cell in left if all(beside in left for beside in _beside(cell))}
    x = sum(column for column, _ in rim) / len(rim)
    y = sum(row for _, row in rim) / len(rim)
    return min(rim, key=lambda cell: ((cell[0] - x) ** 2 + (cell[1] - y) ** 2, cell))
