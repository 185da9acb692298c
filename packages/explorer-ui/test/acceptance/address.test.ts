import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { newContext, test } from "./support/acceptance-test.js";
import { chartTables } from "./support/chart-tables.js";
import { randomAddress } from "./support/random-address.js";
import { createRandom } from "./support/random.js";

const STATES = 40;
/** Keys that change the address. */
const STEPS = ["v", "c", "x"] as const;

/** What a person sees in the tables of all charts. */
const shownOf = async (page: Page): Promise<string> =>
  JSON.stringify(await chartTables(page, "newest"));

async function pressAndGoBack(page: Page, key: string): Promise<string> {
  const { href } = new URL(page.url());
  await page.keyboard.press(key);
  await page.waitForURL((url) => url.href !== href);
  await page.goBack();
  await page.waitForURL(href);
  return shownOf(page);
}

describe("40 random addresses", () => {
  test("show the same numbers to another person, and going back undoes one step", async ({
    browser,
    context,
    shop,
  }) => {
    const random = createRandom(12);
    const other = await newContext(browser);
    const [mine, theirs] = [await context.newPage(), await other.newPage()];
    const wrong: string[] = [];
    for (let state = 0; state < STATES; state++) {
      const address = randomAddress(random, shop);
      const step = random.pick(STEPS);
      await mine.goto(shop.url + address);
      const shown = await shownOf(mine);
      if (!shown.includes('"values":[')) wrong.push(`empty: ${address}`);
      await mine.keyboard.press("y");
      const link = await mine.evaluate(() => navigator.clipboard.readText());
      const [linked, back] = await Promise.all([
        theirs.goto(link).then(() => shownOf(theirs)),
        pressAndGoBack(mine, step),
      ]);
      if (linked !== shown) wrong.push(`link: ${address}`);
      if (back !== shown) wrong.push(`back from ${step}: ${address}`);
    }
    await other.close();
    expect(wrong).toEqual([]);
  });
});

describe("an address that was not understood", () => {
  test.for([
    ["/metrics/payment.duration?view=pie&nonsense=1", "view=pie, nonsense=1"],
    ["/metrics/payment.duration?box=now..then&top=many", "top=many, box=now..then"],
    ["/metrics/payment.duration?where=%22&since=1d", "quote"],
    ["/metrics/payment.duration?since=yesterday-ish", "yesterday-ish"],
    ["/metrics/no.such.metric", "no.such.metric"],
    ["/metrics/%E0%A4%A", "There is nothing at this address"],
  ] as const)("is no blank page, but says so: %s", async ([address, words], { context, shop }) => {
    const page = await context.newPage();
    await page.goto(shop.url + address);
    await page.locator("main").getByText(words).first().waitFor();
    await page.locator("main h1").waitFor();
  });
});
