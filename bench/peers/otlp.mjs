import { gunzipSync } from "node:zlib";

/** Counts the calls in an export of OTLP as gzipped JSON. Its sums must be those since the last export. */
export function countOtlp(body) {
  const { resourceMetrics } = JSON.parse(gunzipSync(body).toString());
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  const points = metrics.flatMap(({ histogram, sum }) => (histogram ?? sum).dataPoints);
  return points.reduce(
    (calls, { count, asInt, asDouble }) => calls + Number(count ?? asInt ?? asDouble),
    0,
  );
}
