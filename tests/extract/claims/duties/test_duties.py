from __future__ import annotations

import pytest

from tests.extract.reading import read


def duties(text: str) -> list[tuple[str, str]]:
    return [(r.agency, r.pillar) for r in read(text).responsibilities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dinsos menangani RPPA dan layanan lansia.", [("sosial", "rppa"), ("sosial", "disabilitas-lansia")]),
        ("Nantinya zilenial akan ditangani oleh Dinporapar.", [("pora", "zilenial")]),
        (
            "RPPA ditangani DP3AKB, lansia dan difabel oleh Dinsos, sedangkan sport center ranah Disporapar.",
            [("p3a", "rppa"), ("sosial", "disabilitas-lansia"), ("pora", "sport-center")],
        ),
        (
            "Dinsos mengampu RPPA, sementara sport center belum ada yang mengurus.",
            [("sosial", "rppa")],
        ),
        ("Leading sector RPPA adalah Dinsos P3AKB.", [("sosial|p3a", "rppa")]),
        (
            "OPD yang terlibat yakni Dinsos untuk RPPA dan lansia, serta Disporapar untuk sport center.",
            [("sosial", "rppa"), ("sosial", "disabilitas-lansia"), ("pora", "sport-center")],
        ),
        ("DP3AKB, pengampu RPPA, mendapat nilai baik.", [("p3a", "rppa")]),
        (
            "Acara dihadiri Kepala Dinsos Kendal Salim Nur, yang selama ini membina perajin difabel.",
            [("sosial", "disabilitas-lansia")],
        ),
        (
            "RPPA dijaga empat kader. Mereka digembleng lebih dulu oleh Dinsos.",
            [("sosial", "rppa")],
        ),
        (
            'RPPA dibuka, disaksikan Kepala Dinsos Kendal Salim Nur. "Kami siapkan dua psikolog," katanya.',
            [("sosial", "rppa")],
        ),
        (
            "Di Boja belum ada gedung, hanya pelatihan bagi Gen Z yang digelar Disporapar.",
            [("pora", "zilenial")],
        ),
        (
            "RPPA dibuka bersama DP3AKB. Dinas itulah yang menugaskan dua konselor untuk berjaga.",
            [("p3a", "rppa")],
        ),
        ("Dinsos dan DP3AKB menangani RPPA.", [("sosial", "rppa"), ("p3a", "rppa")]),
        ("Dinsos bersama DP3AKB menggelar pelatihan kader RPPA.", [("sosial", "rppa"), ("p3a", "rppa")]),
        (
            "Dinsos, Disnaker, dan Disporapar mendampingi penyandang disabilitas.",
            [(kind, "disabilitas-lansia") for kind in ("sosial", "ketenagakerjaan", "pora")],
        ),
        (
            "RPPA berada di Dinsos, sementara zilenial di Disporapar.",
            [("sosial", "rppa"), ("pora", "zilenial")],
        ),
        (
            "Dinsos membina difabel agar mandiri, Disnaker membuka pelatihan bagi difabel.",
            [("sosial", "disabilitas-lansia"), ("ketenagakerjaan", "disabilitas-lansia")],
        ),
        ("Dinas yang menangani RPPA ialah DP3AKB.", [("p3a", "rppa")]),
        ("Disporapar yang membidangi sport center turut hadir.", [("pora", "sport-center")]),
        ("Pengelolaan sport center berada di bawah Disporapar.", [("pora", "sport-center")]),
        ("Untuk RPPA, pemkab mempercayakannya kepada DP3AKB.", [("p3a", "rppa")]),
        (
            "Pemkab Kendal melalui Dinsos menyalurkan kursi roda kepada difabel.",
            [("sosial", "disabilitas-lansia")],
        ),
        ("Kepala Dinsos, Wagiyo, menyebut pihaknya mendampingi lansia.", [("sosial", "disabilitas-lansia")]),
        ("“Kami mengelola RPPA di dua desa,” kata Kepala DP3AKB Kendal, Rini Astuti.", [("p3a", "rppa")]),
        ("Kepala DP3AKB, Rini Astuti, melaporkan RPPA sudah melayani 20 orang.", [("p3a", "rppa")]),
        ("RPPA dibuka kemarin. Kadernya dilatih DP3AKB.", [("p3a", "rppa")]),
        (
            "Pembagiannya:\n\n- RPPA: DP3AKB\n- Disporapar: sport center",
            [("p3a", "rppa"), ("pora", "sport-center")],
        ),
        (
            "1. Lansia\nDiurus Dinas Sosial.\n\n2. Sport center\nDikelola Disporapar.",
            [("sosial", "disabilitas-lansia"), ("pora", "sport-center")],
        ),
    ],
)
def test_told_as_fact(text: str, expected: list[tuple[str, str]]) -> None:
    assert duties(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur meminta Dinas Sosial membina penyandang disabilitas.",
        "Dinas Sosial diminta mendampingi lansia.",
        "Dinsos diharapkan menangani RPPA.",
        "Dinsos belum menangani RPPA.",
        "Peresmian RPPA dihadiri Dinsos dan DP3AKB.",
        "Kepala Dinas Sosial, Wagiyo, menjelaskan pilar RPPA, lansia, dan sport center.",
        "“Kami menjaga RPPA,” kata Camat Boja, Wagiyo. Dinas Sosial hadir.",
        "Bapperida menyusun laporan RPPA.",
        "RPPA dikelola warga bersama Dinsos.",
        "Dinsos menangani banjir.",
        "Bupati meminta Dinsos, Disnaker, dan Disporapar membina penyandang disabilitas.",
        "Gubernur mendorong dinas. Misalnya:\n\n• Dinas Sosial: pembinaan difabel\n• Disnaker: difabel",
    ],
)
def test_what_gives_no_responsibility(text: str) -> None:
    assert duties(text) == []


def test_the_pillar_of_an_earlier_sentence_is_quoted_as_well() -> None:
    (duty,) = read("RPPA dibuka kemarin. Kadernya dilatih DP3AKB.").responsibilities
    assert [(e.quote, e.rule) for e in duty.evidence] == [
        ("dilatih DP3AKB", "responsibilities.done-by"),
        ("RPPA", "responsibilities.subject"),
    ]
    assert duty.region == "Kabupaten Kendal"
    assert duty.agency_name == "DP3AKB"


P3A, SOSIAL, PORA = ("p3a", "rppa"), ("sosial", "disabilitas-lansia"), ("pora", "sport-center")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # roots in all their forms, spoken ones as well
        ("RPPA dinakhodai DP3AKB.", [P3A]),
        ("Dinsos ngopeni lansia, Disporapar ngurusi sport center.", [SOSIAL, PORA]),
        ("“Kami tangani RPPA,” kata Kepala DP3AKB Kendal, Rini Astuti.", [P3A]),
        # portions
        ("Lansia itu gawean Dinsos.", [SOSIAL]),
        ("Soal sport center, pegangannya Disporapar.", [PORA]),
        ("RPPA masuk kamar DP3AKB, lansia masuk kamar Dinsos.", [P3A, SOSIAL]),
        # handed over
        ("Mulai Maret, RPPA dialihkan dari Dinsos ke DP3AKB.", [P3A]),
        ("Tugas mengelola sport center jatuh ke pundak Disporapar.", [PORA]),
        ("Ihwal RPPA, pemkab menyandarkannya pada DP3AKB.", [P3A]),
        ("Lansia yang tadinya dititipkan ke Dinkes sejak Juni digeser ke Dinsos.", [SOSIAL]),
        # topics and questions
        ("Sport center? Disporapar yang punya hajat.", [PORA]),
        ("Kalau lansia, itu pekerjaan Dinas Sosial.", [SOSIAL]),
        ("Siapa yang mengurus RPPA? Bukan Dinsos, melainkan DP3AKB.", [P3A]),
        # side by side
        ("Pembagiannya: RPPA (DP3AKB), lansia (Dinsos), sport center (Disporapar).", [P3A, SOSIAL, PORA]),
        ("RPPA ke DP3AKB, lansia ke Dinsos, sport center ke Disporapar.", [P3A, SOSIAL, PORA]),
        ("Urusan sport center tetap di Disporapar.", [PORA]),
        ("“RPPA ya kami juga,” kata Kepala DP3AKB Kendal, Rini Astuti.", [P3A]),
        # with others, and through the staff
        ("Lansia dirawat Dinsos, dibantu Dinkes.", [SOSIAL, ("kesehatan", "disabilitas-lansia")]),
        ("Pengunjung RPPA dilayani dua petugas DP3AKB.", [P3A]),
        ("RPPA buka tiap hari. Penjaganya dua orang dari DP3AKB.", [P3A]),
        # pointing back
        ("DP3AKB sibuk. Dinas yang sama mengampu RPPA.", [P3A]),
        ("Menurut Kepala DP3AKB Kendal, Rini Astuti, dinasnya merawat RPPA.", [P3A]),
        # money
        ("Sebanyak Rp90 juta dikelola DP3AKB guna mengoperasikan RPPA.", [P3A]),
        ("Lalu Rp90 juta pada DP3AKB untuk operasional RPPA.", [P3A]),
        # gifts, both of two, each its own
        ("Lansia menerima kursi roda dari Dinsos.", [SOSIAL]),
        ("Selain RPPA, DP3AKB juga mendampingi lansia.", [P3A, ("p3a", "disabilitas-lansia")]),
        ("RPPA dan sport center masing-masing dipegang DP3AKB dan Disporapar.", [P3A, PORA]),
        # figures on one's own pillar
        ("Kepala DP3AKB Kendal, Rini Astuti, menyebut ada enam RPPA yang buka.", [P3A]),
    ],
)
def test_the_many_ways_to_say_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(duties(text)) == sorted(expected)


def test_all_pillars_that_were_named() -> None:
    text = "Isinya RPPA, layanan lansia, dan sport center. Ketiga layanan dikoordinasikan Dispermades."
    assert sorted(duties(text)) == [("pmd", p) for p in ("disabilitas-lansia", "rppa", "sport-center")]


def test_figures_say_nothing_where_another_office_holds_the_pillar() -> None:
    told = "RPPA diampu DP3AKB. Kepala Dinsos Kendal, Wagiyo, menyebut ada enam RPPA yang buka."
    assert duties(told) == [P3A]


@pytest.mark.parametrize(
    "text",
    [
        "Semula RPPA dikelola DP3AKB.",
        "Dulu Dinsos yang mengurus lansia.",
        "Dinsos menggelar apel di lapangan sport center.",
        "RPPA menerima laporan dari Dinsos.",
        "Warga bisa melapor ke RPPA atau DP3AKB.",
        "Aktivis menilai DP3AKB lamban membuka RPPA.",
        "Data difabel disetorkan kepada Dinas Sosial.",
        "Proposal sport center diajukan ke Disporapar.",
        "Gedung RPPA berdiri di samping kantor DP3AKB.",
        "RPPA dikunjungi DP3AKB.",
        "“Maunya sport center di bawah Disporapar,” kata Camat Boja, Arsyad Winoto.",
        "Lansia butuh teman. Dinsos hanya membantu data.",
        "Kepala Dinsos Kendal, Wagiyo, menyebut ada 300 lansia miskin.",
        "Dinsos hadir di RPPA Boja.",
        "Camat menyiapkan satu ruangan di kantornya untuk RPPA.",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert duties(text) == []


def test_a_headline_tells_a_duty_with_a_bare_verb() -> None:
    facts = read("Petugas Dinsos Kendal naik perahu.", title="Dinsos Kendal Layani 214 Lansia di Pulau")
    assert [(r.agency, r.pillar) for r in facts.responsibilities] == [("sosial", "disabilitas-lansia")]
