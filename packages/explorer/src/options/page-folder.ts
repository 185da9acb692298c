import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Beside the bundle; the second one is for sources that run as they are. */
const PLACES = ["./page", "../../dist/page"];

/** Returns the folder of the built page; `undefined` when it was not built. */
export function pageFolder(): string | undefined {
  return PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
}
