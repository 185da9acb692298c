import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bundles a script of `test/fixtures` with the built packages that the export conditions select. */
export async function bundle(
  name: string,
  outfile: string,
  conditions: readonly string[],
  define: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await build({
    entryPoints: [here(`../fixtures/${name}.ts`)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    mainFields: ["module", "main"],
    conditions: [...conditions],
    external: ["node:*", "cloudflare:*"],
    logLevel: "error",
    define: Object.fromEntries(
      Object.entries(define).map(([key, value]) => [key, JSON.stringify(value)]),
    ),
    // The packages as they are published, not their sources.
    tsconfigRaw: {},
  });
}
