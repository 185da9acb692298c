import type { Platform } from "@spanmeter/core";

/** What the process environment says; every part may be absent. */
export interface Environment {
  readonly dsn?: string;
  readonly release?: string;
  readonly environment?: string;
  readonly spotlight?: boolean | string;
}

const TRUTHY = new Set(["true", "t", "y", "yes", "on", "1"]);
const FALSY = new Set(["false", "f", "n", "no", "off", "0"]);

/**
 * The environment of the process. A variable that cannot be read counts as absent: Deno refuses each one
 * that `--allow-env` does not name, and some edge runtimes have no `process`.
 */
export function environment(): NodeJS.ProcessEnv {
  return new Proxy<NodeJS.ProcessEnv>({}, { get: (_, name) => readVariable(name as string) });
}

function readVariable(name: string): string | undefined {
  try {
    return process.env[name];
  } catch {
    return undefined;
  }
}

/** Reads `SENTRY_DSN`, `SENTRY_RELEASE`, `SENTRY_ENVIRONMENT` and `SENTRY_SPOTLIGHT`. */
export function readEnvironment(env: NodeJS.ProcessEnv = environment()): Environment {
  const dsn = text(env["SENTRY_DSN"]);
  const release = text(env["SENTRY_RELEASE"]);
  const environment = text(env["SENTRY_ENVIRONMENT"]);
  const spotlight = switchOrUrl(text(env["SENTRY_SPOTLIGHT"]));
  return {
    ...(dsn !== undefined && { dsn }),
    ...(release !== undefined && { release }),
    ...(environment !== undefined && { environment }),
    ...(spotlight !== undefined && { spotlight }),
  };
}

/** What the environment names is weaker than the options of a Sentry SDK, which are weaker than ours. */
export function withDefaults(platform: Platform, environment: Environment): Platform {
  return { ...platform, defaults: { ...platform.defaults, ...environment } };
}

/**
 * As Sentry's SDKs resolve it: an option that says no or names a URL stands; an option that only says
 * yes takes the URL of the environment, when there is one.
 */
export function resolveSpotlight(
  option: boolean | string | undefined,
  environment: boolean | string | undefined,
): boolean | string | undefined {
  if (option === undefined) return environment;
  return option === true && typeof environment === "string" ? environment : option;
}

/** `SENTRY_DSN=` in a shell script or a `.env` file means that there is none. */
function text(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

function switchOrUrl(value: string | undefined): boolean | string | undefined {
  if (value === undefined) return undefined;
  const word = value.toLowerCase();
  if (TRUTHY.has(word)) return true;
  return FALSY.has(word) ? false : value;
}
