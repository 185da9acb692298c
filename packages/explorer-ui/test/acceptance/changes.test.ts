import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { sendAll } from "./support/envelopes.js";
import { shopIncident, type Shop } from "./support/shop-incident.js";

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** The address of "What changed?" about a time, and about values if there are any. */
const question = ({ since, until, incidentAt }: Shop, values = ""): string =>
  `/metrics/payment.duration?${new URLSearchParams({
    since: iso(since),
    until: iso(until),
    tab: "changes",
    box: `${iso(incidentAt)}..${iso(until)}${values}`,
  })}`;

/** Waits for the answer and returns what was found, line by line. */
async function findings(page: Page): Promise<{ outcome: string; found: string[]; all: string }> {
  const answer = page.locator('.changes[data-ready="true"]');
  await answer.locator(".outcome").waitFor();
  return {
    outcome: await answer.locator(".outcome").innerText(),
    found: await answer.locator(".change-list li strong").allInnerTexts(),
    all: await answer.innerText(),
  };
}

describe("what changed", () => {
  test("names the planted cause first, and not the release that went out with it", async ({
    context,
    shop,
  }) => {
    const page = await context.newPage();
    await page.goto(shop.url + question(shop, ",600..1000"));
    const first = await findings(page);
    expect(first.found).toEqual(["provider = acme"]);
    expect(first.outcome).toContain("selected items, compared with");
    // Equal data and an equal seed have an equal answer.
    await page.reload();
    expect(await findings(page)).toEqual(first);
  });

  test("names it for a time, too", async ({ context, shop }) => {
    const page = await context.newPage();
    await page.goto(shop.url + question(shop));
    const { found } = await findings(page);
    expect(found[0]).toBe("provider = acme");
    expect(found.filter((each) => each.includes("release"))).toEqual([]);
  });

  test("says that nothing changed when nothing did", async ({ context, explorer }) => {
    const quiet = shopIncident(Math.floor(Date.now() / 1000), { isQuiet: true });
    await sendAll(explorer.url, { trace_metric: quiet.items.trace_metric! });
    const page = await context.newPage();
    await page.goto(explorer.url + question(quiet, ",125..150"));
    const { outcome, found } = await findings(page);
    expect(outcome).toMatch(/^Nothing separates these \d+ items from the \d+/);
    expect(found).toEqual([]);
  });

  test("is ended by its button and by Escape, and back brings it back", async ({
    context,
    shop,
  }) => {
    const page = await context.newPage();
    await page.goto(shop.url + question(shop, ",600..1000"));
    const asked = page.url();
    await findings(page);
    await page.getByRole("button", { name: "Clear the selection" }).click();
    await page.getByRole("heading", { name: "Select what you ask about" }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get("box")).toBeNull();
    await page.goBack();
    await expect.poll(() => page.url()).toBe(asked);
    await findings(page);
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Select what you ask about" }).waitFor();
  });
});
