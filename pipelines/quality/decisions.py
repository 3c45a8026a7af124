"""People's decisions as examples.

A claim that was confirmed is right, one that was rejected or changed is wrong, and a kecamatan that was added
to the pilots was rightly likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from db.claim_kinds import CLAIM_TABLES
from db.corrections.load import Correction, load_corrections
from db.store import Store
from extract.probability.weigh import Answered, answer_all, answer_as_left_out
from extract.vocabulary.load import Vocabulary
from pipelines.quality.examples import Example, Reader

#: What a decision says of the claim that it is about.
_SAYS = {"confirm": True, "add": True, "reject": False, "change": False}
#: Into so many sets decisions are told apart by article, as annotated articles are by who wrote them.
SETS = 5


def list_decided(db: Path, folder: Path, read_article: Reader, vocabulary: Vocabulary) -> Iterator[Example]:
    """The claims and candidates that decisions are about, in the order of the articles in the files."""
    decisions = [one for one in load_corrections(folder) if one.action in _SAYS]
    with Store(db, read_only=True) as store:
        named = dict.fromkeys(one.article for one in decisions)
        for number, name in enumerate(named):
            found = store.find_article(name)
            article = store.article(found) if found else None
            if article is None:
                continue
            own = [one for one in decisions if one.article == name]
            for programme in vocabulary.programmes:
                wanted = [one for one in own if one.programme in ("", programme)]
                read = read_article(article, programme)
                asked = answer_all(read.view, read.sentences, read.facts)
                as_left_out = answer_as_left_out(read.view, read.sentences, read.facts)
                for answered in (*asked, *as_left_out):
                    right = _decide(answered, wanted)
                    if right is not None:
                        yield Example(
                            kind=answered.kind,
                            group=f"decisions {number % SETS}",
                            article=article.id,
                            answers=frozenset(answered.answers),
                            right=right,
                            left_out=answered.left_out,
                        )


def _decide(answered: Answered, decisions: Iterable[Correction]) -> bool | None:
    """What the last decision on a claim says of it; None where there is none."""
    table = CLAIM_TABLES[answered.kind]
    said = [
        _SAYS[one.action]
        for one in decisions
        if one.table == table
        and all(getattr(answered.claim, name, None) == value for name, value in one.claim.items())
    ]
    return said[-1] if said else None
