import type { Diagnostics } from "./diagnostics.js";
import type { Options } from "./options.js";
import type { PlatformDefaults } from "./platform.js";

/** Options with every default filled in and every bad value replaced. */
export type Settings = Options & {
  readonly [K in Defaulted]-?: NonNullable<Options[K]>;
};

type Defaulted =
  | "enableMetrics"
  | "sendClientReports"
  | "flushInterval"
  | "sendTimeout"
  | "maxMetricBytes"
  | "maxQueueItems"
  | "maxQueueBytes"
  | "maxInFlight";

/** The kinds an option may be of, by the words of `typeof`. */
const KINDS: Readonly<Record<keyof Options, string>> = {
  dsn: "string",
  release: "string",
  environment: "string",
  serverName: "string or false",
  enableMetrics: "boolean",
  attributes: "object",
  beforeSendMetric: "function",
  sendDefaultPii: "boolean",
  tunnel: "string",
  transport: "function",
  transportOptions: "object",
  spotlight: "string or boolean",
  traceSources: "array of functions",
  maxQueueItems: "number",
  maxQueueBytes: "number",
  maxMetricBytes: "number",
  maxInFlight: "number",
  flushInterval: "number",
  sendTimeout: "number",
  onDrop: "function",
  sendClientReports: "boolean",
  debug: "boolean",
};

/** The longest time a timer can wait; beyond it, timers fire at once. */
const MAX_NUMBER = 2 ** 31 - 1;

function isGood(kind: string, value: unknown): boolean {
  // Every number among the options is an amount: of time, bytes or things.
  if (kind === "number") return (value as number) > 0 && (value as number) <= MAX_NUMBER;
  if (kind.startsWith("array"))
    return Array.isArray(value) && value.every((each) => typeof each === "function");
  return kind.includes(typeof value) || (value === false && kind.endsWith("false"));
}

/** Tells each bad option once, by name, with the value that is used instead. */
export function resolveOptions(
  given: Options,
  { maxQueueItems, maxQueueBytes, maxInFlight, serverName }: PlatformDefaults,
  diagnostics: Diagnostics,
): Settings {
  const settings: Settings & Record<string, unknown> = {
    enableMetrics: true,
    sendClientReports: true,
    flushInterval: 5000,
    sendTimeout: 10_000,
    maxMetricBytes: 2048,
    maxQueueItems,
    maxQueueBytes,
    maxInFlight,
    serverName,
  };
  for (const [key, kind] of Object.entries(KINDS)) {
    const value = given[key as keyof Options];
    if (value === undefined || value === null) continue;
    if (isGood(kind, value)) settings[key] = value;
    else
      diagnostics.error(
        `The option "${key}" must be of type ${kind}${kind === "number" ? " and above 0" : ""}; ` +
          `${settings[key] === undefined ? "it is left out" : `${String(settings[key])} is used`} instead.`,
      );
  }
  return settings;
}
