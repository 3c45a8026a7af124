"""What people know better than the rules: loaded strictly, applied at every reading, never lost silently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.corrections.apply import AreaNames
from db.corrections.load import CorrectionError, load_corrections
from db.store import Store
from extract import facts as extract_facts_module
from tests.pipelines.invented import TEXT, Pantau, make_article

Rows = Callable[[str], list[tuple[Any, ...]]]

HEAD = 'by = "Ratna Sabdawati, redaksi"\nat = 2025-11-20\nwhy = "Camat meralat"\narticle = "contoh-1"\n'
REJECT = f'[[reject]]\n{HEAD}kind = "pilot_kecamatan"\nclaim = {{ kecamatan = "Bobotsari" }}\n'
CHANGE = (
    f'[[change]]\n{HEAD}kind = "responsibilities"\nclaim = {{ pillar = "rppa", agency = "sosial" }}\n'
    'to = { agency = "pmd" }\n'
)
ADD = (
    f'[[add]]\n{HEAD}kind = "quantities"\n'
    'claim = { measure = "kecamatan_pilot", region = "Kabupaten Purbalingga", value = 5 }\n'
    'quote = "Empat kecamatan"\n'
)
MERGE = f'[[merge]]\n{HEAD}names = ["Wiratno Sabdo"]\nname = "Wiratno Sabdo Prasetya"\n'
OFF_TOPIC = f"[[off_topic]]\n{HEAD}"
PILOTS = "SELECT kecamatan, origin FROM pilot_kecamatan ORDER BY kecamatan"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "corrections"
    path.mkdir()
    return path


@pytest.fixture
def extract(pantau: Pantau, database: Path, folder: Path) -> Callable[..., Any]:
    """`pantau extract` with the given text as the one file of corrections."""

    def call(text: str, *args: object) -> Any:
        (folder / "redaksi.toml").write_text(text, encoding="utf-8")
        return pantau("extract", "--db", database, "--corrections", folder, *args)

    return call


# --- applied -----------------------------------------------------------------------------------------


def test_a_rejected_claim_is_gone_and_comes_back_when_the_correction_is_withdrawn(
    extract: Callable[..., Any], read_rows: Rows
) -> None:
    assert extract("").code == 0
    names = [name for name, _ in read_rows(PILOTS)]
    assert names == ["Bobotsari", "Bukateja", "Kaligondang", "Kejobong"]
    outcome = extract(REJECT)
    assert outcome.code == 0
    assert "1 article read again" in outcome.out
    assert [name for name, _ in read_rows(PILOTS)] == names[1:]
    assert "read again" not in extract(REJECT).out
    assert "1 article read again" in extract("").out
    assert [name for name, _ in read_rows(PILOTS)] == names


def test_a_changed_claim_is_human_with_its_reason_and_keeps_its_quote(
    extract: Callable[..., Any], read_rows: Rows
) -> None:
    assert extract(CHANGE).code == 0
    rows = read_rows("SELECT agency, agency_type, origin, reason, confidence, quote FROM responsibilities")
    assert [row[:5] for row in rows] == [("pmd", "pmd", "human", "Camat meralat (2025-11-20)", 1.0)]
    assert rows[0][5] in TEXT


def test_an_added_claim_stands_on_words_of_the_article(extract: Callable[..., Any], read_rows: Rows) -> None:
    assert extract(ADD).code == 0
    [row] = read_rows(
        "SELECT value, regency_code, quote, sentence, rule, start FROM quantities WHERE origin = 'human'"
    )
    assert row[:3] == (5, "33.03", "Empat kecamatan")
    assert row[3].startswith("Empat kecamatan di Kabupaten Purbalingga ditetapkan")
    assert row[3].endswith("Bobotsari.")
    assert row[4:] == ("human", TEXT.index("Empat kecamatan"))


def test_an_added_place_gets_its_code_by_name(extract: Callable[..., Any], read_rows: Rows) -> None:
    text = ADD.replace("quantities", "pilot_kecamatan")
    text = text[: text.index("claim")] + (
        'claim = { kecamatan = "Mrebet", regency = "Kabupaten Purbalingga" }\nquote = "Empat kecamatan"\n'
    )
    assert extract(text).code == 0
    [row] = read_rows("SELECT code, kecamatan_code, regency_code FROM pilot_kecamatan WHERE origin = 'human'")
    assert row[0] == row[1]
    assert row[0].startswith(row[2] + ".")
    outcome = extract(text.replace("Mrebet", "Cicendo"))
    assert outcome.code == 1
    assert "has no 'Cicendo'" in outcome.err


def test_merged_people_have_one_name(extract: Callable[..., Any], read_rows: Rows) -> None:
    extract("")
    assert [name for (name,) in read_rows("SELECT name FROM people")] == ["Wiratno Sabdo"]
    assert extract(MERGE).code == 0
    assert read_rows("SELECT name, origin FROM people") == [("Wiratno Sabdo Prasetya", "human")]


def test_a_merge_everywhere_finds_the_name_in_other_articles(
    extract: Callable[..., Any], read_rows: Rows, database: Path
) -> None:
    with Store(database) as store:
        store.save_article(make_article(3, text=TEXT + " Acara usai."))
    extract("")
    assert extract(MERGE).code == 0
    by_article = "SELECT article, name FROM people ORDER BY article"
    assert [name for _, name in read_rows(by_article)] == ["Wiratno Sabdo Prasetya", "Wiratno Sabdo"]
    outcome = extract(MERGE + "everywhere = true\n")
    assert outcome.code == 0
    assert {name for _, name in read_rows(by_article)} == {"Wiratno Sabdo Prasetya"}
    assert "read again" not in extract(MERGE + "everywhere = true\n").out


def test_an_article_off_the_topic_claims_nothing(extract: Callable[..., Any], read_rows: Rows) -> None:
    assert extract(OFF_TOPIC).code == 0
    assert read_rows("SELECT count(*) FROM pilots") == [(0,)]
    assert read_rows("SELECT relevant, origin, reason FROM extractions WHERE article = 'contoh-1'") == [
        (0, "human", "Camat meralat (2025-11-20)")
    ]


def test_a_confirmed_claim_is_human(extract: Callable[..., Any], read_rows: Rows) -> None:
    assert extract(REJECT.replace("reject", "confirm")).code == 0
    assert dict(read_rows(PILOTS))["Bobotsari"] == "human"


def test_an_article_may_be_named_by_its_address_and_several_at_once(
    extract: Callable[..., Any], read_rows: Rows
) -> None:
    url = make_article(1).url
    assert extract(REJECT.replace('"contoh-1"', f'"{url}"')).code == 0
    assert len(read_rows(PILOTS)) == 3
    outcome = extract(REJECT.replace('"contoh-1"', '["contoh-1", "contoh-2"]'))
    assert outcome.code == 1  # the second has no such claim
    assert len(read_rows(PILOTS)) == 3


# --- what must hold ------------------------------------------------------------------------------------


def test_a_correction_survives_reading_again_and_a_change_of_the_vocabulary(
    extract: Callable[..., Any],
    read_rows: Rows,
    database: Path,
    folder: Path,
    pantau: Pantau,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = REJECT + CHANGE + ADD + MERGE
    extract(every)

    def shown() -> list[tuple[Any, ...]]:
        return [
            *read_rows(PILOTS),
            *read_rows("SELECT agency, pillar, origin, reason FROM responsibilities"),
            *read_rows("SELECT measure, value, origin, reason FROM quantities ORDER BY value"),
            *read_rows("SELECT name, origin, reason FROM people"),
        ]

    before = shown()
    assert extract(every, "--all").code == 0
    assert shown() == before
    # Another version of code or vocabulary makes every article outdated.
    monkeypatch.setattr(extract_facts_module, "extractor_version", lambda vocabulary: "2+other")
    real = extract_facts_module.extract_facts
    monkeypatch.setattr(extract_facts_module, "extract_facts", lambda *args: _versioned(real(*args)))
    outcome = pantau("extract", "--db", database, "--corrections", folder)
    assert outcome.code == 0
    assert "2 articles extracted" in outcome.out
    assert shown() == before
    assert read_rows("SELECT DISTINCT extractor_version FROM pilot_kecamatan") == [("2+other",)]


def _versioned(facts: Any) -> Any:
    from dataclasses import replace

    return replace(facts, extractor_version="2+other")


def test_publication_applies_corrections_made_since(
    extract: Callable[..., Any], folder: Path, database: Path, pantau: Pantau, read_rows: Rows
) -> None:
    extract("")
    (folder / "redaksi.toml").write_text(REJECT + CHANGE, encoding="utf-8")
    outcome = pantau("publish", "--db", database, "--corrections", folder)
    assert outcome.code == 0
    assert "3 pilots" in outcome.out
    with Store(database) as store:
        store.db.execute("ATTACH ? AS public", [str(database.with_name("public.db"))])
        rows = store.db.execute("SELECT agency, origin, reason FROM public.responsibilities").fetchall()
        tables = {row[0] for row in store.db.execute("SELECT name FROM public.sqlite_master").fetchall()}
    assert [tuple(row) for row in rows] == [("pmd", "human", "Camat meralat (2025-11-20)")]
    # Who decided it stays with the newsroom.
    assert not tables & {"corrections", "correction_uses"}
    assert b"Ratna Sabdawati" not in database.with_name("public.db").read_bytes()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (REJECT.replace("Bobotsari", "Alian"), "no such claim is found"),
        (ADD.replace("Empat kecamatan", "Lima kecamatan"), "does not stand in the article's text"),
        (REJECT.replace("contoh-1", "contoh-99"), "no stored article is 'contoh-99'"),
        (OFF_TOPIC.replace("contoh-1", "contoh-2"), "off the topic as well"),
        (MERGE.replace("Wiratno Sabdo", "Siapa Saja", 1) + "everywhere = true\n", "no such claim"),
        (CHANGE.replace('"pmd"', '"no-such-agency"'), "'no-such-agency' is no term of the vocabulary"),
    ],
)
def test_a_correction_that_meets_nothing_needs_a_person_until_it_is_mended(
    text: str, words: str, extract: Callable[..., Any], database: Path, pantau: Pantau
) -> None:
    outcome = extract(text)
    assert outcome.code == 1
    [line] = outcome.complaints
    assert words in line
    assert "redaksi.toml, [[" in line
    assert extract(text).code == 1  # also where nothing is new
    status = pantau("status", "--db", database)
    assert status.code == 1
    assert words in status.out
    assert extract("").code == 0


# --- strict ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (REJECT.replace("why", "reason"), "[[reject]] 1: unknown key 'reason'; allowed here: by, at, why, "),
        (REJECT.replace('why = "Camat meralat"\n', ""), "[[reject]] 1: lacks 'why'"),
        (REJECT.replace('"Camat meralat"', '" "'), "why = ' ' must be a text that is not empty"),
        (REJECT.replace("2025-11-20", '"20 November"'), "at = '20 November' must be a date"),
        (REJECT.replace("pilot_kecamatan", "pilots"), "kind = 'pilots' must be one of article_regencies"),
        (
            REJECT.replace("kecamatan = ", "district = "),
            "claim: unknown key 'district'; allowed here: kec",
        ),
        (REJECT.replace('{ kecamatan = "Bobotsari" }', "{}"), "claim = {} must be a table"),
        (REJECT.replace('"Bobotsari"', "3"), "kecamatan = 3 must be a text"),
        (ADD.replace("value = 5", 'value = "5"'), "value = '5' must be a whole number"),
        (ADD.replace(", value = 5", ""), "claim: lacks 'value'"),
        (ADD.replace('quote = "Empat kecamatan"\n', ""), "lacks 'quote'"),
        (ADD + 'field = "body"\n', "field = 'body' must be one of text, title"),
        (REJECT.replace("[[reject]]", "[[delete]]"), "unknown key 'delete'; allowed here: reject, add, "),
        (REJECT.replace("[[reject]]", "[reject]"), "must be written [[reject]]"),
        (MERGE.replace('["Wiratno Sabdo"]', '["Wiratno Sabdo Prasetya"]'), "names holds no form but"),
        (REJECT.replace('article = "contoh-1"', "article = []"), "article = [] must be a text"),
        (REJECT + REJECT, "says the same as redaksi.toml, [[reject]] 1"),
        (REJECT.replace("pilot_kecamatan", "pilots").replace("reject", "rejet"), "did you mean 'reject'?"),
        ("[[reject]", "no valid TOML"),
    ],
)
def test_what_is_wrong_is_one_line(text: str, words: str, folder: Path) -> None:
    (folder / "redaksi.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionError) as caught:
        load_corrections(folder)
    message = str(caught.value)
    assert words in message
    assert "redaksi.toml" in message
    assert "\n" not in message


def test_a_file_that_is_wrong_changes_nothing(extract: Callable[..., Any], read_rows: Rows) -> None:
    extract("")
    before = read_rows(PILOTS)
    outcome = extract("[[reject]")
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert read_rows(PILOTS) == before


def test_broken_corrections_keep_known_mistakes_from_being_published(
    extract: Callable[..., Any], folder: Path, database: Path, pantau: Pantau
) -> None:
    extract(REJECT)
    assert pantau("publish", "--db", database, "--corrections", folder).code == 0
    before = database.with_name("public.db").read_bytes()
    (folder / "redaksi.toml").write_text("[[reject]", encoding="utf-8")
    assert pantau("publish", "--db", database, "--corrections", folder).code == 2
    assert database.with_name("public.db").read_bytes() == before


def test_a_missing_folder_never_withdraws_corrections_in_silence(
    extract: Callable[..., Any], database: Path, pantau: Pantau, tmp_path: Path, monkeypatch: Any
) -> None:
    extract(REJECT)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for verb in ("extract", "publish"):
        outcome = pantau(verb, "--db", database)
        assert outcome.code == 2
        assert "has 1 corrections, and there is no folder" in outcome.err
        outcome = pantau(verb, "--db", database, "--corrections", "none")
        assert outcome.code == 2
        assert "none is no folder" in outcome.err


def test_the_example_in_the_folder_is_valid(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[3] / "corrections" / "README.md").read_text("utf-8")
    examples = readme.split("```toml\n")[1:]
    assert examples
    for number, block in enumerate(examples):
        (tmp_path / f"{number}.toml").write_text(block.split("```")[0], encoding="utf-8")
    actions = {correction.action for correction in load_corrections(tmp_path)}
    assert actions == {"reject", "add", "change", "confirm", "merge", "off_topic"}


def test_names_that_may_mean_several_areas_give_several_codes() -> None:
    areas = AreaNames(
        regencies={"Kabupaten Magelang": "33.08", "Kota Magelang": "33.71"}, kecamatan={}, villages={}
    )
    assert areas.find_code("Kabupaten Magelang|Kota Magelang", None, None) == "33.08|33.71"
    with pytest.raises(ValueError, match="write its full name"):
        areas.find_code("Magelang", None, None)
    with pytest.raises(CorrectionError, match="no folder"):
        load_corrections(Path("nowhere"))
