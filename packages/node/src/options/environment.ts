import type { Platform } from "@spanmeter/core";

/** The options that environment variables name. Each may be absent. */
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
  const dsn = textOf(env["SENTRY_DSN"]);
  const release = textOf(env["SENTRY_RELEASE"]);
  const environment = textOf(env["SENTRY_ENVIRONMENT"]);
  const spotlight = booleanOrUrl(textOf(env["SENTRY_SPOTLIGHT"]));
  return {
    ...(dsn !== undefined && { dsn }),
    ...(release !== undefined && { release }),
    ...(environment !== undefined && { environment }),
    ...(spotlight !== undefined && { spotlight }),
  };
}

/**
 * Adds the environment to the defaults of a platform. Options of a Sentry SDK take precedence over it,
 * and options of the client over both.
 */
export function withDefaults(platform: Platform, environment: Environment): Platform {
  return { ...platform, defaults: { ...platform.defaults, ...environment } };
}

/**
 * Resolves `spotlight` as Sentry's SDKs do: an option of `false` or a URL wins; an option of `true`
 * takes the URL of the environment, if there is one.
 */
export function resolveSpotlight(
  option: boolean | string | undefined,
  environment: boolean | string | undefined,
): boolean | string | undefined {
  if (option === undefined) return environment;
  return option === true && typeof environment === "string" ? environment : option;
}

/** An empty variable, such as `SENTRY_DSN=` in a shell script or a `.env` file, counts as absent. */
function textOf(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

function booleanOrUrl(value: string | undefined): boolean | string | undefined {
  if (value === undefined) return undefined;
  const word = value.toLowerCase();
  if (TRUTHY.has(word)) return true;
  return FALSY.has(word) ? false : value;
}
