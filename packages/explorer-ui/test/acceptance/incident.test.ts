import type { Locator, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { openChart, openTestDoor } from "./support/open-chart.js";
import type { Shop } from "./support/shop-incident.js";

const METRIC = "payment.duration";
const GUILTY = "SELECT * FROM payments WHERE id = ?";

const drawer = (page: Page): Locator => page.getByRole("region", { name: "Trace", exact: true });

/** Checks that the drawer shows a slow trace with its guilty span in focus, and by how much it is too slow. */
async function expectGuilty(page: Page, shop: Shop): Promise<void> {
  const row = drawer(page).getByRole("row", { selected: true });
  await row.getByText(METRIC).or(row.getByText(GUILTY)).first().waitFor();
  const sentence = drawer(page).locator(".guilty");
  await sentence.waitFor();
  const [, span, times] =
    /^db (.*) took .* itself, ([\d.]+) times its typical/.exec(await sentence.innerText()) ?? [];
  expect(span).toBe(GUILTY);
  expect(Number(times)).toBeGreaterThanOrEqual(4);
  const traceId = new URL(page.url()).searchParams.get("trace");
  const { seconds, attributes } = shop.metrics.find(
    (each) => each.name === METRIC && each.traceId === traceId,
  )!;
  expect(seconds).toBeGreaterThanOrEqual(shop.incidentAt);
  expect(attributes["provider"]).toBe("acme");
}

/** Presses Tab until the focus is on an element, as a person does who has no mouse. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const isFocused = (): Promise<boolean> =>
    wanted.evaluate((each) => each === document.activeElement);
  for (let presses = 0; !(await isFocused()); presses++) {
    if (presses > 80) throw new Error("the focus never came there");
    await page.keyboard.press("Tab");
  }
}

async function closeByKey(page: Page, before: Locator): Promise<void> {
  await page.keyboard.press("Escape");
  await drawer(page).waitFor({ state: "detached" });
  expect(await before.evaluate((each) => each === document.activeElement)).toBe(true);
}

describe("from the empty page to the guilty span", () => {
  test("are at most three clicks", async ({ context, shop }) => {
    const page = await context.newPage();
    await openTestDoor(page);
    await page.goto(shop.url);
    let clicks = 0;
    await page
      .getByRole("region", { name: "What moved most" })
      .getByRole("link", { name: METRIC })
      .click();
    clicks++;
    const { dots } = await openChart(page);
    const greatest = dots.toSorted((a, b) => b.value - a.value)[0]!;
    await page.mouse.click(greatest.x, greatest.y);
    clicks++;
    await expectGuilty(page, shop);
    expect(clicks).toBeLessThanOrEqual(3);
  });

  test("it is a way with keys alone, and Escape leads back", async ({ context, shop }) => {
    const page = await context.newPage();
    await page.goto(shop.url);
    const mover = page
      .getByRole("region", { name: "What moved most" })
      .getByRole("link", { name: METRIC });
    await mover.waitFor();
    await tabTo(page, mover);
    await page.keyboard.press("Enter");
    const chart = page.getByRole("application").first();
    await chart.waitFor();
    await tabTo(page, chart);
    // To the newest bucket that is whole, and from there to the nearest sample and back.
    await page.keyboard.press("ArrowLeft");
    const said = page.locator(".panel [aria-live=polite]").first();
    await expect.poll(() => said.innerText()).toMatch(/\d/);
    await page.keyboard.press("Enter");
    await drawer(page).waitFor();
    await closeByKey(page, chart);
    // The greatest of all. The focus goes into the drawer, and comes back.
    await page.keyboard.press("n");
    await expectGuilty(page, shop);
    expect(await drawer(page).evaluate((each) => each.contains(document.activeElement))).toBe(true);
    await closeByKey(page, chart);
  });
});
