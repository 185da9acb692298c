import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Update it with `npx vitest run -u --project node packages/node/test/shutdown/exit-worker.test.ts`. */
test("the generated text of the exit worker is up to date", async () => {
  const { outputFiles } = await build({
    entryPoints: [here("../../src/shutdown/exit-worker.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "es2022",
    define: { __DEV__: "false" },
    alias: { "@spanmeter/core": here("../../../core/src/index.ts") },
  });
  const text = outputFiles[0]?.text.trim() ?? "";
  // Quoted as the formatter does.
  const quoted = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  await expect(
    `// Made from exit-worker.ts by exit-worker.test.ts. A text, so that it is there in applications that are bundled.
export const EXIT_WORKER: string =
  '${quoted}';
`,
  ).toMatchFileSnapshot("../../src/shutdown/exit-worker.generated.ts");
});
