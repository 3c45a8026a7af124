"""Articles of an invented outlet with invented officials, and what came of a call of `pantau`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.records import WIB, Article

TEXT = (
    "PURBALINGGA – Empat kecamatan di Kabupaten Purbalingga ditetapkan sebagai percontohan program Kecamatan "
    "Berdaya, yakni Bukateja, Kejobong, Kaligondang, dan Bobotsari.\n\n"
    "Dinas Sosial Kabupaten Purbalingga menangani Rumah Perlindungan Perempuan dan Anak (RPPA) di setiap "
    "kecamatan itu, kata Camat Bukateja Wiratno Sabdo, Selasa (4/11/2025)."
)
OFF_TOPIC = (
    "Harga cabai rawit merah di Pasar Segamas turun menjadi Rp40.000 per kilogram, kata seorang pedagang."
)


def make_article(number: int = 1, **changes: Any) -> Article:
    values: dict[str, Any] = {
        "id": f"contoh-{number}",
        "url": f"https://contoh-post.example/2025/11/04/berita-{number}/",
        "outlet": "contoh_post",
        "title": "Empat Kecamatan di Purbalingga Jadi Percontohan Kecamatan Berdaya",
        "text": TEXT,
        "published_at": datetime(2025, 11, 4, 10, number, tzinfo=WIB),
        "fetched_at": datetime(2025, 11, 5, 5, 0, tzinfo=WIB),
    }
    return Article(**(values | changes))


def make_line(number: int = 1, **changes: Any) -> dict[str, Any]:
    article = make_article(number)
    line: dict[str, Any] = {key: getattr(article, key) for key in ("id", "url", "outlet", "title", "text")}
    return line | {"published_at": "2025-11-04"} | changes


def to_jsonl(*rows: Any) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        """Lines on standard error but for those that tell how the work goes."""
        return [line for line in self.err.splitlines() if " INFO " not in line]


Pantau = Callable[..., Outcome]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere: step down for the moment."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if user == 0:
            os.seteuid(0)
