import type { CostAnswer, CostKey } from "@spanmeter/explorer/model/cost";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { commandOf } from "../copy/command.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { csvOf } from "../copy/csv.js";
import { formatCount, formatNumber, formatShare } from "../format/number.js";
import { formatBytes } from "../format/value.js";
import { Empty, Failed, Loading } from "../parts/state.js";
import { addressOf, parameters } from "../url/address.js";
import { Estimate } from "./estimate.js";
import { formatDollars } from "./dollars.js";
import { free, instances, price } from "./prices.js";
import { askedRange } from "../url/asked-range.js";

const LABELS: Readonly<Record<CostKey, string>> = {
  metric: "Metric",
  key: "Attribute",
  sdk: "SDK",
};

const NOUNS: Readonly<Record<CostKey, string>> = { metric: "metric", key: "attribute", sdk: "SDK" };

interface CostTableProps {
  readonly by: CostKey;
  /** Filters of the metrics that count. */
  readonly where: readonly string[];
  readonly showsEstimate: boolean;
}

/** The bytes of metrics, split, and what they would cost in a month. */
export function CostTable({ by, where, showsEstimate }: CostTableProps) {
  const range = askedRange(parameters.value);
  const path = apiPath(["cost"], {
    ...range,
    where,
    by,
    price: price.value,
    free: free.value / Math.max(1, instances.value),
  });
  const { data, error } = useAnswer<CostAnswer>(path).value;
  if (!data) return error ? <Failed error={error} /> : <Loading what="the bytes" />;
  if (data.total.items === 0)
    return (
      <Empty title="Nothing that would cost anything">
        <p>No metric of this range would be stored by Sentry.</p>
      </Empty>
    );
  return (
    <section class="cost" aria-label={`Bytes by ${NOUNS[by]}`}>
      {showsEstimate && <Estimate answer={data} />}
      <div class="row">
        <h2>By {NOUNS[by]}</h2>
        <CopyMenu
          command={commandOf(["cost"], {
            by,
            ...range,
            where,
            price: price.value,
            free: free.value / Math.max(1, instances.value),
          })}
          path={path}
          csv={() =>
            csvOf([
              [by, "items", "bytes", "share", "bytes a month", "price a month"],
              ...data.rows.map((row) => [
                row.name,
                row.items,
                row.bytes,
                row.share,
                row.month.bytes,
                row.month.price * instances.value,
              ]),
            ])
          }
        />
      </div>
      <div class="scroll" role="region" aria-label={`${LABELS[by]} table`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{LABELS[by]}</th>
              <th scope="col" class="number">
                Items a minute
              </th>
              <th scope="col" class="number">
                Bytes
              </th>
              <th scope="col" class="number">
                Bytes a minute
              </th>
              <th scope="col">Share</th>
              <th scope="col" class="number">
                A month
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={`${row.name} ${row.type} ${row.unit}`}>
                <th scope="row" class="name">
                  {row.name === null ? (
                    <span class="faint">{by === "key" ? "names and values" : "unknown"}</span>
                  ) : by === "metric" ? (
                    <a href={addressOf({ at: "metric", name: row.name }, { tab: "cost" })}>
                      {row.name}
                    </a>
                  ) : (
                    row.name
                  )}
                </th>
                <td class="number">{formatNumber(row.perMinute.items)}</td>
                <td class="number" data-value={row.bytes}>
                  {formatCount(row.bytes)}
                </td>
                <td class="number">{formatBytes(row.perMinute.bytes)}</td>
                <td>
                  <span class="share">
                    <span class="share-bar" aria-hidden="true">
                      <span style={{ width: `${row.share * 100}%` }} />
                    </span>
                    {formatShare(row.share)}
                  </span>
                </td>
                <td class="number">{formatDollars(row.month.price * instances.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
