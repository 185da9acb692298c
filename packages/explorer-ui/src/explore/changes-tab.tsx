import type { Changes } from "@spanmeter/explorer/model/changes";
import { useAsked } from "../api/use-asked.js";
import { commandOf } from "../copy/command.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { csvOf } from "../copy/csv.js";
import { formatCount } from "../format/number.js";
import { formatTime } from "../format/time.js";
import { formatValue } from "../format/value.js";
import { Empty, Failed, Loading } from "../parts/state.js";
import { change, parameters } from "../url/address.js";
import { ChangeList } from "./change-list.js";
import { EventChanges } from "./event-changes.js";
import type { Panel } from "./panel.js";
import { apiPath } from "../api/ask.js";
import { askedRange } from "../url/asked-range.js";

/** What is different about the selected items. */
export function ChangesTab({ panel }: { panel: Panel }) {
  const { box } = parameters.value;
  if (!box)
    return (
      <Empty title="Select what you ask about">
        <p>
          Drag over the heatmap to select values at a time, or hold Shift and drag over a chart to
          select a time. With keys: focus a chart, then Shift with the left and right arrow.
        </p>
      </Empty>
    );
  return <Found panel={panel} />;
}

function Found({ panel }: { panel: Panel }) {
  const { box, where, since, until } = parameters.value;
  const path = apiPath(["metrics", panel.name, "changes"]);
  const body = { type: panel.type, unit: panel.unit, where, since, until, box };
  const { data, error, isLoading } = useAsked<Changes>(path, body).value;
  return (
    <div class="changes" data-ready={!isLoading}>
      <div class="row">
        <span>
          {formatTime(box!.since)} – {formatTime(box!.until)}
          {box!.min !== undefined &&
            `, ${formatValue(box!.min, panel.unit ?? "none")} – ${formatValue(box!.max, panel.unit ?? "none")}`}
        </span>
        <button type="button" onClick={() => change({ box: undefined })}>
          Clear the selection
        </button>
        <CopyMenu
          command={commandOf(["changes", panel.name], {
            ...askedRange({ since, until }),
            where,
            type: panel.type,
            unit: panel.unit,
            from: box!.since,
            to: box!.until,
            min: box!.min,
            max: box!.max,
          })}
          path={path}
          body={body}
          csv={() => changesCsv(data)}
        />
      </div>
      {error && <Failed error={error} />}
      {isLoading && <Loading what="what changed" />}
      {data && !isLoading && <Result answer={data} />}
    </div>
  );
}

const changesCsv = (answer: Changes | undefined): string =>
  csvOf([
    ["key", "value", "inside", "outside", "p", "items inside", "items outside"],
    ...(answer?.changes ?? []).map(({ key, value, inside, outside, p, items }) => [
      key,
      value,
      inside,
      outside,
      p,
      items.inside,
      items.outside,
    ]),
  ]);

function Result({ answer }: { answer: Changes }) {
  const { outcome, selection, baseline, checked, compared, skipped, sampled, permutations } =
    answer;
  const beside = compared === "same-time" ? "beside them at the same time" : "before";
  return (
    <>
      <p class="outcome" role="status">
        {outcome === "too-little" &&
          `Too little to compare: ${formatCount(selection.items)} selected items and ${formatCount(baseline.items)} ${beside}. At least 20 items and 5 traces are needed on each side.`}
        {outcome === "nothing" &&
          `Nothing separates these ${formatCount(selection.items)} items from the ${formatCount(baseline.items)} ${beside} (${formatCount(checked.keys)} attributes, ${formatCount(checked.values)} values checked).`}
        {outcome === "changed" &&
          `${formatCount(selection.items)} selected items, compared with ${formatCount(baseline.items)} ${beside}:`}
      </p>
      {outcome === "changed" && <ChangeList answer={answer} />}
      <EventChanges events={answer.events} />
      <p class="faint">
        {outcome !== "too-little" &&
          `Checked ${formatCount(checked.values)} values of ${formatCount(checked.keys)} attributes against ${permutations} random arrangements of whole traces. Occurring together is no proof of a cause.`}
        {sampled &&
          ` Read ${formatCount(sampled.read.inside + sampled.read.outside)} of ${formatCount(sampled.stored.inside + sampled.stored.outside)} items.`}
      </p>
      {skipped.length > 0 && (
        <details>
          <summary>Attributes that were not compared: {skipped.length}</summary>
          <ul>
            {skipped.map(({ key, reason, values }) => (
              <li key={key}>
                <span class="name mono">{key}</span>:{" "}
                {REASONS[reason].replace("#", formatCount(values))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const REASONS: Readonly<Record<Changes["skipped"][number]["reason"], string>> = {
  "too-many": "# values are too many",
  rare: "# values, each of them rare",
  same: "every item has the same value",
  "defines-selection": "it follows from the selection itself",
  "not-on-both-sides": "its values occur only on one side",
};
