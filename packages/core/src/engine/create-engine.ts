import type { Counts, Engine } from "../contract/engine.js";
import type { Options, Settings } from "../contract/options.js";
import type { Platform } from "../contract/platform.js";
import { createDiagnostics } from "./diagnostics.js";
import { createGuard } from "./guard.js";
import { resolveOptions } from "./resolve-options.js";
import { createRuntime } from "./runtime.js";
import { VERSION } from "./version.js";

/** Makes the engine of one client. Options that cannot be read turn metrics off; it never throws. */
export function createEngine(
  options: Options,
  platform: Platform,
  counts: Counts,
  { isClosed, refreshSettings }: Pick<Engine, "isClosed" | "refreshSettings">,
): Engine {
  let debug: boolean | undefined;
  let settings = { enableMetrics: false } as Settings;
  let failure: unknown;
  try {
    ({ debug } = options);
  } catch (error) {
    failure = error;
  }
  const diagnostics = createDiagnostics(platform, debug);
  try {
    if (failure) throw failure;
    settings = resolveOptions(options, platform.defaults, diagnostics);
  } catch (error) {
    diagnostics.error("metrics are off", error);
  }
  const guard = createGuard(counts, diagnostics.error);
  return {
    ...diagnostics,
    ...createRuntime(platform, guard),
    platform,
    settings,
    sdk: { name: platform.sdkName, version: VERSION },
    guard,
    isClosed,
    refreshSettings,
  };
}
