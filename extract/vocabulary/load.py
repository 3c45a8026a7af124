"""The words about the world, loaded from `knowledge/` into typed, frozen shapes.

A folder of one's own (`load_vocabulary(Path("mine"))`) adds programmes, agencies, measures and cues to those
that come with the package; see docs/extend-the-vocabulary.md.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from db.records import AgencyType, Pillar
from db.toml_records import Filled, TomlReader
from extract.vocabulary.areas import Areas, build_areas
from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.rules import Rule
from extract.vocabulary.tokens import TextRules, compile_lines
from extract.vocabulary.weights import KindWeights

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"


R = TypeVar("R")


class VocabularyError(ValueError):
    """A vocabulary file that can't be used; the message names file, key and mend in one line."""


Words = tuple[Filled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarTerm:
    """A pillar of a programme. `phrases` name it; the notation is that of `phrases.expand`."""

    id: Filled
    name: Filled
    name_en: Filled
    description: Filled
    phrases: Words
    services: Words = ()  # weaker paraphrases: they need the programme in the same article
    agencies: Words = ()  # types of agencies that usually hold it: they need weaker words to be told so
    facility: bool = False  # whether it is a building that can stand in a village
    facility_phrases: Words = ()  # what such a building is called, where that differs from `phrases`


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A government programme that the press is watched for."""

    id: Filled
    name: Filled
    name_en: Filled
    province: Filled  # code
    unit: Filled  # what takes part in it: "kecamatan"
    launched: date | None = None
    names: Words  # an article that prints one of these outside another name is about it
    signs: Words = ()  # two different ones together make an article relevant without the name
    brands: Words = ()  # signs that nothing else bears: they need no unit beside them
    rivals: Words = ()  # other programmes that use the same words
    topic: Words = ()  # what makes a crawled article worth keeping at all
    pillar: tuple[PillarTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTerm:
    """A type of government agency."""

    id: Filled
    name: Filled
    name_en: Filled
    heads: Words = ()  # nouns that open its full names; without `words` the noun shows the type
    words: Words = ()  # phrases inside a full name that show the type
    acronyms: Words = ()  # short names that stand alone
    pieces: Words = ()  # parts of run-together short names


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTerm:
    """Something that articles count. What each key means stands in `knowledge/measures.toml`."""

    id: Filled
    name: Filled
    name_en: Filled
    unit: Filled
    kind: Literal["status", "all", "units", "money"]
    #: The areas that are counted, or that hold one such unit each.
    level: Literal["", "kecamatan", "village", "regency"] = ""
    pillar: str = ""  # the pillar of which a count above nothing says that there is something
    nouns: Words
    weak_nouns: Words = ()
    adjectives: Words = ()
    before: Words = ()
    reach: Words = ()
    behind: Words = ()
    besides: Words = ()
    documents: Words = ()
    cues: Words = ()
    again: Words = ()
    blockers: Words = ()

    def __post_init__(self) -> None:
        if not self.level and self.kind in ("status", "all"):
            raise ValueError(f"kind = {self.kind!r} needs level, the areas that are counted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    areas: Areas
    programmes: Mapping[str, Programme]
    agencies: Mapping[str, AgencyTerm]
    measures: Mapping[str, MeasureTerm]
    cues: Mapping[str, Mapping[str, tuple[str, ...]]]
    rules: Mapping[str, tuple[Rule, ...]]  # by the name of their file
    weights: Mapping[str, KindWeights]  # by kind of claim
    text_rules: TextRules
    digest: str  # of every file read, 12 hex digits
    _built: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def compiled(self, build: Callable[[Vocabulary], R]) -> R:
        """What `build` makes of this vocabulary, made once: the tables that a link looks words up in."""
        if build not in self._built:
            self._built[build] = build(self)
        return cast(R, self._built[build])

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        return tuple(
            Pillar(
                id=p.id,
                name=p.name,
                name_en=p.name_en,
                description=p.description,
                programme=programme.id,
                spellings=_spell(p.phrases),
            )
            for programme in self.programmes.values()
            for p in programme.pillar
        )

    @property
    def agency_types(self) -> tuple[AgencyType, ...]:
        return tuple(
            AgencyType(id=a.id, name=a.name, name_en=a.name_en, spellings=_spell((*a.acronyms, *a.words)))
            for a in self.agencies.values()
        )

    def cue(self, file: str, key: str) -> tuple[str, ...]:
        """The entries of `cues/FILE.toml` under `key`; VocabularyError if there are none."""
        try:
            return self.cues[file][key]
        except KeyError:
            raise VocabularyError(
                f"knowledge/cues/{file}.toml lacks {key!r}: add it, a list of phrases"
            ) from None

    def table(self, file: str, key: str) -> PhraseTable:
        """The same, ready for look-ups; made once. Each phrase has the list's name as its key."""
        made = ("table", file, key)
        if made not in self._built:
            self._built[made] = PhraseTable({key: self.cue(file, key)})
        return cast(PhraseTable, self._built[made])

    def cue_set(self, file: str, key: str) -> frozenset[str]:
        """The entries, spelled out and in lower case; made once."""
        made = ("set", file, key)
        if made not in self._built:
            self._built[made] = frozenset(s.lower() for p in self.cue(file, key) for s in expand(p))
        return cast("frozenset[str]", self._built[made])


T = TypeVar("T", AgencyTerm, MeasureTerm, Rule)


def _spell(phrases: Iterable[str]) -> tuple[str, ...]:
    """Every literal form of some phrases, once."""
    return tuple(dict.fromkeys(form for phrase in phrases for form in expand(phrase)))


def _reader(path: Path) -> TomlReader:
    return TomlReader(path, VocabularyError)


def _check_name(path: Path, key: str, value: str) -> None:
    """Refuses a file whose name differs from what it says that it holds."""
    if value != path.stem:
        raise VocabularyError(f"{path}: {key} {value!r} differs from the file's name {path.stem!r}")


def _owners(terms: Iterable[tuple[str, Iterable[str]]], path: Path, what: str) -> None:
    """Refuses a phrase that two entries claim."""
    owner: dict[str, str] = {}
    for key, phrases in terms:
        for phrase in phrases:
            for spelled in expand(phrase):
                other = owner.setdefault(spelled.lower(), key)
                if other != key:
                    raise VocabularyError(f"{path}: {what} {spelled!r} belongs to both {other!r} and {key!r}")


def _rows(folders: Iterable[Path], file: str, table: str, kind: type[T]) -> dict[str, T]:
    rows: dict[str, T] = {}
    for folder in folders:
        path = folder / file
        if not path.exists():
            continue
        reader = _reader(path)
        data = reader.load()
        reader.check_keys(data, (table,))
        for number, row in enumerate(reader.tables(data, table), 1):
            term = reader.record(kind, row, f"[[{table}]] {row.get('id', number)}")
            if term.id in rows:
                raise VocabularyError(f"{path}: {term.id!r} is defined twice")
            rows[term.id] = term
    return rows


def _programmes(folders: Iterable[Path]) -> dict[str, Programme]:
    programmes: dict[str, Programme] = {}
    for folder in folders:
        for path in sorted((folder / "programmes").glob("*.toml")):
            reader = _reader(path)
            programme = reader.record(Programme, reader.load())
            _check_name(path, "id", programme.id)
            if programme.id in programmes:
                raise VocabularyError(f"{path}: programme {programme.id!r} is defined twice")
            _owners(((p.id, (*p.phrases, *p.services)) for p in programme.pillar), path, "phrase")
            programmes[programme.id] = programme
    if not programmes:
        raise VocabularyError("no programme found: put one into knowledge/programmes/ID.toml")
    return programmes


def _cues(folders: Iterable[Path]) -> dict[str, dict[str, tuple[str, ...]]]:
    cues: dict[str, dict[str, tuple[str, ...]]] = {}
    for folder in folders:
        for path in sorted((folder / "cues").glob("*.toml")):
            reader = _reader(path)
            data = reader.load()
            if folder != KNOWLEDGE:
                if path.stem not in cues:
                    raise reader.fail(f"nothing reads this file; the files of cues are {', '.join(cues)}")
                reader.check_keys(data, cues[path.stem])
            table = cues.setdefault(path.stem, {})
            for key, value in data.items():
                table[key] = (*table.get(key, ()), *reader.value(Words, value, key))
    return cues


@dataclass(frozen=True, slots=True, kw_only=True)
class _AreaNames:
    """`regions/names.toml`: code -> further names."""

    regency_aliases: Mapping[str, Words]
    kecamatan_variants: Mapping[str, Words]
    province_aliases: Mapping[str, Words]
    usual_twin: Mapping[str, Filled]


def _check_folder(folder: Path) -> None:
    """Refuses a further folder with a file that nothing reads: a misspelled name would go unnoticed."""
    if not folder.is_dir():
        raise VocabularyError(f"{folder}: no such folder; give one with programmes/, agencies.toml or cues/")
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".toml", ".csv")):
        name = path.relative_to(folder)
        known = name.as_posix() in ("agencies.toml", "measures.toml") or (
            len(name.parts) == 2
            and name.parts[0] in ("programmes", "cues", "weights")
            and name.suffix == ".toml"
        )
        if not known:
            raise VocabularyError(
                f"{path}: nothing reads this file; a folder holds agencies.toml, measures.toml, "
                "programmes/ID.toml, cues/NAME.toml and weights/KIND.toml"
            )


def _weights(folders: Iterable[Path]) -> dict[str, KindWeights]:
    """The weights of each kind; those of the last folder that has some."""
    weights: dict[str, KindWeights] = {}
    for folder in folders:
        for path in sorted((folder / "weights").glob("*.toml")):
            reader = _reader(path)
            read = reader.record(KindWeights, reader.load())
            _check_name(path, "kind", read.kind)
            if folder != KNOWLEDGE and read.kind not in weights:
                raise reader.fail(f"nothing reads this file; there are weights of {', '.join(weights)}")
            weights[read.kind] = read
    return weights


def _check_references(programmes: Mapping[str, Programme], agencies: Mapping[str, AgencyTerm]) -> None:
    """Refuses a pillar with two owners and one that names an agency type which there is not."""
    owner: dict[str, str] = {}
    for programme in programmes.values():
        for pillar in programme.pillar:
            where = f"programmes/{programme.id}.toml: pillar {pillar.id!r}"
            other = owner.setdefault(pillar.id, programme.id)
            if other != programme.id:
                raise VocabularyError(f"{where} belongs to {other!r} as well; give it another id")
            for kind in pillar.agencies:
                if kind not in agencies:
                    raise VocabularyError(f"{where}: there is no type of agency {kind!r} in agencies.toml")


def _digest(folders: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".toml", ".csv")):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:12]


@functools.cache
def _province_areas(province: str) -> Areas:
    regions = KNOWLEDGE / "regions"
    reader = _reader(regions / "names.toml")
    names = reader.record(_AreaNames, reader.load())
    try:
        return build_areas(
            province,
            regions / "coordinates.csv",
            names.regency_aliases,
            names.kecamatan_variants,
            names.province_aliases,
            names.usual_twin,
        )
    except KeyError as error:
        raise VocabularyError(f"{regions}: code {error} is not an area of province {province}") from None


def load_vocabulary(*folders: Path) -> Vocabulary:
    """The package's vocabulary with that of further folders added to it.

    Raises VocabularyError, in one line, for a file that is not valid TOML, an unknown or missing key, a
    phrase or pillar with two owners, an id that differs from its file's name, an unknown area or type of
    agency, a file or a list of cues that nothing reads.
    """
    for folder in folders:
        _check_folder(folder)
    every = (KNOWLEDGE, *folders)
    programmes = _programmes(every)
    agencies = _rows(every, "agencies.toml", "type", AgencyTerm)
    _owners(((a.id, a.acronyms) for a in agencies.values()), KNOWLEDGE / "agencies.toml", "acronym")
    _check_references(programmes, agencies)
    measures = _rows(every, "measures.toml", "measure", MeasureTerm)
    rules = {
        path.stem: tuple(_rows((KNOWLEDGE,), f"rules/{path.name}", "rule", Rule).values())
        for path in sorted((KNOWLEDGE / "rules").glob("*.toml"))
    }
    cues = _cues(every)
    provinces = {p.province for p in programmes.values()}
    if len(provinces) != 1:
        raise VocabularyError(
            f"programmes of several provinces ({', '.join(sorted(provinces))}): keep them apart"
        )
    text = cues.get("text", {})
    areas = _province_areas(provinces.pop())
    text_rules = TextRules(
        columns=compile_lines(text.get("columns", ("(?!)",))),
        states=compile_lines(text.get("states", ("(?!)",))),
        speakers=compile_lines(text.get("speakers", ("(?!)",))),
        regencies=frozenset(areas.regencies_by_name),
        kecamatan=frozenset(areas.kecamatan_by_name),
        tail_lines=compile_lines(text.get("tail_lines", ("(?!)",))),
        noise_lines=compile_lines(text.get("noise_lines", ("(?!)",))),
        credit=compile_lines(text.get("credit", ("(?!)",))),
        abbreviations=frozenset(text.get("abbreviations", ())),
        outlet_words=frozenset(text.get("outlet_words", ())),
    )
    return Vocabulary(
        areas=areas,
        programmes=programmes,
        agencies=agencies,
        measures=measures,
        cues=cues,
        rules=rules,
        weights=_weights(every),
        text_rules=text_rules,
        digest=_digest(every),
    )
