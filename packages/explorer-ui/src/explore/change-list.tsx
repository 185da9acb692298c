import type { Change, Changes } from "@spanmeter/explorer/model/changes";
import { formatChange, formatCount, formatShare } from "../format/number.js";
import { change, parameters } from "../url/address.js";
import { hasValue } from "./filters.js";

/** The attribute values that stand out, the clearest first. */
export function ChangeList({ answer: { changes, restAfterFirst } }: { answer: Changes }) {
  return (
    <>
      <ol class="change-list">
        {changes.map((each) => (
          <li key={`${each.key} ${each.value}`}>
            <Found found={each} />
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

function Found({ found }: { found: Change }) {
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
          {formatShare(inside)} of the selected, {formatShare(outside)} of the others
        </span>
        {effect && (
          <span class="faint">
            {formatChange(effect.inside / (effect.outside || 1))} in this group
          </span>
        )}
        <span class="faint">
          {formatCount(items.inside)} items, p {p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`}
        </span>
      </p>
      <Bars inside={inside} outside={outside} />
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

/** Both shares as bars: a picture of the numbers beside them. */
function Bars({ inside, outside }: { inside: number; outside: number }) {
  return (
    <div class="share-bars" aria-hidden="true">
      <div class="inside" style={{ width: `${inside * 100}%` }} />
      <div class="outside" style={{ width: `${outside * 100}%` }} />
    </div>
  );
}
