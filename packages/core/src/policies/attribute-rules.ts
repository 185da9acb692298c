import type { AttributeRules, ChangeAttribute } from "../contract/volume.js";
import { patternOf } from "./pattern.js";
import { createVolume } from "./volume.js";

/** Names of attributes; in a text `*` stands for any characters. */
export type AttributeNames = readonly (string | RegExp)[];

/** Which attributes are sent, and how. */
export interface AttributeRuleOptions {
  /**
   * The only attributes to send. Those of Sentry (`sentry.*`) are sent as well.
   *
   * @default all
   */
  readonly allow?: AttributeNames | undefined;
  /**
   * Attributes to leave out.
   *
   * @default none
   */
  readonly deny?: AttributeNames | undefined;
  /**
   * Attributes whose values are replaced by a hash, made by `keyedHash()`; any function that returns the value to
   * send is as good.
   *
   * @default none
   */
  readonly hash?: ChangeAttribute | undefined;
}

/**
 * Makes rules about attributes, for the option of a client or of one of its `volume` rules. They are applied once to
 * each set of attributes that recurs.
 *
 * @example
 * attributeRules({ deny: ["http.url"], hash: keyedHash({ secret, attributes: ["user.id"] }) })
 */
export function attributeRules({ allow, deny, hash }: AttributeRuleOptions): AttributeRules {
  const isAllowed = allow && matchNames(allow);
  const isDenied = matchNames(deny ?? []);
  function change(...[key, value]: Parameters<ChangeAttribute>): ReturnType<ChangeAttribute> {
    if (isDenied(key)) return undefined;
    if (isAllowed && !isAllowed(key) && !key.startsWith("sentry.")) return undefined;
    return hash ? hash(key, value) : value;
  }
  return { change, createVolume };
}

/** Makes a test of names. */
export function matchNames(names: AttributeNames): (name: string) => boolean {
  const exact = new Set<unknown>();
  const patterns: RegExp[] = [];
  for (const name of names)
    if (typeof name !== "string")
      patterns.push(new RegExp(name.source, name.flags.replace(/[gy]/g, "")));
    else if (name.includes("*")) patterns.push(patternOf(name));
    else exact.add(name);
  return (name) => exact.has(name) || patterns.some((pattern) => pattern.test(name));
}
