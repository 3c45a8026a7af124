"""The lines of a committee: "Ketua : NAME", "Seksi Pendampingan : NAME, NAME, dan NAME"."""

from __future__ import annotations

from dataclasses import dataclass

from extract.mentions.people.names import NameWords, read_name, skip_degrees
from extract.mentions.people.words import RoleWords
from extract.vocabulary.scan import Scan, skip
from extract.vocabulary.tokens import Reading

#: Tokens of an office in front of a colon.
MAX_OFFICE = 6
#: Tokens of a line behind it.
MAX_LINE = 60
#: Lines that make a list.
MIN_LINES = 2


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office at tokens `first` to `colon`, with the names of those who hold it."""

    first: int
    colon: int
    names: tuple[tuple[int, int], ...]


def find_office_lines(found: Reading, roles: RoleWords, names: NameWords) -> list[OfficeLine]:
    """The lines of a text's committees; none where a single line looks like one."""
    colons = [at for at, word in enumerate(found.lower) if word == ":" and at > found.title_end]
    heads = [(first, colon) for colon in colons if (first := _office_before(found, colon, roles))]
    if len(heads) < MIN_LINES:
        return []
    lines = [OfficeLine(first, colon, _names(found, colon + 1, roles, names)) for first, colon in heads]
    return [line for line in lines if line.names]


def _office_before(found: Reading, colon: int, roles: RoleWords) -> int:
    """The first token of the office that a colon's line opens with, 0 if it opens with none."""
    reach = range(colon - 1, max(colon - MAX_OFFICE, 0), -1)
    first = next((t for t in reach if opens_line(found, t)), 0)
    hit = roles.line_heads.at(found.lower, first) if first else None
    return first if hit is not None and hit[0] <= colon else 0


def opens_line(found: Reading, token: int) -> bool:
    """Whether a line of the text begins at a token."""
    if token <= found.title_end or found.segment_at(token).first == token:
        return True
    return "\n" in found.text[found.ends[token - 1] : found.starts[token]]


def _names(found: Reading, at: int, roles: RoleWords, names: NameWords) -> tuple[tuple[int, int], ...]:
    end = skip(
        at, min(len(found.lower), at + MAX_LINE), lambda token: token == at or not opens_line(found, token)
    )
    people = []
    scan = Scan(at, end)
    for at in scan:
        name = read_name(found, at, end, names, capitals=True)
        if name is None or roles.heads.at(found.lower, at):
            break
        people.append(name)
        scan.at = skip(
            skip_degrees(found, name[1], end, names),
            end,
            lambda token: found.lower[token] in ",;" or found.lower[token] in roles.row_joiners,
        )
    return tuple(people)
