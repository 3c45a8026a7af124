"""The words about the world, loaded from `knowledge/` into typed, frozen shapes.

A folder of one's own (`load_vocabulary(Path("mine"))`) adds programmes, agencies, measures and cues to those
that come with the package; see docs/extend-the-vocabulary.md.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from db.records import AgencyType, Pillar
from extract.vocabulary.areas import Areas, build_areas
from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.rules import Rule
from extract.vocabulary.tokens import TextRules, compile_lines

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"


R = TypeVar("R")


class VocabularyError(ValueError):
    """A vocabulary file that can't be used; the message names file, key and mend in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarTerm:
    """A pillar of a programme. `phrases` name it; the notation is that of `phrases.expand`."""

    id: str
    name: str
    name_en: str
    description: str
    phrases: tuple[str, ...]
    services: tuple[str, ...] = ()  # weaker paraphrases: they need the programme in the same article
    agencies: tuple[
        str, ...
    ] = ()  # types of agencies that usually hold it: they need weaker words to be told so
    facility: bool = False  # whether it is a building that can stand in a village
    facility_phrases: tuple[
        str, ...
    ] = ()  # what such a building is called, where that differs from `phrases`


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A government programme that the press is watched for."""

    id: str
    name: str
    name_en: str
    province: str  # code
    unit: str  # what takes part in it: "kecamatan"
    launched: date | None = None
    names: tuple[str, ...]  # an article that prints one of these outside another name is about it
    signs: tuple[str, ...] = ()  # two different ones together make an article relevant without the name
    brands: tuple[str, ...] = ()  # signs that nothing else bears: they need no unit beside them
    rivals: tuple[str, ...] = ()  # other programmes that use the same words
    topic: tuple[str, ...] = ()  # what makes a crawled article worth keeping at all
    pillar: tuple[PillarTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTerm:
    """A type of government agency."""

    id: str
    name: str
    name_en: str
    heads: tuple[str, ...] = ()  # nouns that open its full names; without `words` the noun shows the type
    words: tuple[str, ...] = ()  # phrases inside a full name that show the type
    acronyms: tuple[str, ...] = ()  # short names that stand alone
    pieces: tuple[str, ...] = ()  # parts of run-together short names


MEASURE_KINDS = ("status", "all", "units", "money")
LEVELS = ("kecamatan", "village", "regency")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTerm:
    """Something that articles count. What each key means stands in `knowledge/measures.toml`."""

    id: str
    name: str
    name_en: str
    unit: str
    kind: str  # one of MEASURE_KINDS
    level: str = ""  # one of LEVELS: the areas that are counted, or that hold one such unit each
    nouns: tuple[str, ...]
    weak_nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in MEASURE_KINDS:
            raise VocabularyError(
                f"measure {self.id!r}: kind {self.kind!r} is none of {', '.join(MEASURE_KINDS)}"
            )
        if self.level not in LEVELS and (self.level or self.kind in ("status", "all")):
            raise VocabularyError(f"measure {self.id!r}: level {self.level!r} is none of {', '.join(LEVELS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    areas: Areas
    programmes: Mapping[str, Programme]
    agencies: Mapping[str, AgencyTerm]
    measures: Mapping[str, MeasureTerm]
    cues: Mapping[str, Mapping[str, tuple[str, ...]]]
    rules: Mapping[str, tuple[Rule, ...]]  # by the name of their file
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
            Pillar(id=p.id, name=p.name, name_en=p.name_en, description=p.description, programme=programme.id)
            for programme in self.programmes.values()
            for p in programme.pillar
        )

    @property
    def agency_types(self) -> tuple[AgencyType, ...]:
        return tuple(AgencyType(id=a.id, name=a.name, name_en=a.name_en) for a in self.agencies.values())

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


T = TypeVar("T", PillarTerm, Programme, AgencyTerm, MeasureTerm, Rule)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: not valid TOML ({error}); mend the line it names") from None
    except OSError as error:
        raise VocabularyError(f"{path}: {error.strerror}; check the path and its permissions") from None


def _typed(kind: type[T], data: Mapping[str, Any], path: Path) -> T:
    """A dataclass from a table; refuses unknown, missing and wrongly typed keys."""
    known = {f.name: f for f in fields(kind)}
    name = data.get("id", "?")
    for key in data:
        if key not in known:
            allowed = ", ".join(known)
            raise VocabularyError(f"{path}: {name}: unknown key {key!r}; allowed are {allowed}")
    values: dict[str, Any] = {}
    for key, spec in known.items():
        if key not in data:
            if spec.default is MISSING and spec.default_factory is MISSING:
                raise VocabularyError(f"{path}: {name}: {key!r} is missing")
            continue
        value = data[key]
        if str(spec.type).startswith("tuple[PillarTerm"):
            value = tuple(_typed(PillarTerm, row, path) for row in _list(value, key, path))
        elif str(spec.type).startswith("tuple"):
            value = tuple(_string(v, key, path) for v in _list(value, key, path))
        elif spec.type == "str":
            value = _string(value, key, path)
        elif spec.type in ("bool", "int") and type(value).__name__ != spec.type:
            raise VocabularyError(f"{path}: {name}: {key!r} must be a {spec.type}")
        values[key] = value
    return kind(**values)


def _list(value: object, key: str, path: Path) -> list[Any]:
    if not isinstance(value, list):
        raise VocabularyError(f"{path}: {key!r} must be a list")
    return value


def _string(value: object, key: str, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise VocabularyError(f"{path}: {key!r} must hold words, not {value!r}")
    return value


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
        data = _read(path)
        if extra := set(data) - {table}:
            raise VocabularyError(
                f"{path}: unknown key {sorted(extra)[0]!r}; this file holds [[{table}]] tables"
            )
        for row in _list(data.get(table, []), table, path):
            term = _typed(kind, row, path)
            if term.id in rows:
                raise VocabularyError(f"{path}: {term.id!r} is defined twice")
            rows[term.id] = term
    return rows


def _programmes(folders: Iterable[Path]) -> dict[str, Programme]:
    programmes: dict[str, Programme] = {}
    for folder in folders:
        for path in sorted((folder / "programmes").glob("*.toml")):
            programme = _typed(Programme, _read(path), path)
            if programme.id != path.stem:
                raise VocabularyError(
                    f"{path}: id {programme.id!r} differs from the file's name {path.stem!r}"
                )
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
            known = cues.get(path.stem, {})
            table = cues.setdefault(path.stem, {})
            for key, value in _read(path).items():
                if folder != KNOWLEDGE and key not in known:
                    lists = ", ".join(known) or f"no lists: the files are {', '.join(sorted(cues))}"
                    raise VocabularyError(f"{path}: nothing asks for {key!r}; there are {lists}")
                words = tuple(_string(v, key, path) for v in _list(value, key, path))
                table[key] = (*table.get(key, ()), *words)
    return cues


def _names(path: Path, key: str) -> dict[str, list[str]]:
    table = _read(path).get(key, {})
    return {code: [_string(v, code, path) for v in _list(names, code, path)] for code, names in table.items()}


def _check_folder(folder: Path) -> None:
    """Refuses a further folder with a file that nothing reads: a misspelled name would go unnoticed."""
    if not folder.is_dir():
        raise VocabularyError(f"{folder}: no such folder; give one with programmes/, agencies.toml or cues/")
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".toml", ".csv")):
        name = path.relative_to(folder)
        known = name.as_posix() in ("agencies.toml", "measures.toml") or (
            len(name.parts) == 2 and name.parts[0] in ("programmes", "cues") and name.suffix == ".toml"
        )
        if not known:
            raise VocabularyError(
                f"{path}: nothing reads this file; a folder holds agencies.toml, measures.toml, "
                "programmes/ID.toml and cues/NAME.toml"
            )


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
    try:
        return build_areas(
            province,
            regions / "coordinates.csv",
            _names(regions / "names.toml", "regency_aliases"),
            _names(regions / "names.toml", "kecamatan_variants"),
            _names(regions / "names.toml", "province_aliases"),
            _read(regions / "names.toml").get("usual_twin", {}),
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
    text_rules = TextRules(
        tail_lines=compile_lines(text.get("tail_lines", ("(?!)",))),
        noise_lines=compile_lines(text.get("noise_lines", ("(?!)",))),
        credit=compile_lines(text.get("credit", ("(?!)",))),
        abbreviations=frozenset(text.get("abbreviations", ())),
        outlet_words=frozenset(text.get("outlet_words", ())),
    )
    return Vocabulary(
        areas=_province_areas(provinces.pop()),
        programmes=programmes,
        agencies=agencies,
        measures=measures,
        cues=cues,
        rules=rules,
        text_rules=text_rules,
        digest=_digest(every),
    )
