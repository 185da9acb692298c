import type { MetricList, MetricSummary, MetricType } from "@spanmeter/explorer/model/metric";
import { formatCount, formatNumber } from "../format/number.js";
import { formatAgo } from "../format/time.js";
import { formatBytes, formatValue } from "../format/value.js";
import { Sparkline } from "../parts/sparkline.js";
import { Empty } from "../parts/state.js";
import { addressOf, change, parameters } from "../url/address.js";
import { rangeSince, USUAL_RANGE } from "../url/ranges.js";

/** The orders of the list, as the API knows them. */
export const METRIC_SORTS = [
  { value: "name", label: "Name" },
  { value: "-count", label: "Most calls" },
  { value: "-bytes", label: "Most bytes" },
  { value: "-lastSeen", label: "Newest" },
] as const;

/** The list of metrics. */
export function MetricTable({ list: { metrics, range } }: { list: MetricList }) {
  if (metrics.length === 0) return <NoneFound />;
  const minutes = range.seconds / 60;
  return (
    <div class="scroll" role="region" aria-label="All metrics" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Course</th>
            <th scope="col">Type</th>
            <th scope="col" class="number">
              A minute
            </th>
            <th scope="col" class="number">
              Last value
            </th>
            <th scope="col" class="number">
              Bytes a minute
            </th>
            <th scope="col" class="number">
              Last seen
            </th>
            <th scope="col">Lint</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <Row
              key={`${metric.name} ${metric.type} ${metric.unit}`}
              metric={metric}
              minutes={minutes}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ metric, minutes }: { metric: MetricSummary; minutes: number }) {
  const {
    name,
    type,
    unit,
    spark,
    perMinute,
    lastValue,
    bytes,
    lastSeen,
    changed,
    dropped,
    collides,
    firstSeen,
  } = metric;
  const began = parameters.value.since === USUAL_RANGE ? rangeSince(firstSeen) : undefined;
  const own = collides && type !== null ? { type: type as MetricType, unit: unit ?? "none" } : {};
  const notes = changed + dropped;
  return (
    <tr>
      <th scope="row" class="name">
        <a href={addressOf({ at: "metric", name }, { ...own, ...(began && { since: began }) })}>
          {name}
        </a>
        {collides && (
          <span class="warn" title="The same name has several types or units">
            {" "}
            several types
          </span>
        )}
      </th>
      <td>
        <Sparkline values={spark} />
      </td>
      <td>
        {type ?? <span class="bad">dropped</span>}
        {unit !== null && unit !== "none" && <span class="faint"> {unit}</span>}
      </td>
      <td class="number">{formatNumber(perMinute)}</td>
      <td class="number">{formatValue(lastValue, unit ?? "none")}</td>
      <td class="number">{formatBytes(minutes > 0 ? bytes / minutes : 0)}</td>
      <td class="number">{formatAgo(lastSeen)}</td>
      <td>
        {notes > 0 && (
          <a
            class={dropped > 0 ? "bad" : "warn"}
            href={addressOf({ at: "lint" }, { metric: name })}
          >
            {dropped > 0 ? `${formatCount(dropped)} dropped` : `${formatCount(changed)} changed`}
          </a>
        )}
      </td>
    </tr>
  );
}

function NoneFound() {
  const { q, since } = parameters.value;
  return (
    <Empty title={q === "" ? "No metric in this range" : "No metric has this in its name"}>
      <p class="row">
        {q !== "" && (
          <button type="button" onClick={() => change({ q: "" })}>
            Show all
          </button>
        )}
        {since !== "30d" && (
          <button type="button" onClick={() => change({ since: "30d", until: "now" })}>
            Show the last 30 days
          </button>
        )}
      </p>
    </Empty>
  );
}
