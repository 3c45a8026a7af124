"""Hides the private words of articles in whatever is shown of them. Pure: strings in, strings out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from db.records import PrivateWords

_WORD = re.compile(r"\w+")
#: Letters of a word of a name by which an address tells it.
_TELLING = 4


class Hider:
    """The private words of one article, by the first word of each, the longest first."""

    def __init__(self, private: Sequence[PrivateWords]) -> None:
        #: first word -> (characters before it, as printed, as shown)
        self._by_word: dict[str, list[tuple[int, str, str]]] = {}
        self.unlisted = frozenset(words.printed for words in private if words.kind == "unlisted")
        names = set()
        for words in sorted(private, key=lambda words: (-len(words.printed), words.printed)):
            first = _WORD.search(words.printed)
            if first is None or words.printed == words.shown:
                continue
            entry = (first.start(), words.printed, words.shown)
            self._by_word.setdefault(first[0], []).append(entry)
            if words.kind == "name":
                names.add(tuple(word.lower() for word in _WORD.findall(words.printed)))
        parts = {word for name in names if len(name) > 1 for word in name}
        names = {name for name in names if all(word.isalpha() for word in name)}
        self._names = sorted(name for name in names if len(name) > 1 or name[0] not in parts)

    def hide(self, text: str) -> str:
        """The text with its private words replaced by what readers see. Linear in the text's length."""
        if not self._by_word:
            return text
        pieces, done = [], 0
        for word in _WORD.finditer(text):
            for before, printed, shown in self._by_word.get(word[0], ()):
                begin = word.start() - before
                end = begin + len(printed)
                # A part of a longer word is another word.
                whole = not (text[end : end + 1].isalnum() and printed[-1].isalnum())
                if begin >= done and whole and text.startswith(printed, begin):
                    pieces += [text[done:begin], shown]
                    done = end
                    break
        pieces.append(text[done:])
        return "".join(pieces)

    def is_listed(self, name: str) -> bool:
        """Whether a person may stand in a list of people."""
        return name not in self.unlisted and self.hide(name) == name

    def tells(self, url: str) -> bool:
        """Whether an address spells a private name: ".../siswi-smp-melati-putri-..."."""
        words = _WORD.findall(url.lower().replace("_", " "))
        return any(
            sum(map(len, name)) >= _TELLING and words[at : at + len(name)] == list(name)
            for name in self._names
            for at in range(len(words))
        )


def hide(text: str, private: Iterable[PrivateWords]) -> str:
    """A text with an article's private words replaced by what readers see."""
    return Hider(tuple(private)).hide(text)
