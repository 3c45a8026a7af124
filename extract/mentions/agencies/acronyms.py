"""Reads the run-together short names of agencies: "Dinsospermasdes" is of two types."""

from __future__ import annotations

from functools import lru_cache

from extract.vocabulary.load import Vocabulary

#: Longer words are no short names, and the search for pieces stays short.
MAX_LETTERS = 26
#: Words whose reading is kept: the same few open most sentences.
MAX_KEPT = 4096


class Acronyms:
    """The types behind a short name, told from its pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._rest = vocabulary.cue_set("agencies", "types_rest")
        self._pieces = {p: a.id for a in vocabulary.agencies.values() for p in a.pieces}
        self._longest = max(map(len, self._pieces), default=0)
        self._prefixes = vocabulary.cue("agencies", "prefixes")
        self._capital_prefixes = vocabulary.cue("agencies", "capital_prefixes")
        self._initials = tuple({p[0] for p in (*self._prefixes, *self._capital_prefixes)})
        self._stems = {
            stem: key.removeprefix("stems_")
            for key in vocabulary.cues["agencies"]
            if key.startswith("stems_")
            for stem in vocabulary.cue("agencies", key)
        }
        self._stem_heads = tuple(self._stems)
        self._kept = lru_cache(MAX_KEPT)(self._read)

    def types(self, word: str) -> tuple[str, ...]:
        """Types of a capitalised short name in the order of its pieces; () if it is none.

        >>> from extract.vocabulary.load import load_vocabulary
        >>> Acronyms(load_vocabulary()).types("DinsosP3AP2KB")
        ('sosial', 'p3a')
        """
        return self._kept(word)

    def _read(self, word: str) -> tuple[str, ...]:
        if not 3 <= len(word) <= MAX_LETTERS or not word[0].isupper():
            return ()
        lower = word.lower()
        if lower.startswith(self._stem_heads) and len(lower) > 5:
            return (next(kind for stem, kind in self._stems.items() if lower.startswith(stem)),)
        if not lower.startswith(self._initials):
            return ()
        for prefix in self._prefixes:
            if lower.startswith(prefix) and (found := self.parts(lower[len(prefix) :])):
                return found
        if word[1].isupper() or len(word) > 8:
            for prefix in self._capital_prefixes:
                if (
                    lower.startswith(prefix)
                    and len(lower) > 3
                    and (found := self.parts(lower[len(prefix) :]))
                ):
                    return found
        return ()

    def parts(self, letters: str) -> tuple[str, ...]:
        """Types of lower-case letters that are nothing but pieces; () if something is left over."""
        if not letters or len(letters) > MAX_LETTERS:
            return ()
        # best[i]: types of letters[i:], built from the end, the longest piece first
        best: list[tuple[str, ...] | None] = [None] * len(letters) + [()]
        for start in range(len(letters) - 1, -1, -1):
            for size in range(min(self._longest, len(letters) - start), 0, -1):
                kind = self._pieces.get(letters[start : start + size])
                rest = best[start + size] if kind else None
                if kind and rest is not None:
                    best[start] = (kind, *rest)
                    break
        return self.merge(best[0] or ())

    def loose_parts(self, letters: str) -> tuple[str, ...]:
        """The same for letters behind a name, where the press slips ("KBBP"): their known part decides."""
        if found := self.parts(letters):
            return found
        if len(letters) > MAX_LETTERS:
            return ()
        known = [p for p in self._pieces if len(p) > 1 and letters.startswith(p)]
        return (self._pieces[max(known, key=len)],) if known else ()

    def merge(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """Each type once; the one for the rest only if it is all there is."""
        once = tuple(dict.fromkeys(types))
        return tuple(t for t in once if t not in self._rest) or once
