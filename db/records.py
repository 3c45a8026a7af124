"""The shapes that every floor shares. Standard library only; nothing here reads, writes or guesses.

Claims are named in the singular here and carry the plural as their table
(`Responsibility` -> `responsibilities`). Codes are Kemendagri codes with dots
(`33.03`, `33.03.02`). Where a text leaves open which of several areas it means,
names and codes are joined with `|` in the same order, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Literal

#: Waktu Indonesia Barat, the zone of Jawa Tengah and of every outlet that names none.
WIB = timezone(timedelta(hours=7), "WIB")

#: Where a page, a listing entry or a request ended. Each is counted under exactly one.
Reason = Literal[
    "stored",  # read and new
    "changed",  # read, known, and its text differs: the older one became a version
    "taken-down",  # removed on request, and not kept again
    "unchanged",  # read again, nothing new in it
    "seen",  # known already and not fetched again
    "off-topic",  # an article that names nothing of any watched programme
    "out-of-range",  # published outside --since/--until
    "not-article",  # a gallery, a video, a listing behind an article's URL
    "no-title",
    "no-body",
    "no-date",
    "too-short",
    "premium",  # behind a paywall: only its teaser was served
    "robots",  # robots.txt forbids it
    "blocked",  # 403 or 429, or not asked because the host refuses us
    "not-found",  # 404 or 410
    "http-error",  # any other status
    "over-plan",  # not asked: its address or its outlet had been asked as often as one run may
    "network-error",  # timeout, reset, DNS, TLS
    "too-large",
    "over-budget",  # reading it took more time, memory or depth than a page may
    "unstorable",  # the database does not take it
    "error",  # a defect of ours; the log has the traceback
]

#: What answered for a field of an article. "generic": for its text, the generic reader, as no layout fitted.
Source = Literal["json-ld", "meta", "selector", "wp-json", "feed", "url", "generic", "trafilatura", "none"]

AreaKind = Literal["kabupaten", "kota"]
PillarId = str  # a key of the programme's vocabulary: "rppa", "sport-center", ...
AgencyTypeId = str  # a key of extract/knowledge/agencies.toml; "|" joins alternatives
Origin = Literal["rule", "human"]  # who makes a claim: a rule of the extractor, or a correction
EventKind = Literal["launch", "decree", "progress-report", "target"]


# --- areas and terms -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Regency:
    """A kabupaten or kota. Coordinates are degrees (WGS 84) of a point inside it, two decimals."""

    code: str
    name: str  # "Kabupaten Purbalingga"
    kind: AreaKind
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kecamatan:
    """A district. Coordinates as in `Regency`."""

    code: str
    name: str
    regency: str  # the regency's code
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A desa or kelurahan."""

    code: str
    name: str
    kecamatan: str  # the kecamatan's code
    kind: Literal["desa", "kelurahan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar:
    id: PillarId
    name: str  # Indonesian
    name_en: str
    description: str
    programme: str
    spellings: tuple[str, ...] = ()  # what else it is called, for the search


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyType:
    id: AgencyTypeId
    name: str
    name_en: str
    spellings: tuple[str, ...] = ()  # short names and what else shows the type, for the search


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something that articles count; `unit` is Indonesian ("kecamatan", "rupiah")."""

    id: str
    name: str
    name_en: str
    unit: str
    kind: str = (
        ""  # as in `knowledge/measures.toml`; "all" counts every area there is, whose number is lasting
    )


# --- pages and articles ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcPointer:
    """Where a response lies in the archive."""

    file: str  # name relative to the archive's folder
    offset: int  # bytes, of the record's gzip member
    digest: str  # "sha1:BASE32" of the payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched page with its following pages, decoded, not yet read."""

    url: str
    outlet: str
    fetched_at: datetime  # with zone
    html: str = field(repr=False)  # nor the parts: a log line that names a page must not carry it
    status: int = 200
    warc: WarcPointer | None = None
    parts: tuple[Page, ...] = field(default=(), repr=False)  # pages 2..n of the same article, in order
    #: Told by discovery: "published_at", "title"; by the first page: "pages", how many there are.
    hints: Mapping[str, str] = field(default_factory=dict, repr=False)
    missing: int = 0  # further pages that did not come


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page that was read as an article. `text` has paragraphs separated by one blank line."""

    id: str
    url: str  # canonical
    outlet: str
    title: str
    text: str = field(repr=False)
    published_at: datetime | None  # with zone
    modified_at: datetime | None = None
    authors: tuple[str, ...] = ()
    editor: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    dateline: str = ""  # the place that opens the text, as printed ("PURBALINGGA"); stays in the text too
    origin: str = ""  # "Artikel ini telah tayang di ...": the outlet that printed it first
    pages: int = 1
    missing_pages: int = 0  # further pages that did not come: the text lacks what stands there
    answered: Mapping[str, Source] = field(default_factory=dict)  # field name -> what answered
    fetched_at: datetime | None = None
    warc: WarcPointer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a page is no article."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingProblem:
    """A page that could not be read; it is passed over until the page, the reader or the budget changes."""

    url: str
    outlet: str
    reason: Reason
    detail: str
    digest: str  # of the page's text
    reader_version: str
    budget: float  # seconds that it had; 0: no bound
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionProblem:
    """An article that failed to be extracted, or of which not everything could be stored.

    It is passed over until its text, the extractor or the budget changes.
    """

    article: str
    programme: str
    reason: Reason
    detail: str
    extractor_version: str
    budget: float  # seconds that it had; 0: no bound
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request and how it ended."""

    url: str
    outlet: str
    crawl: str  # CrawlReport.id
    at: datetime
    status: int | None  # None: no answer came
    bytes: int = 0  # of the body as it came over the wire
    seconds: float = 0.0
    reason: str = ""  # kind of request: "robots", "feed", "sitemap", "listing", "search", "article", "part"
    error: str = ""
    sent: bool = True  # false: answered by a replay, or kept back because robots.txt forbids it
    delay: float = 0.0  # seconds that the crawler kept between two requests to the host at that time
    outcome: Reason | Literal[""] = ""  # of an article's request: where its address ended
    published_on: str = ""  # the article's day in WIB, as far as its page told
    etag: str = ""  # as the server gave them, to ask next time whether anything changed
    last_modified: str = ""
    warc: WarcPointer | None = None  # where the answer, or the earlier one that it equals, was archived


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered the last time that its answer was archived."""

    at: datetime
    etag: str
    last_modified: str
    warc: WarcPointer


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """One outlet in one run: what became of everything that it offered."""

    id: str  # run id + "/" + outlet
    run: str
    outlet: str
    started_at: datetime
    finished_at: datetime | None
    finish_reason: str = ""  # Scrapy's: "finished", "shutdown", ... or "blocked"
    counts: Mapping[str, int] = field(default_factory=dict)  # Reason -> number of article URLs
    requests: int = 0
    bytes: int = 0
    problems: tuple[str, ...] = ()  # one line each, in words an operator can act on
    #: How its pages were read: "read" (pages), "filled/FIELD", "body/SOURCE" and "from/FIELD/SOURCE" (shares
    #: of them), "agreement/SOURCE" (of the body with what another source finds, 0 to 1), "offered" (article
    #: addresses).
    measures: Mapping[str, float] = field(default_factory=dict)
    since: date | None = None  # the days that it asked for; None: of a release that did not note them
    until: date | None = (
        None  # the last of them that it could see: of a replay, the newest that the files hold
    )
    replayed: bool = False  # answered from WARC files
    hidden: str = ""  # what could have hidden articles of these days, in a few words


#: How an outlet's articles of a day came to be looked for: by a crawl, or in files that were given.
Watch = Literal["crawl", "replay", "backfill"]

#: How a step of a run ended; "" while it runs, or where it was killed.
StepOutcome = Literal[
    "",
    "done",
    "needs-a-person",  # all was done, and something is to be looked at
    "refused",  # a bound was breached: the former publication was kept
    "failed",  # it could not be done: an input, a disk, a permission
    "locked",  # another run was at it
    "interrupted",
    "defect",  # an error of ours; the log has the traceback
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a run ("crawl", "publish", "backup" ...) and how it ended."""

    run: str  # id of the call of `pantau`
    name: str
    started_at: datetime
    finished_at: datetime | None = None
    exit_code: int | None = None
    outcome: StepOutcome = ""
    detail: str = ""  # one line, where it did not do all that it should
    counts: Mapping[str, int] = field(default_factory=dict)  # what it dealt with: "articles", "sent" ...


# --- claims ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that bear a claim. Offsets count Unicode code points of the article's text or title."""

    start: int
    end: int  # exclusive
    quote: str  # == text[start:end]
    sentence: str  # the whole sentence around it
    rule: str  # what found it, "places.list", "relations.handles" ...
    field: Literal["text", "title"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every kind of claim has. The first evidence is the strongest."""

    evidence: tuple[Evidence, ...]
    confidence: float = 1.0  # 0..1, how likely it is right
    origin: Origin = "rule"
    reason: str = ""  # why a human added, changed or confirmed it


#: What a regency is to an article: what is said of the programme is said of it, it is only where something
#: happens, or neither (a comparison, a border).
RegencyRole = Literal["subject", "place", "other"]


#: How far a pillar has come in a regency: something is there, or only planned, missing, hoped for.
PillarStateName = Literal["reported", "not-yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRegency(Claim):
    name: str
    code: str
    role: RegencyRole = "other"  # what it is to the article; no part of the claim that the article names it


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotKecamatan(Claim):
    kecamatan: str
    regency: str  # full name
    code: str


#: What a text says of a kecamatan that it does not call a pilot.
OtherStatus = Literal["planned", "negated", "mentioned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherKecamatan(Claim):
    kecamatan: str
    regency: str
    code: str
    status: OtherStatus = "mentioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePillar(Claim):
    pillar: PillarId


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Claim):
    name: str  # fullest form in the text
    type: AgencyTypeId
    region: str  # "Jawa Tengah", a regency's full name, "Indonesia", another province


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Claim):
    agency: AgencyTypeId
    region: str
    pillar: PillarId
    agency_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Claim):
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Claim):
    measure: str
    region: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    event: EventKind
    date: str  # "YYYY-MM-DD", "YYYY-MM" or "YYYY"; "|" joins a misprint's alternatives
    region: str = ""  # full name, "Jawa Tengah", or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility(Claim):
    pillar: PillarId
    village: str | None
    kecamatan: str | None
    regency: str
    code: str = ""  # of the finest area known


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Claim):
    """A training that was held for a pillar; what a text leaves open is ""."""

    pillar: PillarId
    topic: str  # in the text's own words, in lower case: "paralegal"
    agency: AgencyTypeId  # who held it
    region: str
    date: str  # as of an event


#: What private words are: "unlisted" names a person who is no public one, and is not hidden in sentences.
PrivateKind = Literal["name", "address", "school", "unlisted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateWords:
    """Words of an article that readers must not see, wherever in it they stand, and what they see instead."""

    kind: PrivateKind
    printed: str  # as the article has them
    shown: str  # "[nama disamarkan]"


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarState(Claim):
    """How far a pillar has come in a regency, as an article tells it."""

    regency: str  # full name
    code: str
    pillar: str
    state: PillarStateName


#: What stands as the rule in the evidence of what no rule says.
LEFT_OUT = "likely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """What no rule says and is likely all the same: for people to decide on, and no claim."""

    kind: str  # the field of `Facts` that it would stand in
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that one article claims about one programme."""

    article: str  # Article.id
    programme: str
    extractor_version: str
    relevant: bool
    origin: Origin = "rule"  # who says whether it is relevant
    reason: str = ""
    regencies: tuple[ArticleRegency, ...] = ()
    pilot_kecamatan: tuple[PilotKecamatan, ...] = ()
    other_kecamatan: tuple[OtherKecamatan, ...] = ()
    pillars: tuple[ArticlePillar, ...] = ()
    agencies: tuple[Agency, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    people: tuple[Person, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()
    facilities: tuple[Facility, ...] = ()
    trainings: tuple[Training, ...] = ()
    pillar_states: tuple[PillarState, ...] = ()
    likely: tuple[Likely, ...] = ()  # the likeliest first; in no list of claims
    private: tuple[PrivateWords, ...] = ()  # what nothing public shows of the article
