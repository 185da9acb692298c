import type { MetricList } from "@spanmeter/explorer/model/metric";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { commandOf } from "../copy/command.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { csvOf } from "../copy/csv.js";
import { formatCount } from "../format/number.js";
import { FirstRun } from "../home/first-run.js";
import { METRIC_SORTS, MetricTable } from "../home/metric-table.js";
import { MovedMost } from "../home/moved-most.js";
import { Failed, Loading } from "../parts/state.js";
import { change, parameters, replace } from "../url/address.js";
import { askedRange } from "../url/asked-range.js";

/** All metrics, and those that moved most. */
export function Home() {
  const { q, sort } = parameters.value;
  const path = apiPath(["metrics"], {
    ...askedRange(parameters.value),
    q,
    sort,
    spark: 60,
  });
  const { data, error, isLoading } = useAnswer<MetricList>(path).value;
  const everything = useAnswer<MetricList>(data?.total === 0 ? apiPath(["metrics"]) : undefined)
    .value.data;
  const isEmpty = data?.total === 0;
  return (
    <div class="home" data-ready={data && !isLoading ? path : undefined}>
      <h1>Metrics</h1>
      {error && <Failed error={error} />}
      {!data && !error && <Loading what="the metrics" />}
      {isEmpty && everything?.total === 0 && <FirstRun />}
      {data && !(isEmpty && everything?.total === 0) && (
        <>
          <MovedMost />
          <div class="row">
            <input
              type="search"
              aria-label="Search metrics"
              placeholder="Search"
              value={q}
              onInput={({ currentTarget }) => replace({ q: currentTarget.value })}
            />
            <select
              aria-label="Sorted by"
              value={sort ?? "name"}
              onChange={({ currentTarget }) => change({ sort: currentTarget.value })}
            >
              {METRIC_SORTS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
            <span class="faint">
              {formatCount(data.metrics.length)} of {formatCount(data.total)}
            </span>
            <CopyMenu
              command={commandOf(["metrics"], {})}
              path={path}
              csv={() =>
                csvOf([
                  ["name", "type", "unit", "samples", "count", "per minute", "last value", "bytes"],
                  ...data.metrics.map((each) => [
                    each.name,
                    each.type,
                    each.unit,
                    each.samples,
                    each.count,
                    each.perMinute,
                    each.lastValue,
                    each.bytes,
                  ]),
                ])
              }
            />
          </div>
          <MetricTable list={data} />
        </>
      )}
    </div>
  );
}
