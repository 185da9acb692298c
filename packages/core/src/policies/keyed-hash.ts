import type { ChangeAttribute } from "../contract/volume.js";
import { encodeWithoutEncoder } from "../engine/runtime.js";
import { matchNames, type AttributeNames } from "./attribute-rules.js";
import { sipHash } from "./sip-hash.js";

/** Rules are made before a client brings a platform. */
const host = globalThis as { console?: { error(...words: unknown[]): void } };

/** Which attributes are hashed, and with which secret. */
export interface KeyedHashOptions {
  /**
   * Text that nobody else knows: without it, who has the hash of a known id cannot find its other metrics. Equal
   * secrets give equal hashes in each process and page; in a page a secret can be read by its visitors.
   */
  readonly secret: string;
  /** The names of attributes; in a text `*` stands for any characters. */
  readonly attributes: AttributeNames;
}

/**
 * Replaces values such as the ids of users by 16 hex digits (SipHash-2-4, https://www.aumasson.jp/siphash/): equal
 * values stay equal, so that they can still be counted and compared.
 *
 * @example
 * attributeRules({ hash: keyedHash({ secret: process.env.HASH_SECRET, attributes: ["user.id"] }) })
 */
export function keyedHash({ secret, attributes }: KeyedHashOptions): ChangeAttribute {
  const isHashed = matchNames(attributes);
  if (typeof secret !== "string" || !secret) return leaveOut(isHashed);
  const key = [1, 2].flatMap((half) => sipHash([half, 0, 0, 0], encodeWithoutEncoder(secret)));
  return (name, value) =>
    isHashed(name)
      ? sipHash(key, encodeWithoutEncoder(String(value)))
          .map((word) => word.toString(16).padStart(8, "0"))
          .reverse()
          .join("")
      : value;
}

/** Without a secret the values must not be sent, and an application must not fail at its start. */
function leaveOut(isHashed: (name: string) => boolean): ChangeAttribute {
  try {
    host.console?.error(
      "[spanmeter] keyedHash() needs a secret, text that is not empty: the attributes are left out.",
    );
  } catch {
    // A console that an application replaced may throw.
  }
  return (name, value) => (isHashed(name) ? undefined : value);
}
