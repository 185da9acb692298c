/** A span with less of the trace's time cannot be what it waited for. */
const LEAST_SHARE = 0.1;

/**
 * Returns the span that explains why a trace is slow: of the spans with a considerable share of its time, the
 * one that became slower most. On a busy machine everything is slow, but not more than before.
 *
 * The time of a span is its self time, in which no other span of the trace ran. That does not rely on parents,
 * because a wrapper may be traced as a sibling of the wrapped span.
 *
 * @param usualMs returns how long a span of this name took before, `undefined` if there was none.
 */
export function slowestOf({ spans, durationMs }, usualMs) {
  const all = spans.map(({ span }) => span);
  const timed = all.map((span) => {
    const ms = selfTime(span, all);
    const isQuery = span.op?.startsWith("db");
    const growth = isQuery ? ms / (usualMs(span.name) ?? 0) : 0;
    return { span, ms, growth: ms >= LEAST_SHARE * durationMs ? growth : -1 };
  });
  return timed.toSorted((one, other) => other.growth - one.growth || other.ms - one.ms)[0]?.span;
}

const startOf = ({ timestamp }) => timestamp * 1000;
const endOf = (span) => startOf(span) + (span.durationMs ?? 0);

function selfTime(span, all) {
  const inside = all
    .filter((other) => (other.durationMs ?? 0) < (span.durationMs ?? 0))
    .filter((other) => startOf(other) >= startOf(span) && endOf(other) <= endOf(span))
    .toSorted((one, other) => startOf(one) - startOf(other));
  let covered = 0;
  let reached = startOf(span);
  for (const other of inside) {
    covered += Math.max(0, endOf(other) - Math.max(reached, startOf(other)));
    reached = Math.max(reached, endOf(other));
  }
  return (span.durationMs ?? 0) - covered;
}

/** Returns the errors of a trace. */
export const errorsOf = ({ spans, unattached }) =>
  [...spans.flatMap(({ items }) => items), ...unattached].filter(({ kind }) => kind === "error");

/** Returns the server's span of a trace. */
export const serverSpanOf = ({ spans }) =>
  spans.map(({ span }) => span).find(({ op }) => op === "http.server");

/** Returns the caught error and its causes, in this order. SDKs list causes first. */
export const causesOf = ({ name, detail }) => {
  const values = detail?.exception?.values ?? [];
  const chain = values.map(({ type, value }) => `${type}: ${value}`).toReversed();
  return chain.length > 0 ? chain : [name];
};
