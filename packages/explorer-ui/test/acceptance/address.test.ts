import { describe, expect } from "vitest";
import { newContext, test } from "./support/acceptance-test.js";
import { chartTables } from "./support/chart-tables.js";
import { randomAddress } from "./support/random-address.js";
import { createRandom } from "./support/random.js";

const STATES = 40;

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
      await mine.goto(shop.url + address);
      const shown = await chartTables(mine);
      const step = random.pick(["v", "c", "]", "x", "T"]);
      await mine.keyboard.press("y");
      const link = await mine.evaluate(() => navigator.clipboard.readText());
      await theirs.goto(link);
      if (JSON.stringify(await chartTables(theirs)) !== JSON.stringify(shown))
        wrong.push(`link: ${address}`);
      if (shown.length === 0 || shown.some(({ times }) => times.length === 0))
        wrong.push(`empty: ${address}`);
      if (step !== "T") {
        await mine.keyboard.press(step);
        await mine.waitForURL((url) => url.href !== link);
        await mine.goBack();
        await mine.waitForURL(link);
        if (JSON.stringify(await chartTables(mine)) !== JSON.stringify(shown))
          wrong.push(`back from ${step}: ${address}`);
      }
    }
    await other.close();
    expect(wrong).toEqual([]);
  });
});

describe("an address that was not understood", () => {
  test.for([
    "/metrics/payment.duration?agg=p96&view=pie&nonsense=1",
    "/metrics/payment.duration?box=now..then&top=many",
    "/metrics/payment.duration?where=%22&since=yesterday-ish",
    "/metrics/%E0%A4%A",
  ])("is no blank page: %s", async (address, { context, shop }) => {
    const page = await context.newPage();
    await page.goto(shop.url + address);
    await page.locator(".notice, .state h2, [role=alert]").first().waitFor();
    expect((await page.locator("main").innerText()).length).toBeGreaterThan(20);
  });
});
