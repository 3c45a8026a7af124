-- What readers look at. Each view names its rows in its first comment; db/site/metadata.yml describes
-- every column. A published file keeps the larger ones as tables of the same names: see db/public/summaries.py.
-- A story that was not assigned (NULL) is the article itself. Only articles that report on the
-- programme count ("relevant"). Codes joined with "|" are in no view by area: they are not known well enough.

CREATE VIEW relevant_articles AS
-- an article that reports on a programme
SELECT e.programme, a.id AS article, a.title, a.outlet, o.name AS outlet_name, a.url,
       a.published_at, a.published_on, coalesce(a.story, a.id) AS story, e.extractor_version
FROM extractions AS e
JOIN articles AS a ON a.id = e.article
JOIN outlets AS o ON o.slug = a.outlet
WHERE e.relevant = 1;

CREATE VIEW regency_articles AS
-- an article on the programme that names a regency for certain; "about" where it says something of it
WITH told AS (
    SELECT article, programme, regency_code, role = 'subject' AS about FROM article_regencies
    UNION ALL SELECT article, programme, regency_code, 1 FROM pilot_kecamatan
    UNION ALL
    SELECT article, programme, regency_code, status IN ('planned', 'negated') FROM other_kecamatan
    UNION ALL SELECT article, programme, regency_code, 1 FROM facilities
    UNION ALL SELECT article, programme, regency_code, 1 FROM responsibilities
    UNION ALL SELECT article, programme, regency_code, 1 FROM quantities
    UNION ALL SELECT article, programme, regency_code, 1 FROM trainings
    UNION ALL SELECT article, programme, regency_code, 1 FROM pillar_states
),
places AS (
    SELECT article, programme, regency_code, max(about) AS about
    FROM told WHERE regency_code IS NOT NULL
    GROUP BY article, programme, regency_code
)
SELECT p.regency_code, p.about, a.published_on, a.title, a.outlet_name, a.url, a.article, a.story, a.outlet,
       a.programme, count(*) OVER (PARTITION BY a.article, a.programme) AS regencies_named
FROM places AS p
JOIN relevant_articles AS a ON a.article = p.article AND a.programme = p.programme
ORDER BY p.regency_code, a.published_on DESC, a.article;

CREATE VIEW stories AS
-- a story: near-identical texts, a press release that nine outlets print, count once
WITH printed AS (
    SELECT *, row_number() OVER (PARTITION BY story, programme ORDER BY published_on, article) AS place
    FROM relevant_articles
)
SELECT min(published_on) AS first_reported, max(published_on) AS last_reported,
       max(CASE WHEN place = 1 THEN title END) AS title,
       max(CASE WHEN place = 1 THEN outlet_name END) AS outlet_name,
       count(*) AS articles, count(DISTINCT outlet) AS outlets,
       max(CASE WHEN place = 1 THEN article END) AS article, story, programme
FROM printed
GROUP BY story, programme
ORDER BY first_reported DESC, story, programme;

CREATE VIEW story_weeks AS
-- stories of one week, from Monday: all, or those on a pillar, of an outlet, on a regency
WITH printed AS (
    SELECT *, date(published_on, 'weekday 0', '-6 days') AS week
    FROM relevant_articles WHERE published_on IS NOT NULL
)
SELECT week, 'all' AS grouping, '' AS key, count(DISTINCT story) AS stories, count(DISTINCT article) AS articles,
       programme
FROM printed GROUP BY week, programme
UNION ALL
SELECT week, 'outlet', outlet, count(DISTINCT story), count(DISTINCT article), programme
FROM printed GROUP BY week, outlet, programme
UNION ALL
SELECT a.week, 'pillar', p.pillar, count(DISTINCT a.story), count(DISTINCT a.article), a.programme
FROM printed AS a
JOIN article_pillars AS p ON p.article = a.article AND p.programme = a.programme
GROUP BY a.week, p.pillar, a.programme
UNION ALL
SELECT date(published_on, 'weekday 0', '-6 days') AS week, 'regency', regency_code, count(DISTINCT story),
       count(DISTINCT article), programme
FROM regency_articles WHERE published_on IS NOT NULL AND about
GROUP BY week, regency_code, programme
ORDER BY 1, 2, 3, 6;

CREATE VIEW regency_people AS
-- a person in reports on a regency: on that regency alone, or with an office that bears its name
SELECT r.regency_code, p.name, p.role, count(DISTINCT r.article) AS articles,
       count(DISTINCT r.story) AS stories, max(r.published_on) AS last_reported,
       min(p.sentence) AS sentence, min(r.article) AS article, r.programme
FROM people AS p
JOIN regency_articles AS r ON r.article = p.article AND r.programme = p.programme
JOIN regencies AS g ON g.code = r.regency_code
WHERE r.regencies_named = 1
   OR instr(p.role, substr(g.name, instr(g.name, ' ') + 1)) > 0
GROUP BY r.regency_code, p.name, p.role, r.programme
ORDER BY r.regency_code, stories DESC, last_reported DESC, p.name, p.role;

CREATE VIEW dated_events AS
-- an event with its date, as articles give it
SELECT e.date, e.event, e.region, e.regency_code, count(DISTINCT a.article) AS articles,
       count(DISTINCT a.story) AS stories, min(a.published_on) AS first_reported,
       max(a.published_on) AS last_reported, min(e.sentence) AS sentence,
       min(a.article) AS article, e.programme
FROM events AS e
JOIN relevant_articles AS a ON a.article = e.article AND a.programme = e.programme
GROUP BY e.date, e.event, e.region, e.programme
ORDER BY e.date DESC, e.event, e.region, e.programme;

CREATE VIEW pilots AS
-- a kecamatan that was reported as a pilot; it was first reported where an article's earlier text said so, too
WITH earlier AS (
    SELECT p.code, p.programme, min(p.published_on) AS published_on
    FROM earlier_pilots AS p
    JOIN extractions AS e ON e.article = p.article AND e.programme = p.programme AND e.relevant = 1
    GROUP BY p.code, p.programme
),
reports AS (
    SELECT p.kecamatan_code, p.programme, p.sentence, p.confidence, p.id AS claim, a.article, a.story,
           a.outlet, a.outlet_name, a.url, a.published_on,
           row_number() OVER (
               PARTITION BY p.kecamatan_code, p.programme
               ORDER BY p.confidence DESC, a.published_on DESC, a.article
           ) AS place
    FROM pilot_kecamatan AS p
    JOIN relevant_articles AS a ON a.article = p.article AND a.programme = p.programme
    WHERE p.kecamatan_code IS NOT NULL
)
SELECT k.code, k.name AS kecamatan, g.name AS regency,
       count(DISTINCT r.article) AS articles,
       count(DISTINCT r.story) AS stories,
       count(DISTINCT r.outlet) AS outlets,
       coalesce(min(min(r.published_on), b.published_on), min(r.published_on), b.published_on)
           AS first_reported,
       max(r.published_on) AS last_reported,
       max(CASE WHEN r.place = 1 THEN r.sentence END) AS sentence,
       max(CASE WHEN r.place = 1 THEN r.outlet_name END) AS outlet_name,
       max(CASE WHEN r.place = 1 THEN r.published_on END) AS published_on,
       max(CASE WHEN r.place = 1 THEN r.url END) AS url,
       (SELECT count(DISTINCT n.article)
        FROM other_kecamatan AS n
        JOIN relevant_articles AS a ON a.article = n.article AND a.programme = n.programme
        WHERE n.kecamatan_code = k.code AND n.programme = r.programme AND n.status = 'negated') AS denied_by,
       max(r.confidence) AS confidence, k.latitude, k.longitude, g.code AS regency_code,
       max(CASE WHEN r.place = 1 THEN r.article END) AS article,
       max(CASE WHEN r.place = 1 THEN r.claim END) AS claim, r.programme
FROM reports AS r
JOIN kecamatan AS k ON k.code = r.kecamatan_code
JOIN regencies AS g ON g.code = k.regency_code
LEFT JOIN earlier AS b ON b.code = k.code AND b.programme = r.programme
GROUP BY k.code, r.programme
ORDER BY k.code, r.programme;

CREATE VIEW responsibility_matrix AS
-- a kind of agency that was said to handle a pillar in a region
WITH reports AS (
    SELECT r.agency, r.agency_name, r.pillar, r.region, r.regency_code, r.programme, r.sentence,
           r.id AS claim, a.article, a.story, a.outlet, a.outlet_name, a.url, a.published_on,
           row_number() OVER (
               PARTITION BY r.agency, r.pillar, r.region, r.programme
               ORDER BY r.confidence DESC, a.published_on DESC, a.article, r.id
           ) AS place
    FROM responsibilities AS r
    JOIN relevant_articles AS a ON a.article = r.article AND a.programme = r.programme
)
SELECT coalesce((SELECT group_concat(t.name, ' | ') FROM agency_types AS t
                 WHERE '|' || r.agency || '|' LIKE '%|' || t.id || '|%'), r.agency) AS agency_type_name,
       group_concat(DISTINCT nullif(r.agency_name, '')) AS agency_names,
       max(p.name) AS pillar_name, r.region,
       max(CASE WHEN r.place = 1 THEN r.sentence END) AS sentence,
       max(CASE WHEN r.place = 1 THEN r.outlet_name END) AS outlet_name,
       max(CASE WHEN r.place = 1 THEN r.published_on END) AS published_on,
       max(CASE WHEN r.place = 1 THEN r.url END) AS url,
       count(DISTINCT r.article) AS articles,
       count(DISTINCT r.story) AS stories,
       count(DISTINCT r.outlet) AS outlets,
       min(r.published_on) AS first_reported,
       max(r.published_on) AS last_reported,
       r.agency, r.pillar, r.regency_code,
       max(CASE WHEN r.place = 1 THEN r.article END) AS article,
       max(CASE WHEN r.place = 1 THEN r.claim END) AS claim, r.programme
FROM reports AS r
JOIN pillars AS p ON p.id = r.pillar
GROUP BY r.agency, r.pillar, r.region, r.programme
ORDER BY r.region, r.pillar, r.agency, r.programme;

CREATE VIEW quantity_reports AS
-- a figure as one article printed it
SELECT q.measure, coalesce(m.name, q.measure) AS measure_name, q.region, q.value, m.unit, a.published_on,
       a.outlet_name, q.sentence, a.title, a.url, q.regency_code,
       a.article, a.story, a.outlet, q.id AS claim, q.programme
FROM quantities AS q
JOIN relevant_articles AS a ON a.article = q.article AND a.programme = q.programme
LEFT JOIN measures AS m ON m.id = q.measure;

CREATE VIEW quantity_voices AS
-- a figure as one story gave it: the copies of a press release are one voice
SELECT measure, max(measure_name) AS measure_name, region, value, max(unit) AS unit,
       min(published_on) AS published_on,
       max(CASE WHEN place = 1 THEN outlet_name END) AS outlet_name,
       max(CASE WHEN place = 1 THEN sentence END) AS sentence,
       max(CASE WHEN place = 1 THEN url END) AS url,
       count(DISTINCT article) AS articles, count(DISTINCT outlet) AS outlets,
       max(CASE WHEN place = 1 THEN regency_code END) AS regency_code,
       max(CASE WHEN place = 1 THEN article END) AS article, story,
       max(CASE WHEN place = 1 THEN claim END) AS claim, max(lasting) AS lasting, programme
FROM (
    SELECT q.*, coalesce(m.kind = 'all', 0) AS lasting, row_number() OVER (
        PARTITION BY q.measure, q.region, q.programme, q.story, q.value ORDER BY q.published_on, q.article, q.claim
    ) AS place
    FROM quantity_reports AS q
    LEFT JOIN measures AS m ON m.id = q.measure
)
GROUP BY measure, region, programme, story, value;

CREATE VIEW contested_quantities AS
-- a measure of a region on which stories disagree at one time: within a week, or whenever where it counts all
-- areas there are, whose number does not grow
WITH near AS (
    SELECT *, min(value) OVER around AS least, max(value) OVER around AS most,
           min(story) OVER around AS one, max(story) OVER around AS other
    FROM quantity_voices
    WINDOW around AS (
        PARTITION BY measure, region, programme
        ORDER BY CASE WHEN lasting THEN 0 ELSE julianday(published_on) END
        RANGE BETWEEN 7 PRECEDING AND 7 FOLLOWING
    )
)
SELECT measure, max(measure_name) AS measure_name, region, count(DISTINCT value) AS different_values,
       min(value) AS lowest, max(value) AS highest,
       sum(articles) AS articles, count(DISTINCT story) AS stories,
       count(DISTINCT outlet_name) AS outlets,
       min(published_on) AS first_reported, max(published_on) AS last_reported,
       json_group_array(json_object(
           'value', value, 'date', published_on, 'outlet', outlet_name, 'sentence', sentence, 'url', url
       )) AS "values",
       regency_code, programme
FROM (
    SELECT * FROM near WHERE least < most AND one <> other
    ORDER BY measure, region, published_on, value, claim
)
GROUP BY measure, region, programme
HAVING count(DISTINCT value) > 1
ORDER BY region, measure, programme;

CREATE VIEW quantity_series AS
-- a measure of a region over time: told on more than one day, with different values
SELECT measure, max(measure_name) AS measure_name, region, count(DISTINCT value) AS different_values,
       count(*) AS voices, min(published_on) AS first_reported, max(published_on) AS last_reported,
       json_group_array(json_object(
           'value', value, 'date', published_on, 'outlet', outlet_name, 'articles', articles,
           'sentence', sentence, 'url', url, 'article', article, 'claim', claim
       )) AS "values",
       regency_code, programme
FROM (
    SELECT * FROM quantity_voices WHERE published_on IS NOT NULL AND NOT lasting
    ORDER BY measure, region, published_on, value, claim
)
GROUP BY measure, region, programme
HAVING count(DISTINCT value) > 1 AND count(DISTINCT published_on) > 1
ORDER BY region, measure, programme;

CREATE VIEW outlet_health AS
-- an outlet with its last finished crawl: healthy when that ended without problems and is at most seven days
-- older than the newest finished crawl of all outlets
WITH newest AS (SELECT max(finished_at) AS at FROM crawls),
finished AS (
    SELECT c.*, row_number() OVER (PARTITION BY outlet ORDER BY started_at DESC, id DESC) AS place
    FROM crawls AS c
    WHERE finished_at IS NOT NULL
),
published AS (
    SELECT outlet, count(*) AS articles, max(published_on) AS last_article FROM articles GROUP BY outlet
)
SELECT o.slug AS outlet, o.name, c.finished_at AS last_crawl, c.finish_reason, c.problems,
       CASE
           WHEN c.id IS NULL THEN 'belum pernah dirayapi'
           WHEN c.finish_reason <> 'finished' THEN 'perayapan terakhir terhenti'
           WHEN c.problems <> '[]' THEN 'perayapan terakhir bermasalah'
           WHEN julianday(newest.at) - julianday(c.finished_at) > 7 THEN 'lama tidak dirayapi'
           ELSE 'sehat'
       END AS state,
       (c.id IS NOT NULL AND c.finish_reason = 'finished' AND c.problems = '[]'
        AND julianday(newest.at) - julianday(c.finished_at) <= 7) AS healthy,
       coalesce(p.articles, 0) AS articles, p.last_article,
       substr(newest.at, 1, 10) AS as_of
FROM outlets AS o
CROSS JOIN newest
LEFT JOIN finished AS c ON c.outlet = o.slug AND c.place = 1
LEFT JOIN published AS p ON p.outlet = o.slug
ORDER BY o.slug;

CREATE VIEW coverage_window AS
-- the days that coverage speaks of, in one row: from the first crawl to today, or as far as given archives reach
SELECT coalesce(
           (SELECT min(since) FROM crawls WHERE run = (
               SELECT run FROM crawls WHERE since IS NOT NULL ORDER BY started_at, id LIMIT 1
           )),
           (SELECT min(day) FROM watched_days),
           (SELECT min(published_on) FROM relevant_articles)
       ) AS window_from,
       CASE
           WHEN EXISTS (SELECT 1 FROM crawls WHERE replayed = 0) THEN date('now', '+7 hours')
           ELSE coalesce(
               (SELECT max(day) FROM watched_days),
               (SELECT max(until) FROM crawls),
               (SELECT max(published_on) FROM relevant_articles)
           )
       END AS window_to;

CREATE VIEW outlet_watch AS
-- an outlet in the window: on how many of its days it was watched, and since when it is not read
SELECT o.slug AS outlet, o.name, count(d.day) AS watched_days, coalesce(sum(d.via = 'backfill'), 0) AS days_from_files,
       CAST(julianday(w.window_to) - julianday(w.window_from) AS INTEGER) + 1 AS days,
       -- a day on which it was not read now and then hides little: four of five are enough
       coalesce(count(d.day) >= 0.8 * (julianday(w.window_to) - julianday(w.window_from) + 1), 0) AS watched,
       max(d.day) AS last_watched,
       -- today's crawl may still be to come
       CASE WHEN coalesce(max(d.day) < date(w.window_to, '-1 day'), 1)
            THEN coalesce(date(max(d.day), '+1 day'), w.window_from) END AS unread_since,
       EXISTS (SELECT 1 FROM outlet_regencies AS l WHERE l.outlet = o.slug) AS is_local,
       w.window_from, w.window_to, o.invented
FROM outlets AS o
CROSS JOIN coverage_window AS w
LEFT JOIN watched_days AS d ON d.outlet = o.slug AND d.day BETWEEN w.window_from AND w.window_to
GROUP BY o.slug
ORDER BY o.slug;

CREATE VIEW coverage AS
-- a regency: whether articles of the window are about it or only name it, and what its silence means
WITH programmes AS (
    SELECT programme FROM pillars UNION SELECT programme FROM extractions
),
named AS (
    SELECT r.regency_code, r.programme,
           count(DISTINCT CASE WHEN r.about THEN r.article END) AS articles_about,
           count(DISTINCT CASE WHEN NOT r.about THEN r.article END) AS articles_mentioning,
           count(DISTINCT CASE WHEN r.about THEN r.story END) AS stories,
           count(DISTINCT CASE WHEN r.about THEN r.outlet END) AS outlets,
           max(CASE WHEN r.about THEN r.published_on END) AS last_reported,
           max(CASE WHEN NOT r.about THEN r.published_on END) AS last_mentioned
    FROM regency_articles AS r
    CROSS JOIN coverage_window AS w
    WHERE r.published_on IS NULL OR r.published_on BETWEEN w.window_from AND w.window_to
    GROUP BY r.regency_code, r.programme
),
perhaps AS (
    SELECT m.regency_code, a.programme, count(DISTINCT a.article) AS articles
    FROM ambiguous_areas AS m
    JOIN relevant_articles AS a ON a.article = m.article
    CROSS JOIN coverage_window AS w
    WHERE m.kind = 'article_regencies'
        AND (a.published_on IS NULL OR a.published_on BETWEEN w.window_from AND w.window_to)
        AND EXISTS (SELECT 1 FROM article_regencies AS r WHERE r.id = m.claim AND r.programme = a.programme)
    GROUP BY m.regency_code, a.programme
),
piloted AS (
    SELECT p.regency_code, p.programme, count(DISTINCT p.kecamatan_code) AS kecamatan
    FROM pilot_kecamatan AS p
    JOIN relevant_articles AS a ON a.article = p.article AND a.programme = p.programme
    WHERE p.kecamatan_code IS NOT NULL
    GROUP BY p.regency_code, p.programme
),
counted AS (
    SELECT regency_code, programme, value, published_on,
           row_number() OVER (
               PARTITION BY regency_code, programme ORDER BY published_on DESC, value DESC, claim
           ) AS place
    FROM quantity_reports
    WHERE measure = 'kecamatan_pilot' AND regency_code IS NOT NULL
),
watch AS (
    SELECT g.code AS regency_code, count(h.outlet) AS covering_outlets,
           coalesce(sum(h.watched), 0) AS watched_outlets,
           coalesce(sum(h.watched AND h.is_local), 0) AS watched_local_outlets,
           coalesce(sum(h.unread_since IS NOT NULL), 0) AS unread_outlets,
           min(h.unread_since) AS unread_since
    FROM regencies AS g
    LEFT JOIN outlet_watch AS h
        ON NOT h.is_local
        OR EXISTS (
            SELECT 1 FROM outlet_regencies AS l WHERE l.outlet = h.outlet AND l.regency_code = g.code
        )
    GROUP BY g.code
)
SELECT g.code, g.name AS regency,
       CASE
           WHEN n.articles_about > 0 THEN 'about'
           WHEN n.articles_mentioning > 0 THEN 'mentioned'
           WHEN m.articles > 0 THEN 'perhaps'
           WHEN h.watched_outlets > 0 THEN 'silent'
           ELSE 'blind'
       END AS state,
       w.window_from, w.window_to, h.watched_outlets,
       coalesce(n.articles_about, 0) AS articles_about,
       coalesce(n.articles_mentioning, 0) AS articles_mentioning,
       coalesce(m.articles, 0) AS articles_perhaps,
       coalesce(n.stories, 0) AS stories, coalesce(n.outlets, 0) AS outlets,
       n.last_reported, n.last_mentioned,
       coalesce(p.kecamatan, 0) AS pilots_named,
       c.value AS pilots_counted, c.published_on AS pilots_counted_on,
       h.covering_outlets, h.watched_local_outlets, h.unread_outlets, h.unread_since,
       g.latitude, g.longitude, t.programme
FROM regencies AS g
CROSS JOIN programmes AS t
CROSS JOIN coverage_window AS w
JOIN watch AS h ON h.regency_code = g.code
LEFT JOIN named AS n ON n.regency_code = g.code AND n.programme = t.programme
LEFT JOIN perhaps AS m ON m.regency_code = g.code AND m.programme = t.programme
LEFT JOIN piloted AS p ON p.regency_code = g.code AND p.programme = t.programme
LEFT JOIN counted AS c ON c.regency_code = g.code AND c.programme = t.programme AND c.place = 1
ORDER BY g.code, t.programme;

CREATE VIEW pillar_coverage AS
-- a pillar in a regency, in the window: reported, not yet, named in articles about the regency, silent or blind
WITH said AS (
    SELECT regency_code, pillar, programme, article, sentence, id AS claim,
           state = 'reported' AS done, 0 AS denied, confidence
    FROM pillar_states
    UNION ALL
    -- what stands, is counted, is taught or has somebody in charge is reported, also where a person added it
    SELECT regency_code, pillar, programme, article, sentence, id, 1, 0, confidence FROM facilities
    UNION ALL
    SELECT regency_code, pillar, programme, article, sentence, id, 1, 0, confidence FROM responsibilities
    UNION ALL
    SELECT regency_code, pillar, programme, article, sentence, id, 1, 0, confidence FROM trainings
    UNION ALL
    -- measures of a pillar begin with its key: rppa_units; a count of none denies what was reported before
    SELECT q.regency_code, p.id, q.programme, q.article, q.sentence, q.id, q.value > 0, q.value = 0, q.confidence
    FROM quantities AS q
    JOIN pillars AS p ON p.programme = q.programme AND replace(q.measure, '_', '-') LIKE p.id || '-%'
),
dated AS (
    SELECT s.*, a.story, a.published_on
    FROM said AS s
    JOIN relevant_articles AS a ON a.article = s.article AND a.programme = s.programme
    CROSS JOIN coverage_window AS w
    WHERE s.regency_code IS NOT NULL
        AND (a.published_on IS NULL OR a.published_on BETWEEN w.window_from AND w.window_to)
),
summed AS (
    SELECT regency_code, pillar, programme,
           max(CASE WHEN done THEN coalesce(published_on, '') END) AS reported_on,
           max(CASE WHEN NOT done THEN coalesce(published_on, '') END) AS not_yet_on,
           max(CASE WHEN denied THEN coalesce(published_on, '') END) AS denied_on
    FROM dated
    GROUP BY regency_code, pillar, programme
),
decided AS (
    SELECT *, reported_on IS NOT NULL AND coalesce(denied_on <= reported_on, 1) AS done FROM summed
),
best AS (
    SELECT d.regency_code, d.pillar, d.programme, s.done, s.reported_on, s.not_yet_on, s.denied_on,
           d.article, d.story, d.published_on, d.sentence, d.claim,
           row_number() OVER (
               PARTITION BY d.regency_code, d.pillar, d.programme
               ORDER BY s.denied_on > s.reported_on AND NOT d.denied, d.confidence DESC, d.published_on DESC,
                        d.article, d.claim
           ) AS place
    FROM dated AS d
    JOIN decided AS s
        ON s.regency_code = d.regency_code AND s.pillar = d.pillar AND s.programme = d.programme
            AND s.done = d.done
),
shown AS (
    SELECT regency_code, pillar, programme, max(done) AS done, count(DISTINCT article) AS articles,
           count(DISTINCT story) AS stories, max(published_on) AS last_reported,
           max(CASE WHEN place = 1 THEN sentence END) AS sentence,
           max(CASE WHEN place = 1 THEN article END) AS article,
           max(CASE WHEN place = 1 THEN claim END) AS claim,
           max(reported_on) AS reported_on, max(not_yet_on) AS not_yet_on, max(denied_on) AS denied_on
    FROM best
    GROUP BY regency_code, pillar, programme
),
mentions AS (
    SELECT r.regency_code, p.pillar, p.programme, count(DISTINCT r.article) AS articles,
           count(DISTINCT r.story) AS stories, max(r.published_on) AS last_reported,
           max(r.published_on || ' ' || p.id) AS newest
    FROM regency_articles AS r
    JOIN article_pillars AS p ON p.article = r.article AND p.programme = r.programme
    CROSS JOIN coverage_window AS w
    WHERE r.about AND (r.published_on IS NULL OR r.published_on BETWEEN w.window_from AND w.window_to)
        -- what an article says of the pillar in one regency is no mention of it in another
        AND NOT EXISTS (
            SELECT 1 FROM pillar_states AS o
            WHERE o.article = r.article AND o.programme = r.programme AND o.pillar = p.pillar
                AND o.regency_code IS NOT r.regency_code
        )
    GROUP BY r.regency_code, p.pillar, p.programme
)
SELECT c.code AS regency_code, c.regency, p.id AS pillar, p.name AS pillar_name,
       CASE
           WHEN s.done = 1 THEN 'reported'
           WHEN s.done = 0 THEN 'not-yet'
           WHEN m.articles > 0 THEN 'mentioned'
           WHEN c.watched_outlets > 0 THEN 'silent'
           ELSE 'blind'
       END AS state,
       coalesce(s.articles, m.articles, 0) AS articles, coalesce(s.stories, m.stories, 0) AS stories,
       coalesce(s.last_reported, m.last_reported) AS last_reported,
       coalesce(s.sentence, n.sentence) AS sentence,
       nullif(s.reported_on, '') AS reported_on, nullif(s.not_yet_on, '') AS not_yet_on,
       nullif(s.denied_on, '') AS denied_on,
       c.window_from, c.window_to, c.watched_outlets,
       coalesce(s.article, n.article) AS article, coalesce(s.claim, n.id) AS claim, c.programme
FROM coverage AS c
JOIN pillars AS p ON p.programme = c.programme
LEFT JOIN shown AS s ON s.regency_code = c.code AND s.pillar = p.id AND s.programme = c.programme
LEFT JOIN mentions AS m ON m.regency_code = c.code AND m.pillar = p.id AND m.programme = c.programme
LEFT JOIN article_pillars AS n ON n.id = substr(m.newest, 12)
ORDER BY c.code, p.id, c.programme;

CREATE VIEW all_claims AS
-- a claim of any kind with its article, in one line of Indonesian; newest first
SELECT a.published_on, c.kind_name, c.label, c.quote, c.sentence, a.outlet_name, a.title, a.url,
       c.regency_code, c.kecamatan_code, c.pillar, c.agency_type, c.rule, c.confidence, c.origin, c.reason, a.outlet, a.story,
       c.article, c.kind, c.id, c.sentence_id, c.programme
FROM (
    {every kind of claim}
) AS c
JOIN relevant_articles AS a ON a.article = c.article AND a.programme = c.programme;

CREATE VIEW agency_claims AS
-- a claim that names an agency, once for each kind of agency that it may be
SELECT a.published_on, t.id AS agency_type, c.type, c.name, c.region, c.regency_code,
       replace(c.type, '|', '+') || '/' || coalesce(
           c.regency_code, nullif(replace(replace(lower(c.region), ' ', '-'), '|', '+'), ''), '-'
       ) AS office,
       a.outlet, a.story, c.article, c.kind, c.id, c.programme
FROM (
    {every claim of an agency}
) AS c
JOIN relevant_articles AS a ON a.article = c.article AND a.programme = c.programme
JOIN agency_types AS t ON instr('|' || c.type || '|', '|' || t.id || '|') > 0;

CREATE VIEW offices AS
-- an office: the kinds of agency that it is, in its region, under every name that reports print
WITH names AS (
    SELECT office, programme, name, count(DISTINCT article) AS articles
    FROM agency_claims WHERE name <> '' GROUP BY office, programme, name
),
ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY office, programme ORDER BY articles DESC, length(name) DESC, name
    ) AS place
    FROM names ORDER BY office, programme, place
),
named AS (
    SELECT office, programme, max(CASE WHEN place = 1 THEN name END) AS name,
           json_group_array(name) AS names
    FROM ranked GROUP BY office, programme
)
SELECT coalesce(n.name, (SELECT group_concat(t.name, ' | ') FROM agency_types AS t
                         WHERE instr('|' || c.type || '|', '|' || t.id || '|') > 0)) AS name,
       c.region, coalesce(n.names, '[]') AS names,
       count(DISTINCT c.article) AS articles, count(DISTINCT c.story) AS stories,
       count(DISTINCT c.outlet) AS outlets, min(c.published_on) AS first_reported,
       max(c.published_on) AS last_reported, c.type, c.regency_code, c.office, c.programme
FROM agency_claims AS c
LEFT JOIN named AS n ON n.office = c.office AND n.programme = c.programme
GROUP BY c.office, c.programme
ORDER BY c.region, c.office, c.programme;

CREATE VIEW officials AS
-- a person with an office; who was named without one is in no list
WITH reports AS (
    SELECT p.name, p.role, a.article, a.story, a.outlet, a.published_on, p.programme,
           lower(replace(replace(replace(replace(p.name, '.', ''), ',', ''), '/', ''), ' ', '-')) AS slug
    FROM people AS p
    JOIN relevant_articles AS a ON a.article = p.article AND a.programme = p.programme
    WHERE p.role <> ''
)
SELECT min(name) AS name, json_group_array(DISTINCT name) AS names,
       json_group_array(DISTINCT role) AS roles,
       count(DISTINCT article) AS articles, count(DISTINCT story) AS stories,
       count(DISTINCT outlet) AS outlets, min(published_on) AS first_reported,
       max(published_on) AS last_reported, slug, min(article) AS article, programme
FROM reports
GROUP BY slug, programme
ORDER BY slug, programme;

CREATE VIEW claim_versions AS
-- an earlier text of an article and whether it held the sentence of a claim; open where words were hidden
SELECT c.kind, c.id AS claim, substr(v.fetched_at, 1, 10) AS fetched_on, substr(v.replaced_at, 1, 10) AS replaced_on,
       CASE
           WHEN instr(v.text, replace(c.sentence, '…', '')) > 0 THEN 1
           WHEN instr(v.title, replace(c.sentence, '…', '')) > 0 THEN 1
           WHEN instr(c.sentence, ' disamarkan]') = 0 THEN 0
       END AS held,
       c.article, c.programme
FROM article_versions AS v
JOIN all_claims AS c ON c.article = v.article
ORDER BY c.kind, c.id, v.replaced_at;

CREATE VIEW courtesy_days AS
-- a host on one day: what was asked of it, at which pace, and what it refused; replays ask nobody
WITH requests AS (
    SELECT *, substr(url, instr(url, '://') + 3) || '/' AS address FROM fetches
    WHERE sent = 1 OR error = 'forbidden by robots.txt'
)
SELECT substr(address, 1, instr(address, '/') - 1) AS host, substr(at, 1, 10) AS day,
       sum(sent) AS requests, sum(bytes) AS bytes,
       -- which delay a host asks for is only known behind its robots.txt
       min(CASE WHEN sent AND delay > 0 AND reason <> 'robots' THEN delay END) AS shortest_delay,
       round(avg(CASE WHEN sent AND delay > 0 THEN delay END), 1) AS usual_delay,
       sum(NOT sent) AS kept_back,
       coalesce(sum(status = 304), 0) AS not_modified,
       coalesce(sum(status = 403), 0) AS status_403, coalesce(sum(status = 429), 0) AS status_429,
       coalesce(sum(status >= 400 AND status NOT IN (403, 429)), 0) AS other_errors,
       sum(sent AND status IS NULL) AS unanswered,
       min(CASE WHEN sent THEN at END) AS first_request, max(CASE WHEN sent THEN at END) AS last_request
FROM requests
GROUP BY host, day
ORDER BY day DESC, host;

CREATE VIEW courtesy AS
-- an outlet and what was asked of its site; what a replay read from the archive nobody was asked for
WITH asked AS (
    SELECT *, (julianday(at) - julianday(lag(at) OVER (PARTITION BY crawl ORDER BY at, id))) * 86400 AS gap
    FROM fetches
    WHERE sent = 1
),
unasked AS (
    SELECT outlet, sum(error = 'forbidden by robots.txt') AS kept_back,
           sum(error <> 'forbidden by robots.txt') AS replayed
    FROM fetches
    WHERE sent = 0
    GROUP BY outlet
)
SELECT o.slug AS outlet, o.name, count(f.id) AS requests, coalesce(sum(f.bytes), 0) AS bytes,
       round(avg(f.gap), 1) AS seconds_between, round(avg(f.seconds), 2) AS seconds_waited,
       coalesce(sum(f.reason = 'robots'), 0) AS robots_read,
       coalesce(sum(f.status IN (403, 429)), 0) AS refused,
       coalesce(sum(f.status >= 400 AND f.status NOT IN (403, 429)), 0) AS errors,
       coalesce(sum(f.status IS NULL AND f.id IS NOT NULL), 0) AS unanswered,
       coalesce(max(u.kept_back), 0) AS kept_back, coalesce(max(u.replayed), 0) AS replayed,
       min(f.at) AS first_request, max(f.at) AS last_request
FROM outlets AS o
LEFT JOIN asked AS f ON f.outlet = o.slug
LEFT JOIN unasked AS u ON u.outlet = o.slug
GROUP BY o.slug
ORDER BY o.slug;

CREATE VIEW headline AS
-- the figures of the first page, in one row; a regency counts once, by the most that is said of it
WITH states AS (
    SELECT code, min(CASE state WHEN 'about' THEN 1 WHEN 'mentioned' THEN 2 WHEN 'perhaps' THEN 3
                                WHEN 'silent' THEN 4 ELSE 5 END) AS state
    FROM coverage GROUP BY code
)
SELECT (SELECT count(*) FROM pilots) AS pilots,
       (SELECT count(*) FROM states WHERE state = 1) AS regencies_about,
       (SELECT count(*) FROM states WHERE state = 2) AS regencies_mentioned,
       (SELECT count(*) FROM states WHERE state = 3) AS regencies_perhaps,
       (SELECT count(*) FROM states WHERE state = 4) AS regencies_silent,
       (SELECT count(*) FROM states WHERE state = 5) AS regencies_blind,
       (SELECT count(*) FROM regencies) AS regencies,
       w.window_from, w.window_to,
       (SELECT count(DISTINCT story) FROM relevant_articles) AS stories,
       (SELECT count(DISTINCT article) FROM relevant_articles) AS articles,
       (SELECT count(DISTINCT outlet) FROM relevant_articles) AS outlets,
       (SELECT count(*) FROM outlets) AS outlets_known,
       (SELECT count(*) FROM outlet_watch WHERE watched) AS outlets_watched,
       (SELECT count(*) FROM outlet_watch WHERE unread_since IS NOT NULL) AS outlets_unread,
       (SELECT min(unread_since) FROM outlet_watch) AS unread_since,
       (SELECT count(*) FROM contested_quantities) AS contested,
       (SELECT count(*) FROM quantity_series) AS series,
       (SELECT max(last_reported) FROM pilots) AS pilots_on,
       (SELECT min(published_on) FROM relevant_articles) AS first_reported,
       (SELECT max(published_on) FROM relevant_articles) AS last_reported,
       (SELECT max(finished_at) FROM crawls) AS last_crawl,
       coalesce((SELECT min(invented) FROM outlets), 0) AS invented
FROM coverage_window AS w;

CREATE VIEW crawl_measures AS
-- a figure on how the pages of one crawl were read, beside what was usual in the outlet's ten crawls before
WITH figures AS (
    SELECT c.outlet, c.started_at, m.key AS measure, m.value AS value, c.id AS crawl
    FROM crawls AS c, json_each(c.measures) AS m
    WHERE c.finish_reason = 'finished'
)
SELECT outlet, substr(started_at, 1, 10) AS day, measure, round(value, 3) AS value,
       round(avg(value) OVER (
           PARTITION BY outlet, measure ORDER BY started_at, crawl ROWS BETWEEN 10 PRECEDING AND 1 PRECEDING
       ), 3) AS usual,
       crawl
FROM figures
ORDER BY outlet, measure, started_at DESC;

CREATE VIEW crawl_reasons AS
-- a reason under which article addresses of one crawl ended, with how many
SELECT c.outlet, substr(c.started_at, 1, 10) AS day, r.key AS reason, r.value AS articles, c.id AS crawl
FROM crawls AS c, json_each(c.counts) AS r;
