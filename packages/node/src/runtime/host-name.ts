import { hostname } from "node:os";

/** The name of this machine; `undefined` where reading it is forbidden (Deno without `--allow-sys`). */
export function hostName(): string | undefined {
  try {
    return hostname();
  } catch {
    return undefined;
  }
}
