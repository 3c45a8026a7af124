"""What a visitor typed, as units that the index can be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.search.index import mark
from db.search.words import Stems, load_empty, load_synonyms, longest_synonym, split_words, stem, stems_of

#: Characters and units of a query that are read.
LONGEST, MOST_UNITS = 200, 12

_PART = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase of a query with what means the same: any of `alike` will do."""

    typed: str
    alike: tuple[str, ...]

    @property
    def stems(self) -> tuple[Stems, ...]:
        return tuple(dict.fromkeys(stems_of(words) for words in self.alike))

    @property
    def said(self) -> str:
        """For `search_fts`."""
        return f"({' OR '.join(_phrase(stems) for stems in self.stems)})"

    @property
    def named(self) -> str:
        """For `names_fts`, where the beginning of a name will do."""
        forms = [_phrase(split_words(words)) for words in self.alike]
        return f"({' OR '.join([*forms, f'{_phrase(split_words(self.typed))}*'])})"


def _phrase(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def read_query(text: str) -> list[Unit]:
    """The units of what was typed, in order; none where it holds no letter and no digit.

    Words between quotation marks belong together and have no synonyms.
    """
    units: list[Unit] = []
    for quoted, plain in _PART.findall(text[:LONGEST]):
        if words := split_words(quoted):
            units.append(Unit(" ".join(words), (" ".join(words),)))
        units += _read_words(split_words(plain))
    telling = [unit for unit in units if unit.typed not in load_empty()]
    return list(dict.fromkeys(telling or units))[:MOST_UNITS]


def _read_words(words: list[str]) -> list[Unit]:
    stems = [stem(word) for word in words]
    units: list[Unit] = []
    done = 0
    for at, word in enumerate(words):
        if at < done:
            continue
        if found := longest_synonym(stems, at):
            done = at + len(found)
            typed = " ".join(words[at:done])
            units.append(Unit(typed, tuple(dict.fromkeys([typed, *load_synonyms()[found]]))))
        else:
            units.append(Unit(word, (word,)))
    return units


def match_all(units: Iterable[Unit], marks: Mapping[str, str] | None = None) -> str:
    """The expression for documents with every unit and with the mark of each facet."""
    parts = [unit.said for unit in units]
    parts += [f'"{mark(group, value)}"' for group, value in (marks or {}).items() if split_words(value)]
    return " AND ".join(parts)
