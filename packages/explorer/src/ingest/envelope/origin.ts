import type { ReceivedItem } from "../../model/received-item.js";
import { asObject, asText, type JsonObject } from "../fields/json.js";
import { toNanos } from "../fields/time.js";

/** The properties that all items of one envelope share. */
export interface Origin {
  /** Time at which the explorer received the envelope, in nanoseconds since the epoch. */
  receivedNs: bigint;
  /** Nanoseconds to add to every timestamp because the clock of the sender is wrong, or 0. */
  driftNs: bigint;
  /** Project id from the URL or the DSN. */
  project: string | undefined;
  /** `name/version` of the SDK. */
  sdk: string | undefined;
}

/** Relay corrects clocks that are at least 55 minutes wrong, by the `sent_at` of the envelope. */
const TRUSTED_DRIFT_NS = 55n * 60n * 1_000_000_000n;

/** Reads the properties that all items of an envelope share from its header. */
export function readOrigin(
  header: JsonObject,
  project: string | undefined,
  receivedNs: bigint,
): Origin {
  const sdk = asObject(header["sdk"]);
  const name = asText(sdk["name"]);
  return {
    receivedNs,
    driftNs: driftOf(toNanos(header["sent_at"]), receivedNs),
    project: project ?? projectOfDsn(header["dsn"]),
    sdk: name && [name, asText(sdk["version"])].filter(Boolean).join("/"),
  };
}

function driftOf(sentNs: bigint | undefined, receivedNs: bigint): bigint {
  if (sentNs === undefined) return 0n;
  const drift = receivedNs - sentNs;
  const distance = drift < 0n ? -drift : drift;
  return distance >= TRUSTED_DRIFT_NS ? drift : 0n;
}

function projectOfDsn(dsn: unknown): string | undefined {
  if (typeof dsn !== "string" || !URL.canParse(dsn)) return undefined;
  return asText(new URL(dsn).pathname.split("/").pop());
}

/** Creates the fields of a received item that do not depend on its kind. */
export function baseItem(origin: Origin): Omit<ReceivedItem, "kind" | "name"> {
  return {
    verdict: "accepted",
    notes: [],
    receivedNs: origin.receivedNs,
    timeNs: origin.receivedNs,
    project: origin.project,
    sdk: origin.sdk,
    weight: 1,
    attributes: {},
  };
}
