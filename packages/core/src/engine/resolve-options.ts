import type { Options, Settings } from "../contract/options.js";
import type { PlatformDefaults } from "../contract/platform.js";

/** The options by kind, in the words of `typeof` and with their article. */
const KINDS: Readonly<Record<string, string>> = {
  '"fold" or "drop"': "overflow",
  "a string": "dsn release environment dist tunnel",
  "a string or boolean": "serverName spotlight",
  "a boolean": "enableMetrics sendDefaultPii sendClientReports debug",
  "a function": "beforeSendMetric transport onDrop",
  "an object": "attributes attributeRules transportOptions",
  "a list of functions": "traceSources",
  "a list of objects": "parts volume",
  '"standard", "slim" or a list of names': "defaultAttributes",
  "a number above 0 and at most 1": "sampleRate",
  "a number above 0":
    "maxQueueItems maxQueueBytes maxSeries maxMetricBytes maxInFlight flushInterval sendTimeout",
};

/**
 * Fills in the defaults. Development builds check every option, and report each invalid one by name with
 * the value that is used instead. Production builds of pages check only numbers, silently: they are the
 * bounds of everything.
 */
export function resolveOptions(
  given: Options,
  defaults: PlatformDefaults,
  /** Gets a sentence about each bad option. */
  problems: [text: string, error?: unknown][],
): Settings {
  const settings: Settings & Record<string, unknown> = {
    enableMetrics: true,
    sendClientReports: true,
    flushInterval: 5000,
    sendTimeout: 10_000,
    maxMetricBytes: 2048,
    maxSeries: 2000,
    overflow: "fold",
    ...defaults,
  };
  for (const [name, value] of Object.entries(typeof given === "object" ? given : {})) {
    if (value === undefined || value === null) continue;
    if (__DEV__ ? isGood(name, value) : typeof settings[name] !== "number" || isAmount(value))
      settings[name] = value;
    else if (__DEV__)
      problems.push([
        kindOf(name) === ""
          ? `There is no option "${name}"`
          : `"${name}" must be ${kindOf(name)}; ${JSON.stringify(settings[name]) ?? "nothing"} is used`,
      ]);
  }
  return settings;
}

/** A timer beyond 2^31 - 1 milliseconds would fire at once. */
function isAmount(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value < 2 ** 31;
}

function kindOf(name: string): string {
  const kind = Object.keys(KINDS).find((each) => KINDS[each]?.split(" ").includes(name));
  return kind ?? "";
}

function isGood(name: string, value: unknown): boolean {
  const kind = kindOf(name);
  if (kind === "a number above 0") return isAmount(value);
  if (kind === "a number above 0 and at most 1") return isAmount(value) && (value as number) <= 1;
  if (kind.startsWith("a list of objects")) return Array.isArray(value);
  if (name === "defaultAttributes")
    return value === "standard" || value === "slim" || Array.isArray(value);
  if (kind === "a list of functions")
    return Array.isArray(value) && value.every((each) => typeof each === "function");
  if (name === "overflow") return value === "fold" || value === "drop";
  return kind.includes(typeof value);
}
