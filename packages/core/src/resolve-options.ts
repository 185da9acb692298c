import type { Diagnostics } from "./diagnostics.js";
import type { Options } from "./options.js";
import type { Platform } from "./platform.js";

/** Options with every default filled in and every bad value replaced. */
export type Settings = Options & {
  readonly [K in Defaulted]-?: NonNullable<Options[K]>;
};

type Defaulted =
  | "enableMetrics"
  | "sendDefaultPii"
  | "sendClientReports"
  | "flushInterval"
  | "sendTimeout"
  | "maxMetricBytes"
  | "maxQueueItems"
  | "maxQueueBytes"
  | "maxInFlight";

type Kind = readonly [expected: string, isGood: (value: never) => boolean];

const text: Kind = ["text", (value: unknown) => typeof value === "string"];
const flag: Kind = ["true or false", (value: unknown) => typeof value === "boolean"];
const fn: Kind = ["a function", (value: unknown) => typeof value === "function"];
const object: Kind = ["an object", (value: unknown) => typeof value === "object"];
const amount: Kind = ["a number above 0", (value: number) => Number.isFinite(value) && value > 0];

const KINDS: Readonly<Partial<Record<keyof Options, Kind>>> = {
  dsn: text,
  release: text,
  environment: text,
  serverName: ["text or false", (value: unknown) => typeof value === "string" || value === false],
  enableMetrics: flag,
  attributes: object,
  beforeSendMetric: fn,
  sendDefaultPii: flag,
  tunnel: text,
  transport: fn,
  transportOptions: object,
  spotlight: [
    "true, false or a URL",
    (value: unknown) => typeof value === "boolean" || typeof value === "string",
  ],
  traceSources: [
    "a list of functions",
    (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === "function"),
  ],
  maxQueueItems: amount,
  maxQueueBytes: amount,
  maxMetricBytes: amount,
  maxInFlight: amount,
  flushInterval: amount,
  sendTimeout: amount,
  onDrop: fn,
  sendClientReports: flag,
  debug: flag,
};

/** Tells each bad option once, by name, with the value that is used instead. */
export function resolveOptions(
  given: Options,
  { defaults }: Platform,
  diagnostics: Diagnostics,
): Settings {
  const settings: Settings = {
    enableMetrics: true,
    sendDefaultPii: false,
    sendClientReports: true,
    flushInterval: 5000,
    sendTimeout: 10_000,
    maxMetricBytes: 2048,
    maxQueueItems: defaults.maxQueueItems,
    maxQueueBytes: defaults.maxQueueBytes,
    maxInFlight: defaults.maxInFlight,
    serverName: defaults.serverName,
  };
  for (const key of Object.keys(KINDS) as (keyof Options)[]) {
    const value = given[key];
    const [expected, isGood] = KINDS[key] as Kind;
    if (value === undefined || value === null) continue;
    if (isGood(value as never)) Object.assign(settings, { [key]: value });
    else
      diagnostics.error(
        `The option "${key}" must be ${expected}; ${JSON.stringify(settings[key]) ?? "nothing"} is used instead.`,
      );
  }
  return settings;
}
