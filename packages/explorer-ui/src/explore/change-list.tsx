import type { Change, Changes } from "@spanmeter/explorer/model/changes";
import { formatCount, formatShare } from "../format/number.js";
import { change, parameters } from "../url/address.js";
import { hasValue } from "../url/filters.js";
import { formatMeasure, MeasureLine } from "./change-measure.js";

/** The attribute values that stand out, the clearest first. */
export function ChangeList({ answer }: { answer: Changes }) {
  const { changes, restAfterFirst } = answer;
  return (
    <>
      <MeasureLine answer={answer} />
      <ol class="change-list">
        {changes.map((each) => (
          <li key={`${each.key} ${each.value}`}>
            <Found found={each} answer={answer} />
          </li>
        ))}
      </ol>
      {restAfterFirst && (
        <p class="faint">
          Without the items of the first one ({formatCount(restAfterFirst.items.inside)} remain){" "}
          {restAfterFirst.outcome === "changed"
            ? "the rest still differs: there is more than one cause."
            : restAfterFirst.outcome === "nothing"
              ? "nothing else differs."
              : "too little remains to compare."}
        </p>
      )}
    </>
  );
}

function Found({ found, answer }: { found: Change; answer: Changes }) {
  const {
    key,
    value,
    kind,
    inside,
    outside,
    p,
    items,
    also = [],
    traceIds,
    sampleIds,
    effect,
  } = found;
  const name = `${key} = ${kind === "absent" ? "(not set)" : value}`;
  const [trace] = traceIds;
  return (
    <>
      <p class="row">
        <strong class="name mono">{name}</strong>
        <span>
          {effect
            ? `${formatMeasure(answer, effect.inside)}, before ${formatMeasure(answer, effect.outside)}: ${formatShare(effect.contribution)} of the change`
            : `${formatShare(inside)} of the selected, ${formatShare(outside)} of the others`}
        </span>
        <span class="faint">
          {formatCount(items.inside)} items, p {p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`}
        </span>
      </p>
      <Bars inside={effect?.inside ?? inside} outside={effect?.outside ?? outside} />
      {also.length > 0 && (
        <p class="faint name">
          also {also.map((each) => `${each.key} = ${each.value ?? "(not set)"}`).join(", ")}
        </p>
      )}
      <p class="row">
        {kind !== "range" && (
          <button
            type="button"
            onClick={() => change({ where: [...parameters.value.where, hasValue(key, value)] })}
          >
            Only these
          </button>
        )}
        {trace !== undefined && (
          <button type="button" onClick={() => change({ trace, span: sampleIds[0] })}>
            Open one
          </button>
        )}
      </p>
    </>
  );
}

/** Both numbers as bars: a picture of the text above. Shares fill what they are a part of. */
function Bars({ inside, outside }: { inside: number; outside: number }) {
  const whole = Math.max(1, inside, outside);
  return (
    <div class="share-bars" aria-hidden="true">
      <div class="inside" style={{ width: `${(Math.max(0, inside) / whole) * 100}%` }} />
      <div class="outside" style={{ width: `${(Math.max(0, outside) / whole) * 100}%` }} />
    </div>
  );
}
