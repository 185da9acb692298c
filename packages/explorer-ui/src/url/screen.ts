/** A screen, with the thing that it shows. */
export type Screen =
  | { readonly at: "home" | "traces" | "live" | "lint" | "cost" }
  | { readonly at: "metric"; readonly name: string }
  | { readonly at: "trace"; readonly id: string }
  | { readonly at: "unknown"; readonly path: string };

const PLAIN = {
  "/": "home",
  "/traces": "traces",
  "/live": "live",
  "/lint": "lint",
  "/cost": "cost",
} as const;

/** Reads the path of an address. */
export function readScreen(path: string): Screen {
  const plain = PLAIN[path as keyof typeof PLAIN];
  if (plain) return { at: plain };
  const [, room, rest] = /^\/(metrics|traces)\/([^/]+)$/.exec(path) ?? [];
  const name = rest && decode(rest);
  if (!name) return { at: "unknown", path };
  return room === "metrics" ? { at: "metric", name } : { at: "trace", id: name };
}

/** Returns the path of a screen. */
export function pathOf(screen: Screen): string {
  if (screen.at === "metric") return `/metrics/${encodeURIComponent(screen.name)}`;
  if (screen.at === "trace") return `/traces/${encodeURIComponent(screen.id)}`;
  if (screen.at === "unknown") return screen.path;
  return screen.at === "home" ? "/" : `/${screen.at}`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
