"""A small invented newsroom over real places, built through the store as the other floors would."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from db.records import (
    Agency,
    AgencyType,
    Article,
    ArticlePillar,
    ArticleRegency,
    CrawlReport,
    Event,
    Evidence,
    ExtractionProblem,
    Facility,
    Facts,
    Fetch,
    Kecamatan,
    Measure,
    OtherKecamatan,
    Person,
    Pillar,
    PillarState,
    PilotKecamatan,
    Quantity,
    ReadingProblem,
    Regency,
    Responsibility,
    Step,
    Training,
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
        "since": (started - timedelta(days=2)).date(),
        "until": started.date(),
        "hidden": "" if changes.keys() <= {"since", "until"} else "other",
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
    store.save_measures(
        [
            Measure(
                id="kecamatan_pilot", name="Jumlah percontohan", name_en="Number of pilots", unit="kecamatan"
            )
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


HOSTILE = "<script>alert(1)</script> & <b>Bukateja</b>"


def fill_newsroom(store: Store) -> None:
    """Eight articles whose sums `test_views` works out by hand.

    a1 and a2 are one press release in two outlets, a3 stands alone; a4 disagrees with a1 on the number of
    pilots; a5 leaves open which Magelang; a6 is off the topic; a7 denies a pilot; a8 has HTML in its title.
    """
    with store.transaction():
        _fill(store)
        store.save_step(
            Step(
                run="run-1",
                name="publish",
                started_at=moment("2025-11-02", 7),
                finished_at=moment("2025-11-02", 8),
                exit_code=1,
                outcome="refused",
                detail="public.db was kept as it is: pilots fell from 9 to 1",
                counts={"articles": 8},
            )
        )


def _fill(store: Store) -> None:
    pilot = {"kecamatan": "Bukateja", "regency": "Kabupaten Purbalingga", "code": "33.03.02"}
    purbalingga = {"name": "Kabupaten Purbalingga", "code": "33.03", "role": "subject"}

    release = (
        "PURBALINGGA. Bukateja menjadi percontohan di Kabupaten Purbalingga. Ada 4 kecamatan percontohan."
    )
    for number, outlet, day in ((1, "warta", "2025-10-30"), (2, "kabar", "2025-10-31")):
        article = make_article(number, release, outlet=outlet, day=day)
        store.save_article(article)
        store.save_facts(
            make_facts(
                article,
                regencies=(
                    ArticleRegency(**purbalingga, evidence=(quote(article, "Kabupaten Purbalingga"),)),
                ),
                pilot_kecamatan=(
                    PilotKecamatan(**pilot, confidence=0.9, evidence=(quote(article, "Bukateja"),)),
                ),
                quantities=(count_pilots("Kabupaten Purbalingga", 4, quote(article, "4 kecamatan")),),
            )
        )
    store.save_stories({"a1": "a1", "a2": "a1"})

    article = make_article(
        3,
        "Kecamatan Bukateja dan Karangreja ditunjuk sebagai lokasi. Dinas Sosial menangani RPPA di sana. "
        "Kepala Dinas Sosial, Tirta Laras, hadir. RPPA Kedungjati di Bukateja sudah dibuka. "
        "Pada 3 November pelatihan paralegal RPPA digelar Dinas Sosial.",
        day="2025-11-05",
    )
    store.save_article(article)
    store.save_facts(
        make_facts(
            article,
            regencies=(ArticleRegency(**purbalingga, evidence=(quote(article, "Kecamatan Bukateja"),)),),
            pilot_kecamatan=(
                PilotKecamatan(**pilot, evidence=(quote(article, "Bukateja"), quote(article, "lokasi"))),
                PilotKecamatan(
                    kecamatan="Karangreja",
                    regency="Kabupaten Purbalingga",
                    code="33.03.10",
                    evidence=(quote(article, "Karangreja"),),
                ),
            ),
            pillars=(ArticlePillar(pillar="rppa", evidence=(quote(article, "RPPA"),)),),
            agencies=(
                Agency(
                    name="Dinas Sosial",
                    type="sosial",
                    region="Kabupaten Purbalingga",
                    evidence=(quote(article, "Dinas Sosial"),),
                ),
            ),
            responsibilities=(
                Responsibility(
                    agency="sosial",
                    region="Kabupaten Purbalingga",
                    pillar="rppa",
                    agency_name="Dinas Sosial",
                    evidence=(quote(article, "Dinas Sosial menangani RPPA"),),
                ),
            ),
            people=(
                Person(
                    name="Tirta Laras", role="Kepala Dinas Sosial", evidence=(quote(article, "Tirta Laras"),)
                ),
            ),
            facilities=(
                Facility(
                    pillar="rppa",
                    village="Kedungjati",
                    kecamatan="Bukateja",
                    regency="Kabupaten Purbalingga",
                    code="33.03.02.2001",
                    evidence=(quote(article, "RPPA Kedungjati"),),
                ),
            ),
            trainings=(
                Training(
                    pillar="rppa",
                    topic="paralegal",
                    agency="sosial",
                    region="Kabupaten Purbalingga",
                    date="2025-11-03",
                    evidence=(quote(article, "pelatihan paralegal RPPA digelar"),),
                ),
            ),
            pillar_states=(
                PillarState(
                    regency="Kabupaten Purbalingga",
                    code="33.03",
                    pillar="rppa",
                    state="reported",
                    evidence=(quote(article, "RPPA Kedungjati"),),
                ),
            ),
        )
    )

    article = make_article(
        4, "Di Purbalingga ada 5 kecamatan percontohan. Pencanangan 30 Oktober.", day="2025-11-07"
    )
    store.save_article(article)
    store.save_facts(
        make_facts(
            article,
            regencies=(ArticleRegency(**purbalingga, evidence=(quote(article, "Purbalingga"),)),),
            quantities=(count_pilots("Kabupaten Purbalingga", 5, quote(article, "5 kecamatan")),),
            events=(
                Event(
                    event="launch",
                    date="2025-10-30",
                    region="Kabupaten Purbalingga",
                    evidence=(quote(article, "30 Oktober"),),
                ),
            ),
        )
    )

    article = make_article(
        5, "Pemkab Magelang menyiapkan program. Dinas terkait menangani RPPA.", day="2025-11-08"
    )
    store.save_article(article)
    store.save_facts(
        make_facts(
            article,
            regencies=(
                ArticleRegency(
                    name="Kabupaten Magelang|Kota Magelang",
                    code="33.08|33.71",
                    evidence=(quote(article, "Magelang"),),
                ),
            ),
            responsibilities=(
                Responsibility(
                    agency="sosial|p3a",
                    region="Kabupaten Magelang|Kota Magelang",
                    pillar="rppa",
                    evidence=(quote(article, "Dinas terkait"),),
                ),
            ),
        )
    )

    article = make_article(6, "Pasar Alian di Kebumen ramai.", day="2025-11-09")
    store.save_article(article)
    store.save_facts(
        make_facts(
            article,
            relevant=False,
            regencies=(
                ArticleRegency(name="Kabupaten Kebumen", code="33.05", evidence=(quote(article, "Kebumen"),)),
            ),
        )
    )

    article = make_article(7, "Karangreja bukan percontohan, kata camat. Warga menunggu.", day="2025-11-10")
    store.save_article(article)
    store.save_facts(
        make_facts(
            article,
            other_kecamatan=(
                OtherKecamatan(
                    kecamatan="Karangreja",
                    regency="Kabupaten Purbalingga",
                    code="33.03.10",
                    status="negated",
                    evidence=(quote(article, "Karangreja"),),
                ),
            ),
        )
    )

    article = make_article(
        8,
        "Kota Semarang menyusul tahun depan. Rinciannya belum ada.",
        title=HOSTILE,
        outlet="kabar",
        day="2025-11-11",
    )
    store.save_article(article)
    store.save_facts(
        make_facts(
            article,
            regencies=(
                ArticleRegency(
                    name="Kota Semarang", code="33.74", evidence=(quote(article, "Kota Semarang"),)
                ),
            ),
            pillars=(
                ArticlePillar(pillar="sport-center", evidence=(quote(article, "Bukateja", field="title"),)),
            ),
        )
    )

    # warta is well, kabar reported a problem, lokal was never crawled
    since = date(2025, 10, 30)
    store.save_crawl(make_crawl("warta", moment("2025-11-12"), since=since))
    store.save_crawl(
        make_crawl("kabar", moment("2025-11-11"), since=since, problems=("no article since 2025-11-01",))
    )
    noted = {"detail": "took more than 10 s", "budget": 10.0, "noted_at": moment("2025-11-12")}
    store.save_reading_problem(
        ReadingProblem(
            url="https://kabar.example/2025/99",
            outlet="kabar",
            reason="over-budget",
            digest="0f" * 8,
            reader_version="0123456789ab",
            **noted,
        )
    )
    store.save_extraction_problem(
        ExtractionProblem(
            article="a6", programme="program-lain", reason="over-budget", extractor_version="1.0+abc", **noted
        )
    )
    store.save_fetch(
        Fetch(
            url="https://warta.example/feed/",
            outlet="warta",
            crawl="20251112T0900/warta",
            at=moment("2025-11-12"),
            status=200,
            bytes=2048,
            seconds=0.4,
            reason="feed",
        )
    )


def count_pilots(region: str, value: int, evidence: Evidence) -> Quantity:
    return Quantity(measure="kecamatan_pilot", region=region, value=value, evidence=(evidence,))


def contest_figures(store: Store) -> None:
    """Let the numbers of pilots, 4 and 5, be of what does not grow: they contest each other."""
    store.save_measures(
        [Measure(id="kecamatan_pilot", name="Jumlah percontohan", name_en="", unit="kecamatan", kind="all")]
    )
