import { useSignal } from "@preact/signals";
import type { Item } from "@spanmeter/explorer/model/item";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { formatTime } from "../format/time.js";
import { formatMs, formatValue } from "../format/value.js";
import { Failed, Loading } from "../parts/state.js";
import { AttributeTable, type Attribute } from "./attribute-table.js";

/** A stored item never changes. */
const never = (): boolean => false;
const MAX_DETAIL = 20_000;

interface DetailProps {
  readonly id: string;
  /** The item of the span that recorded a metric: attributes that both have are hidden. */
  readonly spanItemId: string | undefined;
}

/** Everything that is known of one item. */
export function ItemDetail({ id, spanItemId }: DetailProps) {
  const path = apiPath(["items", id]);
  const answer = useAnswer<Item>(path, never).value;
  const span = useAnswer<Item>(spanItemId && apiPath(["items", spanItemId]), never).value.data;
  const showsAll = useSignal(false);
  const item = answer.data;
  if (item === undefined)
    return answer.error ? <Failed error={answer.error} /> : <Loading what="the item" />;
  const attributes = Object.entries(item.attributes);
  const own = attributes.filter(
    ([key, value]) => JSON.stringify(span?.attributes[key]) !== JSON.stringify(value),
  );
  const repeated = attributes.length - own.length;
  return (
    <section aria-label="Selected item" class="detail" data-item={item.id}>
      <h3>
        <span class="faint">{item.kind}</span> <span class="name">{item.name}</span>
      </h3>
      {item.notes.map((note) => (
        <p key={`${note.code} ${note.field}`} class={item.verdict === "dropped" ? "bad" : "warn"}>
          {item.verdict}: <span class="name">{note.message}</span>
        </p>
      ))}
      <AttributeTable
        caption="Attributes"
        attributes={showsAll.value ? attributes : own}
        canFilter
      />
      {repeated > 0 && (
        <button type="button" class="small" onClick={() => (showsAll.value = !showsAll.value)}>
          {showsAll.value ? "Hide" : "Show"} {repeated} that its span has, too
        </button>
      )}
      <AttributeTable caption="Fields" attributes={fieldsOf(item)} />
      {item.detail !== undefined && (
        <pre tabIndex={0} aria-label="Further data">
          {JSON.stringify(item.detail, null, 2).slice(0, MAX_DETAIL)}
        </pre>
      )}
    </section>
  );
}

function fieldsOf(item: Item): Attribute[] {
  const { value, unit = "none", durationMs, weight } = item;
  const fields: Record<string, string | undefined> = {
    time: formatTime(item.time),
    duration: durationMs === undefined ? undefined : formatMs(durationMs),
    value: value === undefined ? undefined : formatValue(value, unit),
    weight: weight === 1 ? undefined : String(weight),
    type: item.type,
    level: item.level,
    status: item.status,
    span: item.spanId,
    parent: item.parentSpanId,
    sdk: item.sdk,
    project: item.project,
  };
  return Object.entries(fields).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
}
