"""Geometry of the pictures: numbers in, places in the drawing out. Templates draw them as SVG."""

from __future__ import annotations

import asyncio
import math
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from db.describe import SITE
from db.pages.parts.ask import Ask
from db.pages.parts.outlines import draw_outlines
from db.pages.parts.said import Row

#: What the map can show.
LAYERS = ("percontohan", "keadaan", "pilar", "media")

#: Lowest number of each shade above the first, which is none: pilots, pillars, outlets.
SHADES = {"percontohan": (1, 2, 4, 6), "pilar": (1, 2, 3, 4), "media": (1, 3, 6, 12)}


@cache
def load_short_names() -> dict[str, str]:
    """Regency's code -> a few letters for narrow screens, from `site/map.toml`."""
    with (SITE / "map.toml").open("rb") as file:
        names: dict[str, str] = tomllib.load(file)["short"]
    return names


async def draw_map(ask: Ask, regencies: Sequence[Row], layer: str) -> dict[str, Any]:
    """Regencies with outline, place of the label, and what a layer says of them: `number`, `shade`."""
    places = await ask.all("SELECT regency_code, latitude, longitude FROM kecamatan ORDER BY code")
    known = tuple((p["regency_code"], p["latitude"], p["longitude"]) for p in places)
    drawing = await asyncio.to_thread(draw_outlines, known)  # the first time, nobody else shall wait for it
    pillars = await ask.all(
        "SELECT regency_code, count(DISTINCT pillar) AS reported FROM pillar_coverage "
        "WHERE state = 'reported' GROUP BY regency_code"
    )
    reported = {row["regency_code"]: row["reported"] for row in pillars}
    short = load_short_names()
    areas = []
    for row in regencies:
        if row["code"] not in drawing.outlines:
            continue
        kind, _, name = row["regency"].partition(" ")
        number = {
            "percontohan": row["pilots_named"],
            "pilar": reported.get(row["code"], 0),
            "media": row["watched_outlets"],
        }.get(layer)
        areas.append(
            {
                **row,
                "outline": drawing.outlines[row["code"]],
                "short": short.get(row["code"], "" if kind == "Kota" else name[:3].upper()),
                "name": name,
                "is_city": kind == "Kota",
                "number": number,
                "shade": sum(number >= lowest for lowest in SHADES[layer]) if number is not None else 0,
            }
        )
    # What is grown over others is drawn above them.
    areas.sort(key=lambda area: area["is_city"])
    return {
        "areas": areas,
        "layer": layer,
        "width": drawing.width,
        "height": drawing.height,
        "top": drawing.top,
        "bounds": SHADES.get(layer, ()),
    }


def place_series(reports: Sequence[Row], *, width: int = 640, height: int = 200) -> dict[str, Any]:
    """Points of figures by day, with lines between them; the scale begins at nothing."""
    dated = [report for report in reports if report["published_on"]]
    days = [date.fromisoformat(report["published_on"]) for report in dated]
    first, span = min(days), max((max(days) - min(days)).days, 1)
    highest = max(max(report["value"] for report in dated), 1)
    left, right, top, floor = 70, 40, 30, height - 34
    points = [
        {
            **report,
            "x": round(left + (width - left - right) * (day - first).days / span, 1),
            "y": round(floor - (floor - top) * report["value"] / highest, 1),
        }
        for report, day in zip(dated, days, strict=True)
    ]
    return {"points": points, "width": width, "height": height, "floor": floor, "top": top, "left": left}


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
