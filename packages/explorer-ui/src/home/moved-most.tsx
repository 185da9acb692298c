import { isInMetricUnit } from "@spanmeter/explorer/model/aggregation";
import type { Mover, Movers } from "@spanmeter/explorer/model/movers";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { formatCount } from "../format/number.js";
import { formatValue } from "../format/value.js";
import { Sparkline } from "../parts/sparkline.js";
import { addressOf, parameters } from "../url/address.js";
import { rangeSince, USUAL_RANGE } from "../url/ranges.js";
import { askedRange } from "../url/asked-range.js";

const SHOWN = 6;
const MOVES = { rose: "rose", fell: "fell", new: "is new", silent: "went silent" } as const;

/** The metrics whose values differ most from those of the time before. "None" is an answer. */
export function MovedMost() {
  const { since, until } = askedRange(parameters.value);
  const path = apiPath(["movers"], {
    // Without a range the explorer chooses one that has something to compare with.
    since: since === USUAL_RANGE ? undefined : since,
    until,
    limit: SHOWN,
  });
  const { data } = useAnswer<Movers>(path).value;
  if (!data || data.total.compared === 0) return null;
  return (
    <section aria-labelledby="moved">
      <h2 id="moved">What moved most</h2>
      {data.movers.length === 0 ? (
        <p class="faint">
          None of {formatCount(data.total.compared)} metrics moved by more than its noise.
        </p>
      ) : (
        <ul class="movers">
          {data.movers.map((mover) => (
            <li key={`${mover.name} ${mover.type} ${mover.unit}`}>
              <Card mover={mover} began={data.earlier?.since ?? data.range.since} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Card({ mover, began }: { mover: Mover; began: string }) {
  const { name, type, unit, move, aggregation, before, now, ratio, spark } = mover;
  const since = parameters.value.since === USUAL_RANGE ? rangeSince(began) : undefined;
  const shownUnit = isInMetricUnit(aggregation, type) ? unit : "none";
  const value = (number: number | null): string =>
    `${formatValue(number, shownUnit)}${aggregation === "per_minute" ? " a minute" : ""}`;
  return (
    <a
      class="mover"
      href={addressOf(
        { at: "metric", name },
        { type, unit, agg: [aggregation], ...(since && { since }) },
      )}
    >
      <strong class="name">{name}</strong>
      <span>
        <span class={move === "fell" ? "" : "warn"}>{MOVES[move]}</span>
        {ratio !== null && ratio > 0 && ` ×${ratio >= 1 ? ratio.toFixed(1) : ratio.toFixed(2)}`}
      </span>
      <Sparkline values={spark} />
      <span class="faint">
        {aggregation !== "per_minute" && `${aggregation} `}
        {move === "new" ? value(now) : `${value(before)} to ${value(now)}`}
      </span>
    </a>
  );
}
