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
