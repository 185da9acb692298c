import type { ReceivedItem } from "../../model/received-item.js";
import { asObject, asText, type JsonObject } from "../fields/json.js";
import { toNanos } from "../fields/time.js";

/** What every item of one envelope has in common. */
export interface Origin {
  receivedNs: bigint;
  /** To be added to every timestamp: how far the sender's clock is behind ours, or 0. */
  driftNs: bigint;
  project: string | undefined;
  sdk: string | undefined;
}

/** Relay trusts a clock that is less than 55 minutes off (wire: clock drift needs `sent_at`). */
const TRUSTED_DRIFT_NS = 55n * 60n * 1_000_000_000n;

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

/** The fields of a row that do not depend on the kind of item. */
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
