import type { RelayNote } from "../../model/note-code.js";
import type { ReceivedItem } from "../../model/received-item.js";
import { readClientReport } from "./client-report.js";
import { readContainer } from "../envelope/container.js";
import type { EnvelopeItem } from "../envelope/envelope.js";
import { readError } from "./error.js";
import { parseObject, READABLE, readCount, type JsonObject } from "../fields/json.js";
import { readLog } from "./log.js";
import { readMetric } from "../metrics/metric.js";
import { baseItem, type Origin } from "../envelope/origin.js";
import { readPlainSpan, readSpan } from "./span.js";
import { readTransaction } from "./transaction.js";

type ReadEntry = (entry: unknown, origin: Origin) => ReceivedItem;
type ReadObject = (payload: JsonObject, origin: Origin) => ReceivedItem[];

interface ContainerType {
  contentType: string;
  read: ReadEntry;
}

const CONTAINERS = new Map<string, ContainerType>([
  [
    "trace_metric",
    { contentType: "application/vnd.sentry.items.trace-metric+json", read: readMetric },
  ],
  ["span", { contentType: "application/vnd.sentry.items.span.v2+json", read: readSpan }],
  ["log", { contentType: "application/vnd.sentry.items.log+json", read: readLog }],
]);

const OBJECTS = new Map<string, ReadObject>([
  ["transaction", readTransaction],
  ["event", (event, origin) => [readError(event, origin)]],
  ["client_report", readClientReport],
]);

/**
 * Reads one item of an envelope.
 * @param refused - why the whole envelope was refused; all received items are then dropped
 */
export function readItem(item: EnvelopeItem, origin: Origin, refused?: RelayNote): ReceivedItem[] {
  const received = readPayload(item, origin);
  return refused === undefined ? received : refuseAll(item, origin, { received, note: refused });
}

function readPayload(item: EnvelopeItem, origin: Origin): ReceivedItem[] {
  // Browser SDKs up to 10 send single spans as bare items without a content type.
  if (item.type === "span" && item.header["content_type"] === undefined) {
    return readObject(item, origin, (span) => [readPlainSpan(span, origin)]);
  }
  const container = CONTAINERS.get(item.type);
  if (container !== undefined) return readEntries(item, origin, container);
  const object = OBJECTS.get(item.type);
  return object ? readObject(item, origin, object) : [countOnly(item, origin)];
}

function readEntries(item: EnvelopeItem, origin: Origin, type: ContainerType): ReceivedItem[] {
  const { entries, refused } = readContainer(item, type.contentType);
  const received = entries.map((entry) => type.read(entry, origin));
  return refused === undefined ? received : refuseAll(item, origin, { received, note: refused });
}

function readObject(item: EnvelopeItem, origin: Origin, read: ReadObject): ReceivedItem[] {
  const payload = parseObject(item.payload);
  if (payload !== undefined) return read(payload, origin);
  const message = `The payload must be ${READABLE}`;
  return [refusedContainer(item, origin, { code: "payload_invalid", message })];
}

/** The refusal is a received item, too, so that it is visible when no entry could be read. */
function refuseAll(
  item: EnvelopeItem,
  origin: Origin,
  all: { received: ReceivedItem[]; note: RelayNote },
): ReceivedItem[] {
  const drop = (received: ReceivedItem): ReceivedItem => ({
    ...received,
    verdict: "dropped",
    notes: [...received.notes, all.note],
  });
  return [refusedContainer(item, origin, all.note), ...all.received.map(drop)];
}

function refusedContainer(item: EnvelopeItem, origin: Origin, note: RelayNote): ReceivedItem {
  return { ...countOnly(item, origin), kind: "container", verdict: "dropped", notes: [note] };
}

/** Sessions, replays, attachments and unknown item types are only counted. */
function countOnly(item: EnvelopeItem, origin: Origin): ReceivedItem {
  return {
    ...baseItem(origin),
    kind: "other",
    name: item.type,
    value: readCount(item.header["item_count"]) ?? 1,
    bytes: item.payload.length,
  };
}
