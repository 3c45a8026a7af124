"""The words of work: what `cues/responsibilities.toml` lists, and the forms that its roots take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable, expand

#: Verbs by their prefixes: what an agency does, what is done by it.
ACTIVE = re.compile(
    r"(?:me[mn]|meng|meny|me[lrwy])[a-z]{3,}$|ng[aeiou][a-z]{3,}$|ber(?:keliling|tugas|jaga|operasi|dinas|kantor)[a-z]*$"
)
PASSIVE = re.compile(r"di[a-z]{4,}$")

#: How meN- joins a root, by the root's first letter: the prefix, and whether the letter goes.
_NASALS = {
    **dict.fromkeys("aeiough", ("meng", False)),
    "k": ("meng", True),
    "p": ("mem", True),
    **dict.fromkeys("bf", ("mem", False)),
    "t": ("men", True),
    **dict.fromkeys("dcjz", ("men", False)),
    "s": ("meny", True),
}


def active_form(root: str) -> str:
    """A root with meN-.

    >>> [active_form(root) for root in ("pegang", "kelola", "siapkan", "rawat", "urus", "bina")]
    ['memegang', 'mengelola', 'menyiapkan', 'merawat', 'mengurus', 'membina']
    """
    prefix, goes = _NASALS.get(root[0], ("me", False))
    return prefix + root[goes:]


def spoken_forms(root: str) -> Iterator[str]:
    """The forms that a root takes in quoted speech: bare, with the nasal alone, with -in for -kan and -i.

    >>> list(spoken_forms("tangani"))
    ['tangani', 'nangani', 'tanganin', 'nanganin']
    """
    for form in (root, *(root[: -len(end)] + "in" for end in ("kan", "i") if root.endswith(end))):
        yield form
        nasal = active_form(form)
        if nasal != f"me{form}":
            yield nasal.removeprefix("me")


def passive_form(root: str) -> str:
    return f"di{root}"


def _owned(nouns: Iterable[str]) -> list[str]:
    """Nouns with and without -nya on their first word: "tanggung jawabnya" on the last one as well."""
    found = []
    for phrase in nouns:
        for noun in expand(phrase):
            first, _, rest = noun.partition(" ")
            found += [noun, f"{noun}nya", f"{first}nya {rest}".strip()]
    return found


class DutyWords:
    """The tables of `cues/responsibilities.toml`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def listed(key: str) -> tuple[str, ...]:
            return vocabulary.cue("responsibilities", key)

        def cue(key: str) -> frozenset[str]:
            return vocabulary.cue_set("responsibilities", key)

        def table(*phrases: Iterable[str]) -> PhraseTable:
            return PhraseTable({"cue": [p for several in phrases for p in several]})

        roots, organised = listed("work_roots"), listed("organise_roots")
        self.handles = table(
            listed("handles"),
            listed("organises"),
            [active_form(r) for r in (*roots, *organised)],
            [form for r in (*roots, *organised) for form in spoken_forms(r)],
        )
        self.handled = table(
            listed("handled"),
            [passive_form(r) for r in (*roots, *organised)],
            [f"di{form}" for r in roots for form in spoken_forms(r) if form.endswith("in")],
            _owned(listed("portions")),
        )
        self.products = table(_owned(listed("products")))
        transfers = listed("transfer_roots")
        self.transfers = table(
            transfers,  # "kami serahkan ke"
            [
                form + owned
                for r in transfers
                for form in (active_form(r), passive_form(r))
                for owned in ("", "nya")
            ],
            listed("transfers"),
        )
        working = [active_form(r) for r in (*roots, *organised)]
        adverbs = [f" {adverb}" for one in listed("that_adverbs") for adverb in expand(one)]
        self.holders = table(
            _owned(listed("holders")),
            [
                f"{that}{adverb} {verb}"
                for that in cue("that")
                for adverb in ("", *adverbs)
                for verb in working
            ],
        )
        self.tasks = cue("tasks")
        self.hands = cue("hands")
        self.reports = cue("reports")
        self.counts = cue("counts")
        self.every = table(listed("every_pillar"))
        self.this_pillar = table(listed("this_pillar"))
        self.leads = cue("leads")
        self.same_as_before = table(listed("same_as_before"))
        self.namely = table(listed("namely"))
        self.goods = cue("goods")
        self.besides = cue("besides")
        self.receives = cue("receives")
        self.now = cue("now")
        self.each = cue("each")
        self.limits = cue("limits")
        self.places_back = table(listed("places_back"))
        self.references = table(listed("references"))
        self.own = table(listed("own_references"))
        self.speakers = cue("speakers")
        self.plurals = cue("plurals")
        self.topics = table(listed("topics"))
        self.purposes = cue("purposes")
        self.former = cue("former")
        self.stays = cue("stays")
        self.no_title = cue("no_title")
        self.not_verbs = cue("not_verbs")
        self.unfinished = cue("unfinished")
        self.shares = cue("shares")
        self.together = cue("together")
        self.helpers = cue("helpers")
        self.places = cue("places")
        self.copulas = cue("holder_copulas")
        self.appeals = cue("appeals")
        self.negations = cue("negations")
        self.partners = cue("partners")
        self.conjunctions = cue("conjunctions")
        self.clause_breaks = cue("clause_breaks")
        self.comma_breaks = cue("comma_breaks")
        self.channels = cue("channels")
        self.idle = cue("idle_verbs")
        self.bridges = cue("bridges")
        self.absent = cue("absent")
        self.asking = cue("asking")
        self.closers = cue("closers")
        self.staff = cue("staff")
        self.sources = cue("sources")
        self.by = cue("by")
        self.sites = cue("sites")
        self.joins = cue("joins")
        self.that = cue("that")
        self.topic_openers = cue("topic_openers")
        self.in_charge = cue("in_charge")
        self.of_pillar = cue("of_pillar")
        self.agent_words = cue("agent_words") | self.staff
        heads = (h.split()[0] for p in vocabulary.cue("people", "heads_office") for h in expand(p))
        self.office_heads = frozenset(heads) - cue("staff")

    def is_idle(self, word: str) -> bool:
        """Whether a verb tells no work: "mengatakan", "menghadiri"."""
        return word in self.idle or word in self.appeals

    def tells_nothing(self, word: str) -> bool:
        """Whether an agency before a word does no more than be there, or speak."""
        return word in self.idle or word in self.absent
