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
-- an article on the programme that names a regency for certain
WITH places AS (
    SELECT article, programme, regency_code FROM article_regencies
    UNION SELECT article, programme, regency_code FROM pilot_kecamatan
    UNION SELECT article, programme, regency_code FROM other_kecamatan
    UNION SELECT article, programme, regency_code FROM facilities
)
SELECT p.regency_code, a.published_on, a.title, a.outlet_name, a.url, a.article, a.story, a.outlet, a.programme,
       count(*) OVER (PARTITION BY a.article, a.programme) AS regencies_named
FROM places AS p
JOIN relevant_articles AS a ON a.article = p.article AND a.programme = p.programme
WHERE p.regency_code IS NOT NULL
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
FROM regency_articles WHERE published_on IS NOT NULL
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

CREATE VIEW contested_quantities AS
-- a measure of a region on which articles disagree
SELECT measure, max(measure_name) AS measure_name, region, count(DISTINCT value) AS different_values,
       min(value) AS lowest, max(value) AS highest,
       count(DISTINCT article) AS articles, count(DISTINCT story) AS stories, count(DISTINCT outlet) AS outlets,
       min(published_on) AS first_reported, max(published_on) AS last_reported,
       json_group_array(json_object(
           'value', value, 'date', published_on, 'outlet', outlet_name, 'sentence', sentence, 'url', url
       )) AS "values",
       regency_code, programme
FROM (SELECT * FROM quantity_reports ORDER BY published_on, value, article, claim)
GROUP BY measure, region, programme
HAVING count(DISTINCT value) > 1 AND count(DISTINCT article) > 1
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

CREATE VIEW coverage AS
-- a regency: what was reported on it, and what its silence means
WITH programmes AS (
    SELECT programme FROM pillars UNION SELECT programme FROM extractions
),
named AS (
    SELECT regency_code, programme, count(DISTINCT article) AS articles,
           count(DISTINCT story) AS stories, count(DISTINCT outlet) AS outlets,
           max(published_on) AS last_reported
    FROM regency_articles
    GROUP BY regency_code, programme
),
perhaps AS (
    SELECT m.regency_code, r.programme, count(DISTINCT r.article) AS articles
    FROM ambiguous_areas AS m
    JOIN article_regencies AS r ON m.kind = 'article_regencies' AND r.id = m.claim
    JOIN relevant_articles AS a ON a.article = r.article AND a.programme = r.programme
    GROUP BY m.regency_code, r.programme
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
watched AS (
    SELECT g.code AS regency_code, count(h.outlet) AS watching, coalesce(sum(h.healthy), 0) AS healthy
    FROM regencies AS g
    LEFT JOIN outlet_health AS h
        ON NOT EXISTS (SELECT 1 FROM outlet_regencies AS l WHERE l.outlet = h.outlet)
        OR EXISTS (
            SELECT 1 FROM outlet_regencies AS l WHERE l.outlet = h.outlet AND l.regency_code = g.code
        )
    GROUP BY g.code
),
newest AS (SELECT substr(max(finished_at), 1, 10) AS at FROM crawls)
SELECT g.code, g.name AS regency,
       CASE
           WHEN n.articles > 0 AND w.healthy > 0 THEN 'ada berita'
           WHEN n.articles > 0 THEN 'ada berita, tetapi kini tidak terpantau: tidak ada media sehat yang meliputnya'
           WHEN m.articles > 0 THEN 'mungkin ada berita: nama wilayah di beritanya bermakna ganda'
           WHEN w.healthy > 0 THEN 'tidak ada berita'
           ELSE 'tidak terpantau: tidak ada media sehat yang meliputnya'
       END AS silence,
       coalesce(n.articles, 0) AS articles, coalesce(n.stories, 0) AS stories,
       coalesce(n.outlets, 0) AS outlets, n.last_reported,
       coalesce(p.kecamatan, 0) AS pilots_named,
       c.value AS pilots_counted, c.published_on AS pilots_counted_on,
       coalesce(m.articles, 0) AS ambiguous_articles,
       w.watching AS outlets_watching, w.healthy AS outlets_healthy,
       newest.at AS as_of, g.latitude, g.longitude, t.programme
FROM regencies AS g
CROSS JOIN programmes AS t
CROSS JOIN newest
JOIN watched AS w ON w.regency_code = g.code
LEFT JOIN named AS n ON n.regency_code = g.code AND n.programme = t.programme
LEFT JOIN perhaps AS m ON m.regency_code = g.code AND m.programme = t.programme
LEFT JOIN piloted AS p ON p.regency_code = g.code AND p.programme = t.programme
LEFT JOIN counted AS c ON c.regency_code = g.code AND c.programme = t.programme AND c.place = 1
ORDER BY g.code, t.programme;

CREATE VIEW pillar_coverage AS
-- a pillar in a regency: reported, reported as not yet, no report though healthy sources cover it, or blind
WITH said AS (
    -- what stands, is counted or has somebody in charge is reported
    SELECT regency_code, pillar, programme, article, sentence, 1 AS done FROM facilities
    UNION ALL
    SELECT regency_code, pillar, programme, article, sentence, 1 FROM responsibilities
    UNION ALL
    -- measures of a pillar begin with its key: rppa_units
    SELECT q.regency_code, p.id, q.programme, q.article, q.sentence, q.value > 0
    FROM quantities AS q
    JOIN pillars AS p ON p.programme = q.programme AND replace(q.measure, '_', '-') LIKE p.id || '-%'
    UNION ALL
    -- a pillar that an article on this regency alone names; denied or put off, it is not there yet
    SELECT r.regency_code, p.pillar, p.programme, p.article, p.sentence,
           NOT (' ' || lower(p.sentence) LIKE '% belum %' OR ' ' || lower(p.sentence) LIKE '% akan %'
                OR ' ' || lower(p.sentence) LIKE '% rencana%' OR ' ' || lower(p.sentence) LIKE '% direncanakan%'
                OR ' ' || lower(p.sentence) LIKE '% menyusul%' OR ' ' || lower(p.sentence) LIKE '% tidak ada %')
    FROM article_pillars AS p
    JOIN regency_articles AS r
        ON r.article = p.article AND r.programme = p.programme AND r.regencies_named = 1
),
reports AS (
    SELECT s.*, a.story, a.published_on,
           row_number() OVER (
               PARTITION BY s.regency_code, s.pillar, s.programme
               ORDER BY s.done DESC, a.published_on DESC, s.article, s.sentence
           ) AS place
    FROM said AS s
    JOIN relevant_articles AS a ON a.article = s.article AND a.programme = s.programme
    WHERE s.regency_code IS NOT NULL
),
summed AS (
    SELECT regency_code, pillar, programme, max(done) AS done, count(DISTINCT article) AS articles,
           count(DISTINCT story) AS stories, max(published_on) AS last_reported,
           max(CASE WHEN place = 1 THEN sentence END) AS sentence,
           max(CASE WHEN place = 1 THEN article END) AS article
    FROM reports
    GROUP BY regency_code, pillar, programme
)
SELECT c.code AS regency_code, c.regency, p.id AS pillar, p.name AS pillar_name,
       CASE
           WHEN s.done = 1 THEN 'reported'
           WHEN s.done = 0 THEN 'not-yet'
           WHEN c.outlets_healthy > 0 THEN 'silent'
           ELSE 'blind'
       END AS state,
       coalesce(s.articles, 0) AS articles, coalesce(s.stories, 0) AS stories, s.last_reported, s.sentence,
       s.article, c.programme
FROM coverage AS c
JOIN pillars AS p ON p.programme = c.programme
LEFT JOIN summed AS s ON s.regency_code = c.code AND s.pillar = p.id AND s.programme = c.programme
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
-- the figures of the first page, in one row
SELECT (SELECT count(*) FROM pilots) AS pilots,
       (SELECT count(DISTINCT code) FROM coverage WHERE articles > 0) AS covered,
       (SELECT count(*) FROM regencies) AS regencies,
       (SELECT count(DISTINCT story) FROM relevant_articles) AS stories,
       (SELECT count(DISTINCT article) FROM relevant_articles) AS articles,
       (SELECT count(DISTINCT outlet) FROM relevant_articles) AS outlets,
       (SELECT count(*) FROM outlets) AS outlets_watched,
       (SELECT count(*) FROM contested_quantities) AS contested,
       (SELECT max(last_reported) FROM pilots) AS pilots_on,
       (SELECT min(published_on) FROM relevant_articles) AS first_reported,
       (SELECT max(published_on) FROM relevant_articles) AS last_reported,
       (SELECT max(finished_at) FROM crawls) AS last_crawl;

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
