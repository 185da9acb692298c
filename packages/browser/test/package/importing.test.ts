import { readFile } from "node:fs/promises";
import { SourceMap, type SourceMapPayload, type SourceMapping } from "node:module";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { bundle } from "../support/bundle.js";

/** Bundles a built file without aliases to the sources. */
const fromDist = (path: string): Promise<string> =>
  bundle(path, { tsconfigRaw: {}, define: {}, treeShaking: false });

/** Globals of the language, such as `Symbol`: reading them has no side effects. */
const language = new Set(runInNewContext("Object.getOwnPropertyNames(globalThis)") as string[]);
language.delete("console");

/** Runs a script and returns the names of the globals that it read, called or set. */
function globalsTouchedBy(code: string): string[] {
  const touched = new Set<string>();
  const surroundings = new Proxy(
    {},
    {
      has: (_, name) => typeof name === "string" && !language.has(name),
      get: (_, name) => {
        if (typeof name === "string") touched.add(name);
      },
      set: (_, name) => Boolean(touched.add(String(name))),
    },
  );
  // oxlint-disable-next-line typescript/no-implied-eval -- `with` is the one way to see every name a script looks up
  new Function("surroundings", `with (surroundings) {\n${code}\n}`)(surroundings);
  return [...touched].sort();
}

test("the check for globals detects a read, a call and an assignment", () => {
  const code = `"use strict"; typeof document; (() => performance?.now)(); try { setTimeout() } catch {}; flag = 1`;
  expect(globalsTouchedBy(code)).toEqual(["document", "flag", "performance", "setTimeout"]);
});

const files = ["index", "sentry"].flatMap((name) =>
  [".js", ".cjs", ".production.js", ".production.cjs"].map((end) => `../dist/${name}${end}`),
);
test.for(files)("importing %s has no side effects", async (path) => {
  expect(globalsTouchedBy(await fromDist(path))).toEqual([]);
});

test("the script file only sets its global", async () => {
  const file = fileURLToPath(new URL("../../dist/spanmeter.min.js", import.meta.url));
  expect(globalsTouchedBy(await readFile(file, "utf8"))).toEqual(["Spanmeter"]);
});

test.for([
  'import "@spanmeter/browser"; import { metrics } from "@spanmeter/browser";',
  'import "@spanmeter/browser/sentry"; import { metrics } from "@spanmeter/browser/sentry";',
])("a bundler removes an unused import completely: %s", async (contents) => {
  const stdin = { contents, resolveDir: import.meta.dirname };
  const empty = await bundle("", { entryPoints: [], stdin, tsconfigRaw: {}, minify: true });
  expect(empty.length).toBeLessThan(40);
});

const minified = [
  "index.production.js",
  "index.production.cjs",
  "sentry.production.js",
  "sentry.production.cjs",
  "spanmeter.min.js",
];
test.for(minified)("the source map of %s contains the sources and maps to them", async (file) => {
  const read = async (name: string): Promise<string> =>
    readFile(new URL(`../../dist/${name}`, import.meta.url), "utf8");
  const [code, json] = await Promise.all([read(file), read(`${file}.map`)]);
  const map = JSON.parse(json) as SourceMapPayload;
  for (const source of map.sources) expect(source).toMatch(/^\.\.\/(\.\.\/core\/)?src\//);
  const places = {
    '"pagehide"': "../src/lifecycle/page-end.ts",
    "navigator.sendBeacon": "../src/lifecycle/page-end.ts",
    '"strict-origin"': "../src/transport/page-transport.ts",
    '"http://localhost:8969/stream"': "../../core/src/transport/spotlight.ts",
  };
  for (const [text, source] of Object.entries(places)) {
    const before = code.slice(0, code.indexOf(text)).split("\n");
    const found = new SourceMap(map).findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    expect(found).toMatchObject({ originalSource: source });
    const original = map.sourcesContent[map.sources.indexOf(source)]?.split("\n") ?? [];
    const { originalLine, originalColumn } = found as SourceMapping;
    expect(original[originalLine]?.slice(originalColumn)).toMatch(text.replaceAll('"', ""));
  }
});
