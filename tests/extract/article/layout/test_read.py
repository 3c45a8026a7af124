"""How an article is prepared: what is left out, what belongs together, and that every offset holds."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.article.layout.read import LONGEST_SENTENCE, read_text
from extract.vocabulary.tokens import BAR, FIELD_GAP, Reading
from tests.extract.reading import engine


def prepare(text: str, title: str = "Kabar dari daerah") -> Reading:
    """A reading whose words are checked to be the slices that they claim to be, but for the gap."""
    found = read_text(title, text, engine()[0].text_rules)
    gap = found.title_end - 1
    for token, word in enumerate(found.words):
        printed = found.source(token)[found.starts[token] : found.ends[token]]
        if token == gap or (word == BAR and not printed):
            assert (word, printed) == (FIELD_GAP if token == gap else BAR, "")
        else:
            assert printed == word
    assert sum(s.last - s.first for s in found.segments) == len(found.words) - (gap >= 0)
    return found


def segments(text: str) -> list[tuple[str, str]]:
    """(kind, words) of the text's segments."""
    found = prepare(text)
    return [(s.kind, " ".join(found.words[s.first : s.last])) for s in found.segments if s.kind != "title"]


def prose(text: str) -> str:
    """The words that are left of a text, as they are printed."""
    return " ".join(words for kind, words in segments(text) if kind != "dateline")


def sentences(text: str) -> list[str]:
    found = prepare(text)
    firsts = [t for t, s in enumerate(found.sentence_starts) if s and t >= found.title_end]
    return [found.quote(a, b) for a, b in zip(firsts, [*firsts[1:], len(found.words)], strict=True)]


@pytest.mark.parametrize(
    "head",
    [
        "KENDAL",
        "Kendal",
        "KENDAL, KABAR SENJA",
        "Kendal, kabarsenja.example",
        "KABARSENJA.EXAMPLE, KENDAL",
        "KENDAL | Kabar Senja",
        "Kendal (Kabar Senja)",
        "Kendal, 12 November 2025",
        "KENDAL, Kamis (13/11/2025)",
        "Kota Tegal",
    ],
)
@pytest.mark.parametrize("dash", [" - ", " – ", " — ", "- ", " -- ", "–"])
def test_datelines(head: str, dash: str) -> None:
    found = segments(f"{head}{dash}Warga menata lapangan.")
    assert [kind for kind, _ in found] == ["dateline", "prose"]
    assert found[1][1] == "Warga menata lapangan ."


@pytest.mark.parametrize(
    "text",
    [
        "Warga menata lapangan – dengan senang hati.",
        "Program ini berjalan baik - kata warga - sejak awal.",
        "Lapangan itu lama kosong, rusak, becek, dan gelap sekali setiap malam tiba – kini terang.",
        "Kendal-Batang ramai.",
        "Warga Boja\nmenata lapangan – kini terang.",
    ],
)
def test_a_dash_in_prose_opens_no_text(text: str) -> None:
    assert {kind for kind, _ in segments(text)} == {"prose"}


def test_only_the_first_paragraph_has_a_dateline() -> None:
    found = segments("KENDAL - Warga datang.\n\nBATANG - Warga pulang.")
    assert [kind for kind, _ in found] == ["dateline", "prose", "prose"]


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: Lapangan Boja Ditata Warga",
        "BACA JUGA : Lapangan Boja Ditata Warga",
        "Baca: Lapangan Boja Ditata Warga",
        "Lihat juga Lapangan Boja",
        "Simak berita lain di saluran kami",
        "Penulis: Wagiyo Utomo",
        "Editor : Salim Nur",
        "- Reporter: Salim Nur",
        "Laporan wartawan Kabar Senja, Wagiyo",
        "Scroll to continue with content",
        "ADVERTISEMENT",
        "Ikuti kami di saluran pesan",
        "Artikel ini telah tayang di kabarsenja.example",
        "Halaman 2",
        "1 dari 3 halaman",
        "***",
        "(*)",
        "(red)",
        "Copyright Kabar Senja",
        "© Kabar Senja",
        "Foto: warga menata lapangan",
        "Tags: Boja, lapangan",
    ],
)
def test_lines_that_are_no_prose_are_left_out(line: str) -> None:
    text = f"Warga menata lapangan.\n\n{line}\n\nSetelah itu warga pulang."
    assert prose(text) == "Warga menata lapangan . Setelah itu warga pulang ."


@pytest.mark.parametrize(
    "line",
    [
        "Bacaan wajib bagi warga tersedia.",
        "Redaksi kalender warga dipimpin Salim.",
        "Sumber air itu jernih.",
        "Foto bersama menutup acara.",
        "Editorial warga terbit.",
        "Halaman kantor desa penuh warga.",
        "Simakan warga berlangsung.",
    ],
)
def test_prose_that_opens_like_noise_stays(line: str) -> None:
    assert line.rstrip(".") in prose(f"Warga datang.\n\n{line}\n\nWarga pulang.")


def test_links_below_a_text_are_left_out_up_to_the_next_prose() -> None:
    links = "Berita Terkait\n\nLapangan Boja Ditata Warga\n\nPasar Patean Ramai"
    text = f"Warga menata lapangan.\n\n{links}\n\nSetelah itu warga pulang ke rumah."
    assert prose(text) == "Warga menata lapangan . Setelah itu warga pulang ke rumah ."
    assert "Patean" not in prose(f"Warga datang.\n\n{links}")


@pytest.mark.parametrize(
    "credit",
    [
        "(*)",
        "(**)",
        "(abc)",
        "(abc/def)",
        "(Red/TPN)",
        "(Rina/Salim)",
        "(Humas)",
        "(Humas Kendal)",
        "(MC Kendal, Jateng)",
        "(Adv)",
        "(ant)",
        "(wg12)",
        "***",
        "*",
        "// wagiyo",
    ],
)
def test_a_credit_is_left_out(credit: str) -> None:
    for text in (f"Warga pulang. {credit}", f"Warga pulang {credit}", f"Warga pulang.\n{credit}"):
        assert prose(text).rstrip(" .") == "Warga pulang"
    assert prose(f"Warga datang.\n\nWarga pulang.\n\n{credit}") == "Warga datang . Warga pulang ."


@pytest.mark.parametrize(
    "credit",
    ["(Wagiyo)", "(Wagiyo Utomo)", "(WGY)", "[Wagiyo]", "(wagiyo utomo)", "(Prokompim Kendal).", "(ed-wg)"],
)
def test_any_short_bracket_behind_a_stop_is_a_credit(credit: str) -> None:
    assert prose(f"Warga pulang. {credit}") == "Warga pulang ."
    assert prose(f"“Kami pulang.” {credit}") == "“ Kami pulang . ”"
    assert prose(f"Warga datang.\n\nWarga pulang\n\n{credit}") == "Warga datang . Warga pulang"


@pytest.mark.parametrize(
    "text",
    [
        "Acara dihadiri Dinas Sosial (Dinsos)",
        "Ada pula Kartu Zilenial (Disnaker)",
        "Semua diurus rumah perlindungan (RPPA)",
        "Lapangan itu baru separuh jadi (masih diuruk)",
        "Lapangan itu baru separuh jadi (masih diuruk).",
        "Hadir Camat Boja (Wagiyo Utomo)",
        "Hadir Wagiyo Utomo (Camat Boja)",
        "Kader dilatih Dinas Komunikasi dan Informatika (Diskominfo)",
        "Ia hadir pada Kamis (13/11)",
        "Ia hadir pada Kamis (13/11/2025).",
        "Jumlahnya tiga kecamatan (Boja, Patean, Singorojo)",
    ],
)
def test_a_bracket_of_content_stays(text: str) -> None:
    bracket = text[text.index("(") :].rstrip(".")
    found = prepare(f"Warga datang.\n\n{text}")
    assert bracket in found.quote(found.title_end, len(found.words))


def test_a_credit_inside_the_text_stays_for_it_closes_nothing() -> None:
    assert "abc" in prose("Warga datang. (abc)\n\nWarga pulang.")


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "Warga menata lapangan milik Dinas Pemberdayaan\nMasyarakat dan Desa Kabupaten Kendal.\n\nSelesai."
    assert [kind for kind, _ in segments(text)] == ["prose", "prose"]
    assert sentences(text)[0].endswith("Pemberdayaan\nMasyarakat dan Desa Kabupaten Kendal.")


@pytest.mark.parametrize("bullet", ["-", "*", "•", "–", "1.", "2)", "(3)", "a.", "b)", "✓", "➢"])
def test_items(bullet: str) -> None:
    found = segments(f"Kecamatan itu ialah:\n{bullet} Boja\n{bullet} Patean\n\nWarga senang.")
    assert found == [
        ("prose", "Kecamatan itu ialah :"),
        ("item", "Boja"),
        ("item", "Patean"),
        ("prose", "Warga senang ."),
    ]


def test_an_item_goes_on_in_the_next_line() -> None:
    text = "Ada dua:\n- rumah perlindungan perempuan\ndan anak di Boja\n- lapangan"
    assert [w for k, w in segments(text) if k == "item"] == [
        "rumah perlindungan perempuan dan anak di Boja",
        "lapangan",
    ]


def test_items_of_one_list_share_their_block() -> None:
    found = prepare("Ada dua:\n- Boja\n- Patean\n\nSelesai.")
    blocks = [s.block for s in found.segments if s.kind != "title"]
    assert blocks[0] == blocks[1] == blocks[2] != blocks[3]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Lapangan Ditata Bersama", "heading"),
        ("Warga senang.", "prose"),
        ("Warga senang sekali dan terus menata lapangan itu sampai larut malam tiba lagi di sana", "prose"),
        ("Kecamatan itu ialah:", "prose"),
        ("“Kami senang”", "prose"),
    ],
)
def test_subheads(line: str, kind: str) -> None:
    assert segments(f"Warga datang.\n\n{line}\n\nWarga pulang.")[1][0] == kind


def test_what_closes_a_text_heads_nothing() -> None:
    assert segments("Warga datang.\n\nLapangan Ditata Bersama")[1][0] == "prose"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Warga datang. Mereka pulang.", 2),
        ("Warga datang! Mereka pulang? Belum.", 3),
        ("“Kami datang.” Mereka pulang.", 2),
        ("“Kami datang,” kata Salim.", 1),
        ("Kepala desa H. Salim Nur datang.", 1),
        ("Dr. Salim Nur, S.Pd., M.Si., datang.", 1),
        ("Plt. Camat Boja datang.", 1),
        ("Kec. Boja dan Kab. Kendal ramai.", 1),
        ("Rp. 1.400.000 dibagi rata.", 1),
        ("Biayanya Rp1.400.000,50 saja.", 1),
        ("R. Salim Nur datang.", 1),
        ("Acara pukul 09.30 WIB. Warga datang.", 2),
        ("Warga datang (13/11). Mereka pulang.", 2),
        ("Situs kabarsenja.example memuatnya.", 1),
        ("Warga datang... lalu pulang.", 1),
        ("Warga datang… Mereka pulang.", 2),
        ("Nilainya naik 2.500 orang. 12 orang absen.", 2),
        ("Jl. Merdeka No. 5 ditutup.", 1),
    ],
)
def test_sentence_ends(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ni'mah dan Ma’mun", ["Ni'mah", "dan", "Ma’mun"]),
        ("DP3AKB, Rp1,4 miliar", ["DP3AKB", ",", "Rp", "1,4", "miliar"]),
        ("12.500 (13/11/2025)", ["12.500", "(", "13", "/", "11", "/", "2025", ")"]),
        ("ber-KTP", ["ber", "-", "KTP"]),
        ("kabupaten/kota", ["kabupaten", "/", "kota"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    found = prepare(text)
    assert found.words[found.title_end :] == words


def test_the_title_comes_first_and_keeps_its_own_offsets() -> None:
    found = prepare("Warga datang.", title="Lapangan Boja Ditata")
    assert [found.field(t) for t in (0, 2, 4)] == ["title", "title", "text"]
    assert found.words[3] == FIELD_GAP
    assert found.starts[4] == 0
    assert found.quote(0, 2) == "Lapangan Boja"
    assert [found.crosses(*tokens) for tokens in ((0, 3), (4, 6), (2, 4), (2, 5), (3, 5))] == [
        *(False, False),
        *(True, True, True),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "***", "Baca juga: A", "\t\r\n"])
def test_texts_without_prose(text: str) -> None:
    assert segments(text) == []


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from(list("aBo .,\n-–()*“”\"’'1/:;Rp•\u200b\u00a0\r")), st.characters()
        ),
        max_size=300,
    )
)
def test_any_text_is_read_with_true_offsets(text: str) -> None:
    found = prepare(text, title=text[:40])
    begins = found.starts[found.title_end :]
    assert begins == sorted(begins)
    assert all(found.sentence_starts[s.first] for s in found.segments)


@pytest.mark.parametrize(
    "piece",
    [
        "warga ",
        "Warga. ",
        "- ",
        "(",
        "(a) ",
        "H. ",
        "\n",
        "- Boja\n",
        "“",
        "....",
        "a/b",
        "Berita Terkait\n\nA\n",
    ],
)
def test_the_work_grows_with_the_text_alone(piece: str) -> None:
    def took(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        best = 9.0
        for _ in range(3):
            begin = time.process_time()
            prepare(text)
            best = min(best, time.process_time() - begin)
        return best

    # eight times the text; work that grows with its square would take 64 times as long
    assert took(80_000) < 30 * took(10_000) + 0.05


def test_a_sentence_without_stops_is_cut() -> None:
    found = prepare("warga " * 5000)
    firsts = [t for t, starts in enumerate(found.sentence_starts) if starts]
    assert max(b - a for a, b in pairwise(firsts)) <= LONGEST_SENTENCE
