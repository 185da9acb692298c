/** The metric that most questions are about: one item in ten. */
export const METRIC = "bench.duration";

/** Length of the time over which the items are spread, in seconds. */
export const RANGE_SECONDS = 3600;

/** The end of the last whole bucket of 30 seconds: so the hour before it has exactly 120 of them. */
export const lastBucketEnd = (now = Date.now()) => Math.floor(now / 30_000) * 30;

/**
 * The SQL that writes items, ten for each trace: the metric, six items of thirty others, two spans and a log, which is an
 * error in one trace of fifty. One provider becomes slow in the last quarter. An item in twenty stands for four calls.
 */
export const itemsSql = (count) => `
  INSERT INTO items BY NAME
  WITH numbers AS (
    SELECT i, i // 10 AS trace, i % 10 AS place, hash(i // 10) % 5 AS provider FROM range(${count}) AS numbers(i)
  )
  SELECT i + 1 AS seq,
    CASE WHEN place <= 6 THEN 'metric' WHEN place <= 8 THEN 'span' WHEN trace % 50 = 0 THEN 'error' ELSE 'log' END AS kind,
    'accepted' AS verdict, '[]' AS notes,
    $end - (${count} - i + place) * (${RANGE_SECONDS}000000000 // ${count}) + place * 100000 AS receivedNs, receivedNs AS timeNs,
    CASE WHEN kind = 'span' THEN 1000000 * (10 - place) + hash(i) % 500000 END AS durationNs,
    'sentry.javascript.node/11.12.0' AS sdk,
    md5(trace::VARCHAR) AS traceId, substr(traceId, 1, 15) || CASE place WHEN 8 THEN '8' ELSE '7' END AS spanId,
    CASE place WHEN 8 THEN substr(traceId, 1, 15) || '7' END AS parentSpanId,
    CASE WHEN place = 0 THEN '${METRIC}' WHEN place <= 6 THEN 'other.' || place || '.' || trace % 5
         WHEN place = 7 THEN 'GET /' || hash(trace + 1) % 40 WHEN place = 8 THEN 'SELECT items' ELSE 'handled' END AS name,
    CASE WHEN place IN (0, 1, 2) THEN 'distribution' WHEN place IN (3, 4) THEN 'counter' WHEN place <= 6 THEN 'gauge' END AS type,
    CASE WHEN place IN (0, 1, 2) THEN 'millisecond' END AS unit,
    CASE WHEN place <= 6 THEN (100 + hash(i) % 9000000 / 10000) * CASE WHEN provider = 0 AND i > ${count} * 3 // 4 THEN 4 ELSE 1 END END AS value,
    CASE WHEN hash(i + 2) % 20 = 0 THEN 4 ELSE 1 END AS weight, 250 AS bytes,
    CASE place WHEN 7 THEN 'http.server' WHEN 8 THEN 'db' END AS op,
    CASE WHEN place = 9 THEN 'info' END AS level,
    CASE WHEN kind = 'span' THEN 'ok' END AS status,
    CASE WHEN kind = 'metric' THEN
      '{"route":"/' || hash(trace + 1) % 40 || '","provider":"p' || provider || '","plan":"' || ['free', 'pro'][1 + trace // 7 % 2] ||
      '","region":"r' || hash(trace + 3) % 8 || '","release":"1.' || trace * 4 // (${count} // 10) || '","cached":' || (trace % 3 = 0) ||
      ',"rows":' || hash(i + 4) % 100 || ',"user.id":"u' || hash(trace + 5) % 2000 || '"}'
    ELSE '{"server.address":"shop"}' END AS attributes
  FROM numbers`;
