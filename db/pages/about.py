"""How it is done, how well, and how to cite it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request

from db.describe import SITE
from db.pages.parts.ask import Ask
from db.pages.places import Context

#: What `pantau score --json` printed for our annotated articles: on the first reading of new ones, which
#: nobody had seen while writing rules, and on all that the rules have been written on since.
ACCURACY = {"unseen": SITE / "accuracy-held-out.json", "known": SITE / "accuracy.json"}


def load_accuracy(articles: str) -> dict[str, Any] | None:
    """Measured quality by field, or None where none was packaged or what was is unusable.

    `articles` is a key of `ACCURACY`.
    """
    try:
        found = json.loads(ACCURACY[articles].read_text("utf-8"))
        scores = {
            str(field): {
                "precision": float(score["precision"]),
                "recall": float(score["recall"]),
                "f1": float(score["f1"]),
                "gold": int(score["gold"]) if "gold" in score else None,
                "bounds": _bounds(score),
            }
            for field, score in found["scores"].items()
        }
        reliability = _read_reliability(found.get("calibration") or {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return {
        "scores": scores,
        "measured_on": str(found.get("measured_on") or ""),
        "version": str(found.get("version") or ""),
        "documents": found.get("documents"),
        "reliability": reliability,
    }


def _bounds(score: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Figure -> its 95 % interval, for those that the file has one of.

    One without any width is an artefact of drawing articles anew that held no mistake: it is no interval.
    """
    names = {"precision": "precision_", "recall": "recall_", "f1": ""}
    found = {
        name: (float(score[f"{of}low"]), float(score[f"{of}high"]))
        for name, of in names.items()
        if f"{of}low" in score and f"{of}high" in score
    }
    return {name: (low, high) for name, (low, high) in found.items() if low < high}


def _read_reliability(calibration: Mapping[str, Any]) -> dict[str, Any] | None:
    """How true the probabilities of all kinds together are; None where that was not measured."""
    if "all" not in calibration:
        return None
    names = ("brier", "error", "sure", "sure_wrong", "claims")
    figures = {name: float(calibration["all"][name]) for name in names}
    bins = [
        {name: float(one[name]) for name in ("low", "high", "claims", "said", "right")}
        for one in calibration["all"]["bins"]
    ]
    return {**figures, "bins": bins}


def release() -> str:
    """This release of the project."""
    try:
        return version("pantau-berdaya")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "–"


async def method(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    return {
        "accuracies": {articles: load_accuracy(articles) for articles in ACCURACY},
        "figures": await ask.one("SELECT * FROM headline"),
        "versions": await ask.all(
            "SELECT extractor_version AS version, count(*) AS articles FROM extractions "
            "WHERE extractor_version <> '' GROUP BY 1 ORDER BY 2 DESC LIMIT 5"
        ),
        "sqlite": sqlite3.sqlite_version,
    }


async def cite(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    sample = await ask.claims("kind_name = 'kecamatan percontohan'", limit=1)
    return {
        "figures": await ask.one("SELECT * FROM headline"),
        "claim": sample[0] if sample else None,
        "release": release(),
    }


async def privacy(datasette: Datasette, request: Request) -> Context:
    """What is hidden, and how to reach whoever runs this site: the `contact` of its configuration."""
    contact = str(getattr(datasette, "contact", ""))
    return {"contact": contact, "contact_address": link_contact(contact)}


def link_contact(contact: str) -> str:
    """The address behind a contact, "" where it is neither of mail nor of the web."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", contact) else ""
