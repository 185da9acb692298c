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

test("the check for imports sees each way to write one", () => {
  const text = `import a from "a"; import 'b'; require("c"); import("d"); process.getBuiltinModule("e");`;
  expect(importsOf(text)).toEqual(["a", "b", "c", "d", "e"]);
});

test.for(PUBLISHED)("@spanmeter/%s names node's modules by node: alone", (name) => {
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

/** Bundles an import of everything, as a bundler without knowledge of node does, and tells what it left outside. */
async function outsideOf(name: string, conditions: string[]): Promise<string[]> {
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

test.for(["browser", "node"])(
  "a bundler that knows node: alone bundles @spanmeter/%s",
  async (name) => {
    const outside = await outsideOf(name, []);
    expect(outside.filter((path) => !path.startsWith("node:"))).toEqual([]);
  },
);

test.for(["edge-light", "workerd", "worker"])(
  "@spanmeter/node needs nothing of node under the condition %s",
  async (condition) => {
    expect(await outsideOf("node", [condition])).toEqual([]);
  },
);

test("the edge build has the names of the node build, in both module systems", async () => {
  const names = async (file: string): Promise<string[]> =>
    Object.keys((await import(join(packages, "node/dist", file))) as object)
      .filter((name) => name !== "default" && name !== "module.exports")
      .sort();
  const wanted = await names("index.js");
  expect(wanted).toContain("withFlush");
  expect(await names("edge.js")).toEqual(wanted);
  expect(await names("edge.cjs")).toEqual(wanted);
});
