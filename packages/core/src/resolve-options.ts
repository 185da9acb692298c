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

/** The options by kind, in the words of `typeof`; every number is an amount. */
const KINDS: Readonly<Record<string, string>> = {
  string: "dsn release environment tunnel",
  "string or boolean": "serverName spotlight",
  boolean: "enableMetrics sendDefaultPii sendClientReports debug",
  function: "beforeSendMetric transport onDrop",
  object: "attributes transportOptions traceSources",
  "number above 0":
    "maxQueueItems maxQueueBytes maxMetricBytes maxInFlight flushInterval sendTimeout",
};

/** Tells each bad option once, by name, with the value that is used instead. */
export function resolveOptions(
  given: Options,
  defaults: PlatformDefaults,
  diagnostics: Diagnostics,
): Settings {
  const settings: Settings & Record<string, unknown> = {
    enableMetrics: true,
    sendClientReports: true,
    flushInterval: 5000,
    sendTimeout: 10_000,
    maxMetricBytes: 2048,
    ...defaults,
  };
  for (const [kind, names] of Object.entries(KINDS))
    for (const name of names.split(" ")) {
      const value = given[name as keyof Options] ?? undefined;
      // A timer beyond 2^31 - 1 milliseconds would fire at once.
      const isAmount = typeof value !== "number" || (value > 0 && value < 2 ** 31);
      if (kind.includes(typeof value) && isAmount) settings[name] = value;
      else if (value !== undefined)
        diagnostics.error(
          `"${name}" must be a ${kind}; ${JSON.stringify(settings[name]) ?? "nothing"} is used`,
        );
    }
  if (__DEV__ && typeof given === "object") {
    const known = Object.values(KINDS).join(" ").split(" ");
    for (const name of Object.keys(given))
      if (!known.includes(name))
        diagnostics.warn(`option ${name}`, `There is no option "${name}"; it was ignored.`);
    const { traceSources } = settings;
    const isList =
      Array.isArray(traceSources) && traceSources.every((each) => typeof each === "function");
    if (traceSources && !isList) {
      diagnostics.error(`"traceSources" must be a list of functions; the platform's are used`);
      delete settings["traceSources"];
    }
  }
  return settings;
}
