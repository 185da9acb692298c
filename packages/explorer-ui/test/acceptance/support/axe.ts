import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Which rules are checked: all, or only those about colours, which are all that a theme changes. */
export type Rules = "all" | "colours";

const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Returns what axe finds on a page: each rule with the first element that breaks it. */
export async function axeViolations(page: Page, rules: Rules = "all"): Promise<string[]> {
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    (values) => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: object): Promise<AxeResults> };
      };
      const options = { resultTypes: ["violations"], preload: false };
      return axe.run(values ? { ...options, runOnly: { type: "rule", values } } : options);
    },
    rules === "colours" ? COLOUR_RULES : undefined,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}
