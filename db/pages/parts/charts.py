"""Geometry of the pictures: numbers in, places in the drawing out. Templates draw them as SVG."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from db.describe import SITE
from db.pages.parts.said import Row

#: Units of the tile map's drawing.
TILE = (110, 92)

#: Lowest number of pilots of each shade above the first, which is none.
SHADES = (1, 2, 4, 6)


@cache
def load_tiles() -> dict[str, dict[str, Any]]:
    """Regency's code -> {"at": [column, row], "short": three letters}, from `site/tiles.toml`."""
    with (SITE / "tiles.toml").open("rb") as file:
        return tomllib.load(file)


def place_tiles(regencies: Sequence[Row]) -> dict[str, Any]:
    """Tiles with place, shade and the regency's row, and the drawing's size."""
    known = load_tiles()
    placed = [row for row in regencies if row["code"] in known]
    others = [row for row in regencies if row["code"] not in known]
    columns = max((known[row["code"]]["at"][0] for row in placed), default=-1) + 1
    columns = columns or min(len(others), 10) or 1
    lines = max((known[row["code"]]["at"][1] for row in placed), default=-1) + 1
    tiles = []
    for row in placed:
        column, line = known[row["code"]]["at"]
        tiles.append(_tile(row, column, line, known[row["code"]]["short"]))
    for number, row in enumerate(others):
        tiles.append(_tile(row, number % columns, lines + number // columns, row["regency"].split()[-1][:3]))
    lines += math.ceil(len(others) / columns)
    return {"tiles": tiles, "width": columns * TILE[0], "height": lines * TILE[1]}


def _tile(row: Row, column: int, line: int, short: str) -> dict[str, Any]:
    kind, _, name = row["regency"].partition(" ")
    return {
        **row,
        "x": column * TILE[0],
        "y": line * TILE[1],
        "short": short,
        "kind": kind if kind == "Kota" else "",
        "name": name,
        "shade": sum(row["pilots_named"] >= lowest for lowest in SHADES),
        "blind": row["outlets_healthy"] == 0,
    }


def place_points(places: Iterable[Row], bounds: Row, width: int = 1000) -> dict[str, Any]:
    """Points by latitude and longitude, in an even scale; `bounds` is west, east, south, north in degrees."""
    if bounds["west"] is None:
        return {"points": [], "width": width, "height": 0}
    margin = 24
    flat = math.cos(math.radians((bounds["south"] + bounds["north"]) / 2))
    across = max((bounds["east"] - bounds["west"]) * flat, 0.01)
    scale = (width - 2 * margin) / across
    height = (bounds["north"] - bounds["south"]) * scale + 2 * margin
    points = [
        {
            **place,
            "x": round(margin + (place["longitude"] - bounds["west"]) * flat * scale, 1),
            "y": round(margin + (bounds["north"] - place["latitude"]) * scale, 1),
        }
        for place in places
    ]
    return {"points": points, "width": width, "height": round(height)}


def place_bars(
    weeks: Sequence[Row], *, last: int = 52, width: int = 1000, height: int = 220
) -> dict[str, Any]:
    """Bars of the last weeks, those without stories too; rows have `week` (a Monday) and `stories`."""
    counts = {row["week"]: row["stories"] for row in weeks if row["week"]}
    if not counts:
        return {"bars": [], "width": width, "height": height, "highest": 0}
    newest = date.fromisoformat(max(counts))
    first = max(date.fromisoformat(min(counts)), newest - timedelta(weeks=last - 1))
    number = (newest - first).days // 7 + 1
    highest = max(max(counts.values()), 1)
    step = min((width - 60) / number, 90)
    floor, room = height - 34, height - 60
    bars = []
    for place in range(number):
        week = (first + timedelta(weeks=place)).isoformat()
        stories = counts.get(week, 0)
        tall = round(room * stories / highest, 1)
        bars.append(
            {
                "week": week,
                "stories": stories,
                "x": round(40 + place * step + step * 0.12, 1),
                "middle": round(40 + place * step + step / 2, 1),
                "y": floor - tall,
                "width": round(step * 0.76, 1),
                "height": tall,
                # a label needs some 85 units, on a phone, whose type is larger, twice that
                "labelled": place % max(1, math.ceil(85 / step)) == 0,
                "sparse": place % (2 * max(1, math.ceil(85 / step))) == 0,
            }
        )
    return {
        "bars": bars,
        "width": width,
        "height": height,
        "floor": floor,
        "highest": highest,
        "top": floor - room,
    }
