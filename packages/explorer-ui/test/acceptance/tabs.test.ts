import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { send } from "./support/envelopes.js";
import { countStreams } from "./support/open-streams.js";

const TABS = 8;

const visit = (url: string) =>
  send(url, "trace_metric", [
    {
      timestamp: Date.now() / 1000,
      type: "counter",
      name: "visits",
      value: 1,
      trace_id: "a".repeat(32),
    },
  ]);
const items = (page: Page) => page.locator(".panel .footer");
const state = (page: Page) => page.locator(".connection");

describe("eight tabs", () => {
  test("all follow what arrives by one stream, which another tab continues", async ({
    context,
    explorer,
  }) => {
    using streams = countStreams();
    await visit(explorer.url);
    const pages: Page[] = [];
    for (let tab = 0; tab < TABS; tab++) {
      const page = await context.newPage();
      await page.goto(`${explorer.url}/metrics/visits`);
      await items(page).getByText("1 items").waitFor();
      await state(page).getByText("live").waitFor();
      pages.push(page);
    }
    expect(streams).toMatchObject({ now: 1, opened: 1 });
    await visit(explorer.url);
    await Promise.all(pages.map((page) => items(page).getByText("2 items").waitFor()));
    expect(streams).toMatchObject({ now: 1, opened: 1 });

    // The first one holds the stream.
    await pages[0]!.close();
    await expect.poll(() => streams).toMatchObject({ now: 1, opened: 2 });
    const rest = pages.slice(1);
    await Promise.all(rest.map((page) => state(page).getByText("live").waitFor()));
    await visit(explorer.url);
    await Promise.all(rest.map((page) => items(page).getByText("3 items").waitFor()));
    expect(streams).toMatchObject({ now: 1, opened: 2 });
  });
});
