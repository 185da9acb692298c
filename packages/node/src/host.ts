import { hostname } from "node:os";

/**
 * The environment of the process. A variable that cannot be read counts as absent: Deno refuses each one
 * that `--allow-env` does not name.
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

/** The name of this machine; `undefined` where it may not be asked (Deno without `--allow-sys`). */
export function hostName(): string | undefined {
  try {
    return hostname();
  } catch {
    return undefined;
  }
}
