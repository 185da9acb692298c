import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { send } from "./support/envelopes.js";

const runProgram = promisify(execFile);
const APP = fileURLToPath(new URL("./support/careless-app.mjs", import.meta.url));

const row = (page: Page, name: string) =>
  page.getByRole("region", { name: "All metrics" }).getByRole("row").filter({ hasText: name });
const badge = (page: Page, name: string) =>
  row(page, name).getByRole("link", { name: /changed|dropped/ });

describe("what Sentry would change or drop of a real @sentry/node", () => {
  test("is shown with what was sent, what would be stored, and a fix", async ({
    context,
    explorer,
  }) => {
    await runProgram(process.execPath, [APP, `http://public@127.0.0.1:${explorer.port}/1`]);
    const { counts } = await explorer.queries.verdicts();
    const codes = new Set(counts.map(({ code }) => code));
    expect(codes).toEqual(
      new Set(["invalid_value", "unit_normalized", "name_normalized", "over_2_kib"]),
    );
    const page = await context.newPage();
    await page.goto(`${explorer.url}/lint`);
    const notes = page.locator(".findings li");
    await notes.first().waitFor();
    expect(await notes.count()).toBe(counts.length);
    for (const { code, message, before, after, fix } of counts) {
      const text = (await notes.filter({ hasText: code }).first().innerText()).replace(/\s+/g, " ");
      const parts = [
        message,
        before ?? "(missing)",
        after ?? /\((dropped|removed)\)/.exec(text)?.[0],
        `Fix: ${fix}`,
      ];
      if (before === undefined && after === undefined) parts.splice(1, 2);
      for (const part of parts) expect(text).toContain(part);
    }
    // Beside the metric in the list, and on its own screen.
    await page.goto(explorer.url);
    await badge(page, "race.length").getByText("1 changed").waitFor();
    await badge(page, "pool.in_use").getByText("1 dropped").waitFor();
    await row(page, "mixed.up").first().getByText("several types").waitFor();
    await row(page, "race.length").getByRole("link", { name: "race.length" }).click();
    await page.getByRole("tab", { name: "Lint (1)" }).click();
    await page.getByText("unit_normalized").waitFor();
    // One name with two types is a choice, never an error.
    await page.goto(`${explorer.url}/metrics/mixed.up`);
    await page.getByText("has several types or units").waitFor();
    await page.getByRole("link", { name: "gauge in none" }).click();
    await page.locator('.panel[data-ready*="type=gauge"]').waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("is no longer marked soon after the application was mended", async ({
    context,
    explorer,
  }) => {
    const item = (ageSeconds: number, unit: string) => ({
      timestamp: Date.now() / 1000 - ageSeconds,
      type: "distribution",
      name: "race.length",
      unit,
      value: 1,
      trace_id: "a".repeat(32),
    });
    // Almost out of the range.
    await send(explorer.url, "trace_metric", [item(26, "furlong")]);
    const page = await context.newPage();
    await page.goto(`${explorer.url}/?since=30s`);
    await badge(page, "race.length").waitFor();
    const marks = async (): Promise<number> => {
      await send(explorer.url, "trace_metric", [item(0, "none")]);
      return badge(page, "race.length").count();
    };
    await expect.poll(marks, { timeout: 60_000 }).toBe(0);
    await row(page, "race.length").first().waitFor();
  });
});
