/**
 * Returns the span with the most self time, in which no other span of the trace ran. It does not rely on
 * parents, because a wrapper may be traced as a sibling of the wrapped span.
 */
export function slowestOf({ spans }) {
  const all = spans.map(({ span }) => span);
  return all.toSorted((one, other) => selfTime(other, all) - selfTime(one, all))[0];
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
