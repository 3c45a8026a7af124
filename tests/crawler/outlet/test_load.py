"""Outlet files: what they may say, and one clear line for what they may not."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from crawler.outlet.load import PLATFORMS, Layout, Outlet, OutletError, load_outlet, load_outlets
from tests.crawler.conftest import OUTLET

GOOD = OUTLET.format(home="https://kabaruji.example", more="")


def write(folder: Path, text: str, slug: str = "kabar_uji") -> Path:
    path = folder / f"{slug}.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_projects_outlets_load() -> None:
    outlets = load_outlets()
    assert {
        "tribun_jateng",
        "tribun_banyumas",
        "tribun_solo",
        "tribun_pantura",
        "tribun_muria",
        "detik_jateng",
        "kompas_regional",
        "antara_jateng",
        "suaramerdeka",
        "beritajateng",
        "purbalinggakab",
    } <= set(outlets)
    for slug, outlet in outlets.items():
        assert outlet.slug == slug
        assert outlet.confidence in ("high", "medium", "low")
        assert any(find.enabled for find in outlet.find), slug
        assert outlet.layouts[-1].until is None


def test_an_outlet_of_a_known_system_is_a_short_file() -> None:
    folder = PLATFORMS.parent / "outlets"
    for path in folder.glob("*.toml"):
        if load_outlet(path).platform in ("tribun", "promedia", "wordpress"):
            assert len(path.read_text("utf-8").splitlines()) <= 15, path.name


def test_records_are_frozen() -> None:
    outlet = load_outlets()["tribun_jateng"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        outlet.name = "x"  # type: ignore[misc]


def test_like_inherits_tables_by_key_and_lists_whole(tmp_path: Path) -> None:
    own = 'name = "A"\nhome = "https://a.example/"\nlike = "tribun"\nconfidence = "low"\nsince = 2025-01-01\n'
    parent = load_outlet(write(tmp_path, own))
    assert parent.layouts[0].name == "tribun"
    changed = load_outlet(
        write(tmp_path, own + '[article]\npage_all = ""\n[[find]]\nkind = "feed"\nurl = "{home}/rss"\n')
    )
    assert changed.article.page_all == ""
    assert changed.article.page_n == parent.article.page_n
    assert [f.kind for f in changed.find] == ["feed"]


def test_drop_and_noise_of_an_outlet_are_added_to_each_layout(tmp_path: Path) -> None:
    outlet = load_outlet(
        write(
            tmp_path, GOOD.replace("[[find]]", 'drop = [".kotak"]\nnoise = ["^pesan sponsor"]\n[[find]]', 1)
        )
    )
    assert outlet.layouts[0].drop.names("div", ["kotak"], None)
    assert outlet.layouts[0].noise.match("Pesan sponsor hari ini")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("confidence", "trust"), "unknown key 'trust'; allowed here: name, home, like, also, "),
        (("[[find]]", "[[fimd]]"), "unknown key 'fimd'; did you mean 'find'?"),
        (('link = "a"', 'lnik = "a"'), r"\[\[find\]\] 1: unknown key 'lnik'; did you mean 'link'\?"),
        (
            ('title = ["h1"]', 'titel = ["h1"]'),
            r"\[\[layout\]\] 1: unknown key 'titel'; did you mean '",
        ),
        (
            ('kind = "listing"', 'kind = "lisitng"'),
            r"\[\[find\]\] 1: kind = 'lisitng' must be one of listing, tag, ",
        ),
        (
            ('confidence = "high"', 'confidence = "sure"'),
            "'sure' must be one of high, medium, low",
        ),
        (
            ("since = 2025-12-01", 'since = "2025-12-01"'),
            "since = '2025-12-01' must be a date such as 2025-10-30",
        ),
        (("since = 2025-12-01\n", ""), "lacks 'since'"),
        (
            ('body = ["div.isi"]', 'body = ["div["]'),
            r"\[\[layout\]\] 1: body, entry 1: 'div\[' is no CSS",
        ),
        (('body = ["div.isi"]', "body = [3]"), r"\[\[layout\]\] 1: body, entry 1 = 3 must be a text"),
        (
            ("'/berita/(?P<id>\\d+)/'", "'/berita/(?P<id>\\d+'"),
            r"\[article\]: url: .* is no regular expression",
        ),
        (("{date:%Y-%m-%d}", "{tanggal}"), r"\[\[find\]\] 1: url = .* has an unknown or broken placeholder"),
        (("{home}/indeks", "indeks"), r"\[\[find\]\] 1: url = .* gives no http\(s\) address"),
        (('home = "https://kabaruji.example"', 'home = "kabaruji.example"'), "is no http"),
        (('item = "li"', 'item = "li["'), r"\[\[find\]\] 1: 'li\[' is no CSS selector"),
        (
            ('name = "Kabar Uji"', 'name = "Kabar Uji"\nlike = "tribum"'),
            "like = 'tribum' names no platform; there are: antara",
        ),
        (
            ('name = "Kabar Uji"', 'name = "Kabar Uji"\nslug = "lain"'),
            "slug 'lain' differs from the file's name 'kabar_uji'",
        ),
        (('name = "Kabar Uji"', "name = Kabar Uji"), "no valid TOML"),
        (("[[layout]]", '[[layout]]\nbody = ["p"]\n[[layout]]'), "must be ordered by until"),
        (('item = "li"', "max_pages = -1"), "max_pages = -1 must be a whole number, not negative"),
    ],
    ids=lambda value: value[1][:30] if isinstance(value, tuple) else "",
)
def test_a_mistake_is_one_line_with_file_and_key(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    assert change[0] in GOOD
    path = write(tmp_path, GOOD.replace(*change, 1))
    with pytest.raises(OutletError, match=message) as caught:
        load_outlet(path)
    text = str(caught.value)
    assert text.startswith(str(path))
    assert "\n" not in text


def test_names_of_files(tmp_path: Path) -> None:
    with pytest.raises(OutletError, match="lower snake case"):
        load_outlet(write(tmp_path, GOOD, slug="Kabar-Uji"))
    with pytest.raises(OutletError, match="no such folder"):
        load_outlets(tmp_path / "nowhere")
    path = tmp_path / "rusak.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OutletError, match="can't be read"):
        load_outlet(path)


def test_one_bad_file_can_be_left_out(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "nama = 1", slug="rusak")
    errors: list[OutletError] = []
    assert list(load_outlets(tmp_path, on_error=errors.append)) == ["kabar_uji"]
    assert len(errors) == 1
    with pytest.raises(OutletError):
        load_outlets(tmp_path)


# --- addresses -------------------------------------------------------------------------------------


@pytest.fixture
def tribun() -> Outlet:
    return load_outlets()["tribun_jateng"]


def test_keys_join_all_addresses_of_an_article(tribun: Outlet) -> None:
    base = "https://jateng.tribunnews.com/jawa-tengah/1231407/warga-belajar"
    variants = (
        base,
        base + "?page=2",
        base + "?page=all",
        base + "?utm_source=x#isi",
        base.replace("https", "http"),
    )
    assert {tribun.key(url) for url in variants} == {"jateng.tribunnews.com:1231407"}


def test_numbers_are_unique_for_one_host_only(tribun: Outlet) -> None:
    here = tribun.key("https://jateng.tribunnews.com/a/84086/judul-a")
    assert here != tribun.key("https://banyumas.tribunnews.com/a/84086/judul-a")


def test_a_date_is_no_number(tribun: Outlet) -> None:
    one = "https://jateng.tribunnews.com/jawa-tengah/2025/11/04/kirab-budaya"
    other = "https://jateng.tribunnews.com/jawa-tengah/2025/11/05/pasar-malam"
    assert tribun.key(one) != tribun.key(other)
    assert tribun.is_article(one)


@pytest.mark.parametrize(
    "url",
    [
        "https://jateng.tribunnews.com/tag/84086/judul-a",
        "https://jateng.tribunnews.com/index-news?date=2025-10-30",
        "https://jateng.tribunnews.com/video/84086/judul-a",
        "https://contoh.example/jawa-tengah/1231407/warga-belajar",
        "https://jateng.tribunnews.com.contoh.example/jawa-tengah/1231407/warga",
        "javascript:void(0)",
        "",
    ],
)
def test_what_is_no_article(tribun: Outlet, url: str) -> None:
    assert not tribun.is_article(url)


def test_identity_parameters_stay() -> None:
    outlet = load_outlets()["beritajateng"]
    assert outlet.canonical("https://beritajateng.tv/?p=45&utm_medium=x") == "https://beritajateng.tv/?p=45"


def test_layouts_by_day(tmp_path: Path) -> None:
    text = GOOD.replace(
        "[[layout]]",
        '[[layout]]\nname = "lama"\nuntil = 2024-06-30\nbody = ["p"]\n[[layout]]\nname = "baru"',
        1,
    )
    outlet = load_outlet(write(tmp_path, text))

    def names(day: date) -> list[str]:
        return [one.name for one in outlet.layouts_for(day)]

    assert names(date(2024, 6, 30)) == ["lama", "baru"]
    assert names(date(2024, 7, 1)) == ["baru", "lama"]
    assert isinstance(outlet.generic, Layout)
    assert outlet.generic.name == "generic"
