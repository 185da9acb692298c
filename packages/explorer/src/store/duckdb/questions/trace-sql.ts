/** The condition of spans and transactions that Sentry would accept. */
export const SPAN = "kind IN ('span', 'transaction') AND verdict <> 'dropped'";

/** The condition of items that belong to traces. */
export const IN_TRACE = "kind NOT IN ('container', 'other', 'report')";

/** The order in which the root of a trace is the first span: without a parent, the earliest, the longest. */
export const ROOT_FIRST = "parentSpanId IS NOT NULL, timeNs, durationNs DESC, seq";

/** A name as lists show it: a log may be of any length. */
export const SHORT_NAME = "left(name, 1000)";

const count = (kinds: string): string =>
  `(count(*) FILTER (kind IN (${kinds}) AND verdict <> 'dropped'))::INTEGER`;

/** The columns that count the items of a trace, in an answer grouped by it. */
export const TRACE_COUNTS: string = `${count("'span', 'transaction'")} AS spans, ${count("'error'")} AS errors, ${count("'log'")} AS logs`;

/** The number of accepted metrics of a trace. */
export const METRIC_COUNT: string = count("'metric'");
