"""A programme of one's own is a folder of data: pillars, agencies, a measure, cues, and no Python."""

from __future__ import annotations

import functools
import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from spacy.language import Language

from db.claim_kinds import CLAIM_TABLES
from db.records import WIB, Article, Facts
from db.store import Store
from extract.facts import extract_facts, extractor_version
from extract.nlp import build_nlp
from extract.vocabulary.load import KNOWLEDGE, Vocabulary, VocabularyError, load_vocabulary
from pipelines.cli import main

FOLDER = Path(__file__).parent / "second_programme"
WATER, BERDAYA = "kecamatan-siaga-air", "kecamatan-berdaya"

TITLE = "Tiga Kecamatan di Blora Merintis Siaga Air"
TEXT = (
    "BLORA - Pemerintah Kabupaten Blora menetapkan tiga kecamatan perintis Kecamatan Siaga Air, yakni "
    "Todanan, Kunduran, dan Japah, Senin (16/2/2026). Adapun Kecamatan Bogorejo menyusul tahun depan.\n\n"
    "Kepala Dinas Sumber Daya Air Kabupaten Blora, Retnowati Sekar Ayu, menyebut lima embung sudah berdiri, "
    "di antaranya embung di Desa Bedingin, Kecamatan Todanan. Embung dikelola Dinas Sumber Daya Air, "
    "sedangkan pelatihan Laskar Tirta digelar Dinporabudpar Blora."
)
#: The other programme, in the same regency, with a word ("embung") of the first.
OTHER_TEXT = (
    "BLORA - Empat kecamatan di Kabupaten Blora menjadi percontohan Kecamatan Berdaya, yakni Jati, "
    "Randublatung, Ngawen, dan Banjarejo. Dinas Sosial Blora menangani RPPA."
)


@functools.cache
def engine() -> tuple[Vocabulary, Language]:
    vocabulary = load_vocabulary(FOLDER)
    return vocabulary, build_nlp(vocabulary)


def make(text: str, title: str = TITLE, name: str = "a") -> Article:
    moment = datetime(2026, 2, 17, 9, tzinfo=WIB)
    url = f"https://kabar-blora.example/{name}"
    return Article(id=name, url=url, outlet="kabar", title=title, text=text, published_at=moment)


def read(text: str, programme: str = WATER, title: str = TITLE) -> Facts:
    vocabulary, nlp = engine()
    return extract_facts(make(text, title), nlp, vocabulary, programme)


def test_its_terms_join_those_of_the_package() -> None:
    vocabulary, _ = engine()
    assert list(vocabulary.programmes) == [BERDAYA, WATER]
    assert {p.id for p in vocabulary.pillars if p.programme == WATER} == {"embung", "laskar-tirta"}
    assert {"sumber-daya-air", "sosial"} <= set(vocabulary.agencies)
    assert {"embung_units", "kecamatan_pilot"} <= set(vocabulary.measures)
    assert vocabulary.digest != load_vocabulary().digest


def test_everything_is_read_for_it() -> None:
    facts = read(TEXT)
    assert facts.relevant
    assert facts.programme == WATER
    assert [r.name for r in facts.regencies] == ["Kabupaten Blora"]
    assert {k.kecamatan for k in facts.pilot_kecamatan} == {"Todanan", "Kunduran", "Japah"}
    assert [(k.kecamatan, k.status) for k in facts.other_kecamatan] == [("Bogorejo", "planned")]
    assert {p.pillar for p in facts.pillars} == {"embung", "laskar-tirta"}
    assert {(a.type, a.region) for a in facts.agencies} == {
        ("sumber-daya-air", "Kabupaten Blora"),
        ("pora", "Kabupaten Blora"),
    }
    assert {(r.agency, r.pillar) for r in facts.responsibilities} == {
        ("sumber-daya-air", "embung"),
        ("pora", "laskar-tirta"),
    }
    assert [p.name for p in facts.people] == ["Retnowati Sekar Ayu"]
    assert {(q.measure, q.value) for q in facts.quantities} == {("kecamatan_pilot", 3), ("embung_units", 5)}
    assert ("embung", "Bedingin", "Todanan") in {(f.pillar, f.village, f.kecamatan) for f in facts.facilities}


def test_its_launch_has_its_own_date() -> None:
    text = "BLORA - Kecamatan Siaga Air diluncurkan Gubernur pada 16 Februari. Pemkab Blora ikut serta."
    assert [(e.event, e.date) for e in read(text).events] == [("launch", "2026-02-16")]


def test_the_programmes_are_kept_apart() -> None:
    assert not read(TEXT, BERDAYA).relevant
    assert not read(OTHER_TEXT, WATER).relevant
    facts = read(OTHER_TEXT, BERDAYA)
    assert {k.kecamatan for k in facts.pilot_kecamatan} == {"Jati", "Randublatung", "Ngawen", "Banjarejo"}
    assert {p.pillar for p in facts.pillars} == {"rppa"}


def test_an_article_on_both_gives_each_its_own_pilots() -> None:
    text = (
        "BLORA - Di Kabupaten Blora, Jati dan Ngawen menjadi percontohan Kecamatan Berdaya. Kunduran dan "
        "Japah menjadi percontohan Kecamatan Siaga Air."
    )
    pilots = {p: {k.kecamatan for k in read(text, p, "Kabar").pilot_kecamatan} for p in (WATER, BERDAYA)}
    assert pilots == {WATER: {"Kunduran", "Japah"}, BERDAYA: {"Jati", "Ngawen"}}


def test_the_list_of_a_known_neighbour_is_not_taken_for_ones_own() -> None:
    text = (
        "BLORA - Di Kabupaten Blora, Jati dan Ngawen menjadi percontohan Kecamatan Berdaya. Kunduran dan "
        "Japah menjadi percontohan Desa Berdaya."
    )
    assert {k.kecamatan for k in read(text, BERDAYA, "Kabar").pilot_kecamatan} == {"Jati", "Ngawen"}


def test_its_neighbour_is_another_programme() -> None:
    assert not read("BLORA - Program Desa Siaga Air dimulai di Kecamatan Todanan.", title="Kabar").relevant


def test_the_package_alone_knows_nothing_of_it() -> None:
    vocabulary = load_vocabulary()
    facts = extract_facts(make(TEXT), build_nlp(vocabulary), vocabulary)
    assert not facts.relevant
    assert facts.agencies == ()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "pantau.db"
    with Store(path) as store:
        store.save_outlets([{"slug": "kabar", "name": "Kabar"}])
        store.save_article(make(TEXT, name="air"))
        store.save_article(make(OTHER_TEXT, "Empat Kecamatan di Blora", "berdaya"))
    return path


def test_a_database_has_rows_of_each_programme(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(database.parent)
    assert main(["extract", "--db", str(database), "--vocabulary", str(FOLDER)]) == 0
    assert f"{WATER}: 2 articles extracted, 1 on the programme" in capsys.readouterr().out
    with Store(database, read_only=True) as store:
        pilots = store.db.execute("SELECT programme, kecamatan FROM pilot_kecamatan").fetchall()
        found = {programme: {k for p, k in pilots if p == programme} for programme in (WATER, BERDAYA)}
        version = extractor_version(load_vocabulary(FOLDER))
        assert set(store.extracted_articles(WATER).values()) == {version}
    assert found == {
        WATER: {"Todanan", "Kunduran", "Japah"},
        BERDAYA: {"Jati", "Randublatung", "Ngawen", "Banjarejo"},
    }
    main(["extract", "--db", str(database), "--vocabulary", str(FOLDER)])
    assert capsys.readouterr().out == f"{BERDAYA}: nothing new to extract\n{WATER}: nothing new to extract\n"


def test_lines_are_read_for_the_programme_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles, records = tmp_path / "articles.jsonl", tmp_path / "records.jsonl"
    row = {"id": "a", "title": TITLE, "text": TEXT, "published_at": "2026-02-17"}
    articles.write_text(json.dumps(row), encoding="utf-8")
    options = ["extract", "--input", str(articles), "--output", str(records), "--vocabulary", str(FOLDER)]
    assert main([*options, "--programme", WATER]) == 0
    record = json.loads(records.read_text(encoding="utf-8"))
    assert (record["programme"], record["relevant"]) == (WATER, True)
    assert set(CLAIM_TABLES) <= set(record)
    assert main(options) == 0
    record = json.loads(records.read_text(encoding="utf-8"))
    assert (record["programme"], record["relevant"]) == (BERDAYA, False)
    assert main([*options, "--programme", "kecamatan-air"]) == 2
    assert f"the programmes are {BERDAYA}, {WATER}" in capsys.readouterr().err


def test_it_is_scored_against_annotation_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = {
        "id": "a",
        "title": TITLE,
        "text": TEXT,
        "published_at": "2026-02-17",
        "relevant": True,
        "regencies": ["Kabupaten Blora"],
        "pillars": ["embung", "laskar-tirta"],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold), encoding="utf-8")
    options = ["--vocabulary", str(FOLDER), "--programme", WATER, "--json"]
    assert main(["score", str(path), *options]) == 0
    scores = json.loads(capsys.readouterr().out)["scores"]
    assert {scores[field]["f1"] for field in ("relevant", "regencies", "pillars")} == {1.0}


def test_the_examples_of_the_guide_can_be_used(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "extend-the-vocabulary.md"
    blocks = re.findall(r"```toml\n# (\S+)\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 4
    for name, content in blocks:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    vocabulary = load_vocabulary(tmp_path)
    nlp = build_nlp(vocabulary)
    facts = extract_facts(make(TEXT), nlp, vocabulary, WATER)
    assert {k.kecamatan for k in facts.pilot_kecamatan} == {"Todanan", "Kunduran", "Japah"}
    assert ("sumber-daya-air", "embung") in {(r.agency, r.pillar) for r in facts.responsibilities}
    assert ("embung_units", 5) in {(q.measure, q.value) for q in facts.quantities}


# --- what the loader refuses -----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "mine"))


PROGRAMME = f"programmes/{WATER}.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (PROGRAMME, 'unit = "kecamatan"', "", "lacks 'unit'"),
        (PROGRAMME, 'unit = "kecamatan"', 'unit = "kecamatan"\ncolour = "red"', "unknown key 'colour'"),
        (PROGRAMME, f'id = "{WATER}"', 'id = "air"', "differs from the file's name"),
        (PROGRAMME, 'id = "laskar-tirta"', 'id = "rppa"', "'rppa' belongs to"),
        (PROGRAMME, '"kolam tadah hujan"]', '"kartu tirta"]', "'kartu tirta' belongs to both"),
        (PROGRAMME, "facility = true", 'facility = "yes"', "facility = 'yes' must be true or false"),
        (
            PROGRAMME,
            'names = ["kecamatan siaga air", "kec[.] siaga air"]',
            'names = "air"',
            "'air' must be a list",
        ),
        (PROGRAMME, 'province = "33"', 'province = "35"', "programmes of several provinces"),
        (PROGRAMME, 'agencies = ["pora"]', 'agencies = ["porra"]', "no type of agency 'porra'"),
        ("agencies.toml", 'id = "sumber-daya-air"', 'id = "sosial"', "defined twice"),
        ("agencies.toml", '"dpsda"', '"dinsos"', "'dinsos' belongs to both"),
        ("agencies.toml", "[[type]]", "[[kind]]", "unknown key 'kind'; allowed here: type"),
        ("measures.toml", 'kind = "units"', 'kind = "heaps"', "kind = 'heaps' must be one of status, all, "),
        (
            "measures.toml",
            'nouns = ["embung", "kolam tadah hujan"]',
            "nouns = [7]",
            "entry 1 = 7 must be a text",
        ),
        ("cues/pilots.toml", "pilot = [", "pilot = [[", "no valid TOML"),
        ("cues/pilots.toml", "pilot = [", "pilots = [", "unknown key 'pilots'; did you mean 'pilot'?"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_file(
    file: str, old: str, new: str, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(folder)
    message = str(caught.value)
    assert words in message
    assert "\n" not in message
    assert main(["extract", "--vocabulary", str(folder), "--input", "-"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert words in line


@pytest.mark.parametrize("name", ["agency.toml", "cues.toml", "regions/names.toml", "programmes/a/b.toml"])
def test_a_file_that_nothing_reads_is_refused(name: str, folder: Path) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).touch()
    with pytest.raises(VocabularyError, match="nothing reads this file"):
        load_vocabulary(folder)


def test_cues_of_no_file_are_refused(folder: Path) -> None:
    (folder / "cues" / "pilot.toml").write_text('pilot = ["perintis"]', encoding="utf-8")
    with pytest.raises(
        VocabularyError, match=r"pilot\.toml: nothing reads this file; the files of cues are "
    ):
        load_vocabulary(folder)


def test_the_package_is_no_folder_of_ones_own(folder: Path) -> None:
    with pytest.raises(VocabularyError):
        load_vocabulary(KNOWLEDGE)
    with pytest.raises(VocabularyError, match="no such folder"):
        load_vocabulary(folder / "nowhere")
