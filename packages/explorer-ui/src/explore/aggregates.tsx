import type { Series, SeriesAnswer } from "@spanmeter/explorer/model/series";
import { useAnswer } from "../api/use-answer.js";
import { formatChange, formatCount, formatShare } from "../format/number.js";
import { formatValue } from "../format/value.js";
import { concernsMetrics } from "../live/tick.js";
import { Failed, Loading } from "../parts/state.js";
import { Sparkline } from "../parts/sparkline.js";
import { change, parameters } from "../url/address.js";
import { nameOf, unitOf } from "./aggregations.js";
import { ofGroup } from "../url/filters.js";
import type { Panel } from "./panel.js";
import { seriesPath } from "./paths.js";
import { groupLabel } from "./to-chart.js";

/** The groups of a panel over the whole range: what the lines of its chart come to. */
export function Aggregates({ panel }: { panel: Panel }) {
  const path = seriesPath(panel, parameters.value);
  const { data, error } = useAnswer<SeriesAnswer>(path, concernsMetrics(panel.name)).value;
  if (!data) return error ? <Failed error={error} /> : <Loading what="the groups" />;
  const all = data.series.reduce((sum, each) => sum + count(each), 0);
  return (
    <>
      <div class="scroll" role="region" aria-label="Groups" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{panel.by.join(", ") || "Group"}</th>
              {data.aggregations.map((each) => (
                <th key={each} scope="col" class="number">
                  {nameOf(each)}
                </th>
              ))}
              {data.earlier && (
                <th scope="col" class="number">
                  Before
                </th>
              )}
              {data.earlier && (
                <th scope="col" class="number">
                  Change
                </th>
              )}
              <th scope="col" class="number">
                Items
              </th>
              <th scope="col" class="number">
                Share
              </th>
              <th scope="col">Course</th>
            </tr>
          </thead>
          <tbody>
            {data.series.map((series, place) => (
              <Row
                key={groupLabel(series)}
                answer={data}
                place={place}
                share={count(series) / (all || 1)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {data.groups.total > data.groups.shown && (
        <p class="row">
          <span class="faint">
            {data.groups.shown} of {formatCount(data.groups.total)} groups.
          </span>
          {panel.top < 50 && (
            <button type="button" onClick={() => change({ top: Math.min(50, data.groups.total) })}>
              Show {Math.min(50, data.groups.total)}
            </button>
          )}
        </p>
      )}
    </>
  );
}

const count = ({ samples }: Series): number => samples.reduce((sum, each) => sum + each, 0);

function Row({ answer, place, share }: { answer: SeriesAnswer; place: number; share: number }) {
  const { aggregations, metric, earlier } = answer;
  const series = answer.series[place]!;
  const first = aggregations[0]!;
  const now = series.total[first] ?? null;
  const before = earlier?.series[place]?.total[first] ?? null;
  const unit = unitOf(first, metric.type, metric.unit);
  const isGroup = series.group !== undefined && Object.keys(series.group).length > 0;
  return (
    <tr>
      <th scope="row" class="name">
        {isGroup ? (
          <button
            type="button"
            class="plain name"
            title="Only this group. With Alt: everything but it"
            onClick={(event) =>
              change({
                where: [...parameters.value.where, ...ofGroup(series.group!, event.altKey)],
              })
            }
          >
            {groupLabel(series)}
          </button>
        ) : (
          groupLabel(series) || "all"
        )}
      </th>
      {aggregations.map((each) => (
        <td key={each} class="number" data-value={series.total[each] ?? ""}>
          {formatValue(series.total[each], unitOf(each, metric.type, metric.unit))}
        </td>
      ))}
      {earlier && (
        <td class="number" data-value={before ?? ""}>
          {formatValue(before, unit)}
        </td>
      )}
      {earlier && <td class="number">{changeOf(now, before, unit)}</td>}
      <td class="number" data-value={count(series)}>
        {formatCount(count(series))}
      </td>
      <td class="number">{formatShare(share)}</td>
      <td>
        <Sparkline values={series.values[first] ?? []} />
      </td>
    </tr>
  );
}

/** A group that was not there before is new: no percentage says that. */
function changeOf(now: number | null, before: number | null, unit: string): string {
  if (before === null || before === 0) return now === null || now === 0 ? "–" : "new";
  if (now === null) return "gone";
  // A ratio between signs says nothing.
  return before > 0 && now >= 0 ? formatChange(now / before) : `was ${formatValue(before, unit)}`;
}
