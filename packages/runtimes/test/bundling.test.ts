import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const packages = join(import.meta.dirname, "../..");
const PUBLISHED = ["core", "browser", "node", "explorer"];

/** The modules that a built file imports, requires or loads. */
const IMPORTED =
  /(?:\bfrom|\bimport|\brequire\(|\bimport\(|getBuiltinModule\()\s*["']([^"'\s]+)["']/g;
const importsOf = (text: string): string[] => [...text.matchAll(IMPORTED)].map(([, name]) => name!);

test("the check for imports finds each kind of import", () => {
  const text = `import a from "a"; import 'b'; require("c"); import("d"); process.getBuiltinModule("e");`;
  expect(importsOf(text)).toEqual(["a", "b", "c", "d", "e"]);
});

test.for(PUBLISHED)("@spanmeter/%s imports node's modules with the prefix node: only", (name) => {
  const dist = join(packages, name, "dist");
  const files = readdirSync(dist).filter((file) => /\.[cm]?js$/.test(file));
  const bare = files.flatMap((file) =>
    importsOf(readFileSync(join(dist, file), "utf8"))
      .filter((module) => isBuiltin(module) && !module.startsWith("node:"))
      .map((module) => `${file}: ${module}`),
  );
  expect(files).not.toEqual([]);
  expect(bare).toEqual([]);
});

/** Bundles an import of everything, as a bundler without support for node. Resolves with its external modules. */
async function externalsOf(name: string, conditions: string[]): Promise<string[]> {
  const { metafile } = await build({
    stdin: {
      contents: `export * from "@spanmeter/${name}"`,
      resolveDir: join(import.meta.dirname, ".."),
    },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["node:*"],
    conditions,
    logLevel: "error",
    tsconfigRaw: {},
  });
  return Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
}

test.for(["browser", "browser/sentry", "node", "node/sentry"])(
  "a bundler that recognises only the prefix node: bundles @spanmeter/%s",
  async (name) => {
    const externals = await externalsOf(name, []);
    expect(externals.filter((path) => !path.startsWith("node:"))).toEqual([]);
  },
);

test.for(
  ["node", "node/sentry"].flatMap((name) =>
    ["edge-light", "workerd", "worker"].map((condition) => ({ name, condition })),
  ),
)(
  "@spanmeter/$name imports no module of node under the condition $condition",
  async ({ name, condition }) => {
    expect(await externalsOf(name, [condition])).toEqual([]);
  },
);

test.for([
  { ofNode: "index.js", atTheEdge: ["edge.js", "edge.cjs"], one: "withFlush" },
  {
    ofNode: "sentry.js",
    atTheEdge: ["edge-sentry.js", "edge-sentry.cjs"],
    one: "spanmeterIntegration",
  },
])(
  "$atTheEdge export the names of $ofNode, in both module systems",
  async ({ ofNode, atTheEdge, one }) => {
    const names = async (file: string): Promise<string[]> =>
      Object.keys((await import(join(packages, "node/dist", file))) as object)
        .filter((name) => name !== "default" && name !== "module.exports")
        .sort();
    const expected = await names(ofNode);
    expect(expected).toContain(one);
    for (const file of atTheEdge) expect(await names(file)).toEqual(expected);
  },
);
