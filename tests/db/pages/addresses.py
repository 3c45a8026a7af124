"""Every address of ours on the newsroom of `tests.db.invented`."""

from __future__ import annotations

from db.tables.claims import claim_id
from tests.db.invented import PROGRAMME

#: Claims of the newsroom: Bukateja is a pilot in a1, a3 names Tirta Laras, a1 counts four pilots.
PILOT = claim_id("a1", PROGRAMME, "pilot_kecamatan", ["Bukateja", "Kabupaten Purbalingga", "33.03.02"])
PERSON = claim_id("a3", PROGRAMME, "people", ["Tirta Laras", "Kepala Dinas Sosial"])
FIGURE = claim_id("a1", PROGRAMME, "quantities", ["kecamatan_pilot", "Kabupaten Purbalingga", 4])

LISTS = (
    "/", "/wilayah", "/kecamatan", "/kecamatan?hal=2", "/pilar", "/artikel", "/artikel?hal=2",
    "/artikel?media=warta&wilayah=33.03", "/artikel?hal=x&media=tidak-ada", "/matriks", "/angka",
    "/terbaru", "/terbaru?sejak=2025-10-01", "/terbaru?sejak=2025-99-99", "/perkembangan", "/sumber",
    "/metode", "/kutip",
    "/privasi",
    "/privacy", "/cari", "/cari?q=RPPA+Purbalingga", "/cari?q=%22", "/cari?q=((*",
    "/cari?q=%25", "/instansi", "/instansi?hal=99", "/orang", "/orang?hal=x",
)  # fmt: skip

#: What exists only where there is data.
ENTRIES = (
    "/wilayah/33.03", "/wilayah/33.05", "/wilayah/33.74", "/kecamatan/33.03.02", "/kecamatan/33.05.09",
    "/pilar/rppa", "/pilar/sport-center", "/instansi/sosial", "/instansi/p3a", "/media/warta",
    "/instansi/sosial/33.03", "/instansi/sosial?hal=2", "/orang/tirta-laras", "/berita/a1",
    f"/klaim/{PILOT}", f"/klaim/{PERSON}", f"/klaim/{FIGURE}", "/media/lokal",
    "/artikel/a1", "/artikel/a3", "/artikel/a4", "/artikel/a8",
)  # fmt: skip

#: The address of an archived page; only a site with an archive has any.
ARCHIVED = "/arsip/a1"

FEEDS = (
    "/umpan/terbaru.atom",
    "/kalender.ics",
    "/unduh/pilots.kolom.csv",
    "/unduh/sql.csv?sql=select+1",
    "/sitemap.xml",
    "/robots.txt",
    "/favicon.ico",
)
FEEDS_OF = (
    "/umpan/wilayah/33.03.atom", "/umpan/pilar/rppa.atom", "/kalender/33.03.ics",
    *(f"/klaim/{PILOT}.{form}" for form in ("txt", "bib", "ris", "json")),
)  # fmt: skip

DOWNLOADS = tuple(
    f"/unduh/{name}.{kind}"
    for name in (
        "pilots", "coverage", "responsibility_matrix", "contested_quantities", "quantity_reports",
        "all_claims", "relevant_articles", "regency_articles", "regency_people", "pillar_coverage",
        "story_weeks", "outlet_health", "courtesy", "crawl_reasons", "crawls", "pilot_kecamatan",
        "facilities", "headline", "dated_events", "stories", "tanya/percontohan",
        "tanya/penanggung_jawab", "tanya/sejak", "tanya/angka_berbeda", "tanya/wilayah_senyap",
    )
    for kind in ("csv", "xlsx", "json")
)  # fmt: skip

#: The address that leads elsewhere.
LEADING = "/sql"
