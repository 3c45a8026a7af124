"""A small invented newsroom over real places, built through the store as the other floors would."""

from __future__ import annotations

from datetime import datetime, timedelta

from db.records import (
    AgencyType,
    Article,
    CrawlReport,
    Evidence,
    Facts,
    Kecamatan,
    Pillar,
    Regency,
    Village,
    WarcPointer,
)
from db.store import Store

PROGRAMME = "kecamatan-berdaya"
VERSION = "1.0+abc"

REGENCIES = [
    ("33.03", "Kabupaten Purbalingga", "kabupaten", -7.39, 109.36),
    ("33.05", "Kabupaten Kebumen", "kabupaten", -7.67, 109.65),
    ("33.08", "Kabupaten Magelang", "kabupaten", -7.43, 110.16),
    ("33.71", "Kota Magelang", "kota", -7.48, 110.22),
    ("33.74", "Kota Semarang", "kota", -7.01, 110.39),
]
KECAMATAN = [
    ("33.03.02", "Bukateja", "33.03", -7.43, 109.43),
    ("33.03.10", "Karangreja", "33.03", -7.23, 109.29),
    ("33.05.09", "Alian", "33.05", -7.63, 109.72),
    ("33.08.01", "Salaman", "33.08", -7.58, 110.12),
    ("33.71.01", "Magelang Selatan", "33.71", -7.5, 110.22),
]


def moment(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+07:00")


def make_article(number: int, text: str, **changes: object) -> Article:
    day = changes.pop("day", "2025-11-01")
    values: dict[str, object] = {
        "id": f"a{number}",
        "url": f"https://warta.example/2025/{number}",
        "outlet": "warta",
        "title": f"Kabar nomor {number}",
        "text": text,
        "published_at": moment(str(day)),
        "authors": ("Rara Wulan",),
        "tags": ("kecamatan",),
        "fetched_at": moment(str(day), 12),
        "warc": WarcPointer(file="warta.warc.gz", offset=number * 100, digest="sha1:ABC"),
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def quote(article: Article, words: str, *, rule: str = "test.rule", field: str = "text") -> Evidence:
    """Evidence for the first place where `words` stand, with the sentence around them."""
    source = article.title if field == "title" else article.text
    start = source.index(words)
    before = source.rfind(". ", 0, start)
    after = source.find(".", start + len(words))
    sentence = source[before + 2 if before >= 0 else 0 : after + 1 if after >= 0 else len(source)]
    return Evidence(
        start=start,
        end=start + len(words),
        quote=words,
        sentence=sentence,
        rule=rule,
        field=field,  # type: ignore[arg-type]
    )


def make_facts(article: Article, *, relevant: bool = True, version: str = VERSION, **claims: object) -> Facts:
    values: dict[str, object] = {
        "article": article.id,
        "programme": PROGRAMME,
        "extractor_version": version,
        "relevant": relevant,
    }
    return Facts(**(values | claims))  # type: ignore[arg-type]


def make_crawl(outlet: str, started: datetime, **changes: object) -> CrawlReport:
    run = started.strftime("%Y%m%dT%H%M")
    values: dict[str, object] = {
        "id": f"{run}/{outlet}",
        "run": run,
        "outlet": outlet,
        "started_at": started,
        "finished_at": started + timedelta(minutes=5),
        "finish_reason": "finished",
        "counts": {"stored": 2, "seen": 3},
        "requests": 9,
        "bytes": 4000,
    }
    return CrawlReport(**(values | changes))  # type: ignore[arg-type]


def fill_reference(store: Store) -> None:
    store.save_areas(
        [Regency(code=c, name=n, kind=k, latitude=y, longitude=x) for c, n, k, y, x in REGENCIES],  # type: ignore[arg-type]
        [Kecamatan(code=c, name=n, regency=r, latitude=y, longitude=x) for c, n, r, y, x in KECAMATAN],
        [Village(code="33.03.02.2001", name="Kedungjati", kecamatan="33.03.02", kind="desa")],
    )
    store.save_pillars(
        [
            Pillar(id=i, name=n, name_en=e, description=f"{n} di tiap kecamatan", programme=PROGRAMME)
            for i, n, e in (
                ("rppa", "Rumah Perlindungan Perempuan dan Anak", "Women's and children's shelter"),
                ("sport-center", "Pusat olahraga kecamatan", "Kecamatan sports centre"),
            )
        ]
    )
    store.save_agency_types(
        [
            AgencyType(id="sosial", name="Dinas sosial", name_en="Social affairs"),
            AgencyType(id="p3a", name="Dinas pemberdayaan perempuan", name_en="Women and children"),
        ]
    )
    store.save_outlets(
        [
            {
                "slug": "warta",
                "name": "Warta Contoh",
                "home": "https://warta.example/",
                "platform": "wordpress",
            },
            {"slug": "kabar", "name": "Kabar Contoh", "home": "https://kabar.example/", "confidence": "one"},
            {
                "slug": "lokal",
                "name": "Lokal Contoh",
                "home": "https://lokal.example/",
                "regencies": ["33.74"],
            },
        ]
    )
