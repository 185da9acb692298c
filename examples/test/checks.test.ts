import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs a check of `scripts/` on a folder that holds these files. */
function runCheck(name: string, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "spanmeter-check-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const script = join(import.meta.dirname, "..", "..", "scripts/checks", `${name}.mjs`);
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
  return { status, findings: stderr.split("\n").filter(Boolean) };
}

describe("check-words", () => {
  const checkSource = (text: string) => runCheck("check-words", { "packages/core/src/a.ts": text });

  test("passes plain words", () => {
    const source = `
/** How a client is made. */
export interface ClientOptions {
  /** Required, so there is no default. */
  url: string;
  /**
   * How long a send may take, in milliseconds.
   *
   * @default 10_000
   */
  timeoutMs?: number;
}

/** Adds one. */
export const increment = (value: number): number => value + 1;
`;
    expect(checkSource(source)).toEqual({ status: 0, findings: [] });
  });

  test("refuses docstrings that do not stand alone", () => {
    const source =
      "/** What a metric is. */\nexport type A = 1;\n/** The same. */\nexport type B = 1;\n";
    expect(checkSource(source)).toEqual({
      status: 1,
      findings: [
        'packages/core/src/a.ts:1: a docstring begins with "What"',
        'packages/core/src/a.ts:3: a docstring begins with "The same"',
      ],
    });
  });

  test("takes a comment for no docstring", () => {
    expect(checkSource("// What follows is sorted.\nexport type A = string;\n").status).toBe(0);
  });

  test("refuses words that nobody uses, each at its line", () => {
    const words = "mend heeded dear amid anew befalls told hears stands".split(" ");
    words.push("for ever", "whole road", "had better", "may yet", "has its turn");
    const comments = words.map((word) => `// It ${word} the caller.`);
    const { findings } = checkSource(`${comments.join("\n")}\nexport type A = string;\n`);
    expect(new Set(findings.map((finding) => finding.split(": write")[0]))).toEqual(
      new Set(words.map((word, index) => `packages/core/src/a.ts:${index + 1}: "${word}"`)),
    );
  });

  test("refuses these words in pages, but not in code", () => {
    const page = "# Title\n\nThe caller is told.\n\n`told` is a name.\n\n```ts\ntold();\n```\n";
    const { findings } = runCheck("check-words", { "docs/page.md": page });
    expect(findings).toEqual([expect.stringContaining("docs/page.md:3:")]);
  });

  test("leaves identifiers and texts of code alone", () => {
    expect(checkSource('const told = "for ever";\nexport { told };\n').status).toBe(0);
  });

  test("refuses an option without a default", () => {
    const options = "export interface SendOptions {\n  /** Waits. */\n  waitMs?: number;\n}\n";
    const { findings } = checkSource(options);
    expect(findings).toEqual(["packages/core/src/a.ts:3: SendOptions.waitMs has no @default"]);
  });

  test("refuses an exported function without a docstring", () => {
    const source = "export function send(): void {}\nexport const stop = (): void => {};\n";
    expect(checkSource(source).findings).toEqual([
      "packages/core/src/a.ts:1: send has no docstring",
      "packages/core/src/a.ts:2: stop has no docstring",
    ]);
  });
});

describe("check-citations", () => {
  const protocol = "# Protocol\n\n## Rate limits\n";
  const check = (comment: string) =>
    runCheck("check-citations", {
      "docs/protocol.md": protocol,
      "docs/decisions/0001-one.md": "# One\n",
      "packages/core/src/a.ts": `// ${comment}\n`,
    });

  test("passes citations of sections and records that exist", () => {
    expect(check("docs/protocol.md#rate-limits, docs/decisions/0001").findings).toEqual([]);
  });

  test("refuses a section that does not exist", () => {
    expect(check(["docs/protocol.md", "rates"].join("#")).findings).toEqual([
      expect.stringContaining("a.ts:1: docs/protocol.md has no heading for"),
    ]);
  });

  test("refuses a record that does not exist", () => {
    expect(check("docs/decisions/0002").status).toBe(1);
  });

  test("refuses the page that is not in the repository", () => {
    expect(check(["wire", "md 2.6"].join(".")).status).toBe(1);
  });
});

describe("check-links", () => {
  const check = (path: string, link: string) =>
    runCheck("check-links", {
      "README.md": "# Title\n\n## Use it\n\n## Use it\n",
      [path]: `# Page\n\n[link](${link})\n`,
    });

  test.each(["../README.md#use-it-1", "#page", "https://example.com/nowhere.md"])(
    "passes %s",
    (link) => {
      expect(check("docs/a.md", link).findings).toEqual([]);
    },
  );

  test.each(["../README.md#use-it-2", "missing.md", "#other"])("refuses %s", (link) => {
    expect(check("docs/a.md", link).findings).toEqual([expect.stringContaining("docs/a.md:3:")]);
  });

  test("follows the URLs of this repository", () => {
    const url = "https://github.com/spanmeter/spanmeter/blob/main";
    expect(check("packages/core/README.md", `${url}/README.md#use-it`).status).toBe(0);
    expect(check("packages/core/README.md", `${url}/README.md#other`).status).toBe(1);
  });

  test("refuses a relative link on a page that npm shows", () => {
    expect(check("packages/core/README.md", "../../README.md").status).toBe(1);
  });
});

describe("check-records", () => {
  const record =
    "# Retries: unlimited\n\nStatus: accepted, 2026-11-24\n\n## Context\n\n## Decision\n\n## Consequences\n";
  const row = "| [0001](0001-retries.md) Retries: unlimited | accepted, 2026-11-24 |";
  const check = (text: string, index: string) =>
    runCheck("check-records", {
      "docs/decisions/0001-retries.md": text,
      "docs/decisions/README.md": `${index}\n`,
    });

  test("passes a record of the usual form", () => {
    expect(check(record, row).findings).toEqual([]);
  });

  test("refuses a title without a choice, a record without status and headings, and no row", () => {
    expect(check("# 1. Retries\n", "").findings).toHaveLength(4);
  });
});

describe("check-manifests", () => {
  const folders = [
    "",
    ...["core", "browser", "node", "explorer"].map((name) => `packages/${name}/`),
  ];
  const manifest = JSON.stringify({ name: "a", keywords: ["a", "b", "c", "d", "e"] });
  const manifests = Object.fromEntries(
    folders.map((folder) => [`${folder}package.json`, manifest]),
  );

  test("refuses a package that does not name the repository", () => {
    const { findings } = runCheck("check-manifests", manifests);
    expect(findings).toHaveLength(15);
    expect(findings[3]).toMatch(/^packages\/core\/package.json: homepage must be/);
  });

  test("refuses URLs of another owner", () => {
    const page = "https://github.com/someone/spanmeter/issues\n";
    const { findings } = runCheck("check-manifests", { ...manifests, "SECURITY.md": page });
    expect(findings).toContain(
      "SECURITY.md:1: github.com/someone/spanmeter is not spanmeter/spanmeter",
    );
  });
});
