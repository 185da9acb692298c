import type { Counts, Engine } from "../contract/engine.js";
import type { Options, Settings } from "../contract/options.js";
import type { PlatformServices } from "../contract/platform.js";
import { createDiagnostics } from "./diagnostics.js";
import { createGuard } from "./guard.js";
import { resolveOptions } from "./resolve-options.js";
import { createRuntime } from "./runtime.js";
import { countTimesFrom } from "./waiting-metric.js";
import { VERSION } from "./version.js";

/** Makes the engine of one client. Options that cannot be read turn metrics off; it never throws. */
export function createEngine(
  options: Options,
  platform: PlatformServices,
  counts: Counts,
  { isClosed, refreshSettings }: Pick<Engine, "isClosed" | "refreshSettings">,
): Engine {
  /** Logged as soon as it is known whether to `debug`. */
  const problems: [text: string, error?: unknown][] = [];
  let settings = {} as Settings;
  try {
    settings = resolveOptions(options, platform.defaults, problems);
  } catch (error) {
    problems.push(["metrics are off", error]);
  }
  const diagnostics = createDiagnostics(platform, settings.debug);
  for (const problem of problems) diagnostics.error(...problem);
  const guard = createGuard(counts, diagnostics.error);
  const runtime = createRuntime(platform, guard);
  countTimesFrom(runtime.now());
  return {
    ...diagnostics,
    ...runtime,
    platform,
    settings,
    sdk: { name: platform.sdkName, version: VERSION },
    guard,
    isClosed,
    refreshSettings,
  };
}
