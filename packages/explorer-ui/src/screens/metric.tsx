import type { MetricList, MetricSummary } from "@spanmeter/explorer/model/metric";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { Explore } from "../explore/explore.js";
import { concernsMetrics } from "../live/tick.js";
import { Empty, Failed, Loading } from "../parts/state.js";
import { addressOf, addressWith, parameters } from "../url/address.js";
import type { MetricType } from "@spanmeter/explorer/model/metric";
import { askedRange } from "../url/asked-range.js";

/** A metric: its charts, and what is known about it. */
export function MetricScreen({ name }: { name: string }) {
  const { type, unit } = parameters.value;
  const answer = useAnswer<MetricList>(
    apiPath(["metrics"], { q: name }),
    concernsMetrics(name),
  ).value;
  // What was mended is no longer marked as soon as it is out of the range.
  const inRange = useAnswer<MetricList>(
    apiPath(["metrics"], { q: name, ...askedRange(parameters.value) }),
    concernsMetrics(name),
  ).value.data;
  if (!answer.data)
    return (
      <>
        <h1 class="name">{name}</h1>
        {answer.error ? <Failed error={answer.error} /> : <Loading what={name} />}
      </>
    );
  const known = answer.data.metrics.filter((each) => each.name === name && each.type !== null);
  const matching = known.filter(
    (each) =>
      (type === undefined || each.type === type) && (unit === undefined || each.unit === unit),
  );
  const [metric] = matching.toSorted((a, b) => b.samples - a.samples);
  if (!metric)
    return (
      <Unknown name={name} isDropped={answer.data.metrics.some((each) => each.name === name)} />
    );
  return (
    <>
      {known.length > 1 && (
        <p class="notice">
          <span class="name">{name}</span> has several types or units:{" "}
          {known.map((each) => (
            <a
              key={`${each.type} ${each.unit}`}
              href={addressWith({
                type: each.type as MetricType,
                unit: each.unit!,
                box: undefined,
              })}
              aria-current={each === metric ? "true" : undefined}
            >
              {each.type} in {each.unit}{" "}
            </a>
          ))}
        </p>
      )}
      <Explore
        name={name}
        metric={{ type: metric.type as MetricType, unit: metric.unit! }}
        notes={notesOf(name, inRange?.metrics ?? [])}
      />
    </>
  );
}

/** How many items of a name Sentry would change or drop. */
function notesOf(name: string, metrics: readonly MetricSummary[]): number {
  const own = metrics.filter((each) => each.name === name);
  const changed = own.reduce((sum, each) => sum + each.changed, 0);
  // Those are counted by name, and so are the same for each type.
  return changed + Math.max(0, ...own.map(({ dropped }) => dropped));
}

function Unknown({ name, isDropped }: { name: string; isDropped: boolean }) {
  return (
    <>
      <h1 class="name">{name}</h1>
      <Empty
        title={isDropped ? "Sentry would drop every item of this metric" : "No such metric yet"}
      >
        <p>
          {isDropped ? (
            <a href={addressOf({ at: "lint" }, { metric: name })}>Why, and how to mend it</a>
          ) : (
            <>
              It appears here as soon as an application sends it.{" "}
              <a href={addressOf({ at: "home" })}>All metrics</a>
            </>
          )}
        </p>
      </Empty>
    </>
  );
}
