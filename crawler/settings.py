"""Scrapy's settings. Manners first, then wiring; each changed value says its default and why.

An operator sets PANTAU_CONTACT in the environment: an address (mail or web) at which an outlet's
webmaster reaches who runs this crawler.
"""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

BOT_NAME = "pantau"  # default "scrapybot"; the name in log lines, never sent
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# --- who we are ------------------------------------------------------------------------------------

try:
    _VERSION = version("pantau-berdaya")
except PackageNotFoundError:  # run from a checkout that is not installed
    _VERSION = "0"

HOMEPAGE = "https://github.com/pantau-berdaya/pantau-berdaya"


def build_user_agent(contact: str) -> str:
    """Name and contact, and nothing else: no browser's name, which would be a lie, no library's.

    Raises ValueError for a contact that some front ends take for an unwanted program's name and answer with
    403 (Tribun's does so for the three letters b-o-t and for names of libraries).
    """
    agent = f"PantauBerdaya/{_VERSION} (+{contact.strip() or HOMEPAGE})"
    for word in ("bot", "scrapy", "python", "curl", "wget"):
        if word in agent.lower():
            raise ValueError(
                f"PANTAU_CONTACT={contact!r} holds {word!r}, for which outlets refuse a crawler; "
                "name another address"
            )
    if not agent.isascii() or not agent.isprintable():
        raise ValueError(f"PANTAU_CONTACT={contact!r} must be printable ASCII")
    return agent


PANTAU_CONTACT = os.environ.get("PANTAU_CONTACT", "")
USER_AGENT = build_user_agent(PANTAU_CONTACT)  # default "Scrapy/VERSION (+https://scrapy.org)"
ROBOTSTXT_USER_AGENT = "PantauBerdaya"  # default: the whole User-Agent; robots.txt names programs

# --- manners ---------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True  # default False
ROBOTSTXT_PARSER = "crawler.manners.robot_rules.RobotRules"  # default: without rates and decimal commas
CONCURRENT_REQUESTS = 4  # default 16; an outlet has one to three hosts, and what waits only holds memory
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; a regional outlet has one small server
DOWNLOAD_DELAY = 1.0  # default 0; seconds between two requests to a host, at least
AUTOTHROTTLE_ENABLED = True  # default False; slower where the host is slower
AUTOTHROTTLE_START_DELAY = 2.0  # default 5; a host that answers fast soon gets DOWNLOAD_DELAY
AUTOTHROTTLE_MAX_DELAY = 60.0  # the default
COOKIES_ENABLED = False  # default True; no article needs one, and some traps are made of them
REFERRER_POLICY = (
    "no-referrer"  # default "strict-origin..."; which listing led to a page is nobody's business
)
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",  # default "en"; the articles are Indonesian
    # Default gzip, deflate, br, zstd: what is archived should open with any tool in ten years.
    "Accept-Encoding": "gzip, deflate",
}

#: Of our own making, for crawler/manners/hosts.py:
PANTAU_REFUSALS = 3  # 403 or 429 in a row, then the host is left alone for this run
PANTAU_RETRY_AFTER_DEFAULT = 30.0  # seconds, after a 429 that names no time
PANTAU_RETRY_AFTER_MAX = 600.0  # seconds; a host that asks for more is left alone for this run
PANTAU_CRAWL_DELAY_MAX = 120.0  # seconds; as above: an outlet would take days

# --- bounds: a cron job must end -------------------------------------------------------------------

DOWNLOAD_TIMEOUT = 60  # default 180; seconds for a whole response
DNS_TIMEOUT = 20  # default 60
DOWNLOAD_MAXSIZE = 10_000_000  # default 1 GiB; bytes, packed or unpacked. An article page has 0.2 MB
DOWNLOAD_WARNSIZE = 5_000_000  # default 32 MiB
RETRY_TIMES = 2  # the default
REDIRECT_MAX_TIMES = 5  # default 20; http -> https -> www -> slash -> page is four
METAREFRESH_ENABLED = False  # default True; news pages refresh themselves to the home page
# Of our own making, for crawler/manners/brake.py, whatever makes a crawl ask on. Conditional, whole and two
# further tries are four.
PANTAU_ASKS_PER_ADDRESS = 5
PANTAU_ASKS_PER_DAY = 2000  # an outlet, for each day that is asked for; the busiest print 500 articles a day
CLOSESPIDER_TIMEOUT = 4 * 3600  # default none; seconds for one outlet
MEMUSAGE_LIMIT_MB = 1500  # default none
URLLENGTH_LIMIT = 2083  # the default
# Default False. Facts that are to be cited must not come from whoever sits on the line.
DOWNLOAD_VERIFY_CERTIFICATES = True

# --- doors that stay shut --------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False  # default True; nobody should run code in a cron job
REMOTE_CONTROL_ENABLED = False  # default True; the same by HTTP
DOWNLOAD_HANDLERS = {
    "http": "crawler.manners.hosts.PoliteHandler",
    "https": "crawler.manners.hosts.PoliteHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),  # default: a handler each; a redirect leads nowhere else
}

# --- wiring ----------------------------------------------------------------------------------------
# The names of modules of `pipelines` are strings that Scrapy resolves when a crawl starts: its wiring,
# not an import, so the floors' order (docs/architecture.md) holds.

PANTAU_DB = os.environ.get("PANTAU_DB", "data/pantau.db")
PANTAU_ARCHIVE = os.environ.get("PANTAU_ARCHIVE", "data/warc")
PANTAU_OUTLETS = [p for p in os.environ.get("PANTAU_OUTLETS", "").split(os.pathsep) if p]
PANTAU_REPLAY: list[str] = []  # WARC files that answer in the place of the network
PANTAU_QUERIES = ["kecamatan berdaya"]  # asked of searches and tags
# A word that no text holds: a search that finds articles for it lists what was not asked for. "": not asked.
PANTAU_NONSENSE = "qzvxkwj pfxqzt"
PANTAU_SAMPLED = 5  # pages of a crawl whose body is also found in other ways, to compare
PANTAU_UNDATED_MAX = 500  # addresses of a sitemap that tells no dates; more of them are the whole past
PANTAU_DAYS_BACK = 2  # without --since: from the day before yesterday
PANTAU_REVISIT_DAYS = 7  # an article is visited once more within so many days of its publication
PANTAU_REVISIT_HOURS = 20.0  # ... and not sooner after the first visit: the next daily run
PANTAU_MIN_CHARACTERS = 150  # a shorter text is a stub, a caption or a teaser
# Seconds of processor time that reading a page may take; 0 is no bound.
PANTAU_BUDGET_SECONDS = float(os.environ.get("PANTAU_BUDGET_SECONDS", "10"))
PANTAU_TOPIC = "pipelines.crawl.scope.build_topic"  # () -> (text -> is it worth keeping?)

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # replaced by the next
    "crawler.manners.addresses.StayOnSite": 50,
    "crawler.manners.addresses.RefusePrivate": 60,  # before robots.txt is asked for
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # the next says why
    "crawler.manners.robots.Robots": 100,
    "pipelines.crawl.health.FetchLedger": 870,  # sees every answer and failure of the network
    "crawler.archive.keep.AskIfChanged": 860,  # behind the ledger, which notes that it was a 304
    "crawler.archive.keep.KeepResponse": 880,  # before decompression (590) and redirects (600)
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # replaced by the next
    "crawler.manners.addresses.Redirect": 600,
    "crawler.manners.brake.Brake": 890,
}
ITEM_PIPELINES = {
    "pipelines.crawl.items.ReadArticle": 100,
    "pipelines.crawl.items.CheckArticle": 200,
    "pipelines.crawl.items.StoreArticle": 300,
}
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,  # replaced by the next
    "crawler.manners.hosts.PoliteThrottle": 10,
    "pipelines.crawl.seen.SkipSeen": 400,
    "pipelines.crawl.health.CrawlHealth": 500,
}

# Items are read and stored one at a time anyway; more of them in flight only hold memory.
CONCURRENT_ITEMS = 10  # default 100
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"  # the default
LOG_LEVEL = "INFO"  # default DEBUG, of `scrapy crawl`; the pantau command has its own
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # default WARNING; a page off the topic is no event
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # default ERROR; counted, and told in the crawl's report
STATS_DUMP = False  # default True; the crawl's report says what an operator needs
