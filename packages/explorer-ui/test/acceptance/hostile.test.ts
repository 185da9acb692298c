import { get } from "node:http";
import { describe, expect } from "vitest";
import { startSite } from "./support/site.js";
import { test } from "./support/acceptance-test.js";
import { sendAll } from "./support/envelopes.js";
import { HOSTILE, HOSTILE_METRIC, HOSTILE_TRACE, hostileItems } from "./support/hostile.js";
import { settled } from "./support/settled.js";
import { turnedAround } from "./support/turned-around.js";
import { watchedPage } from "./support/watched-page.js";

const METRIC = `/metrics/${HOSTILE_METRIC}?by=text`;
const SCREENS = {
  home: "/",
  explore: METRIC,
  table: `${METRIC}&view=bar&compare=previous&trace=${HOSTILE_TRACE}`,
  heatmap: `/metrics/${HOSTILE_METRIC}?view=heat`,
  samples: `${METRIC}&tab=samples`,
  lint: `${METRIC}&tab=lint`,
  cost: `${METRIC}&tab=cost`,
  "a metric whose name is code": `/metrics/${encodeURIComponent(HOSTILE.IMAGE)}`,
  "an address that is code": `/metrics/x?where=${encodeURIComponent(HOSTILE.SCRIPT)}&${encodeURIComponent(HOSTILE.IMAGE)}=1`,
  traces: "/traces",
  trace: `/traces/${HOSTILE_TRACE}`,
  live: "/live",
  "all findings": "/lint",
  "all cost": "/cost",
};

const AS_SENT = [HOSTILE.IMAGE, HOSTILE.SCRIPT, HOSTILE.BIDI];

describe("hostile telemetry", () => {
  test("is shown as text on every screen, and nothing leaves the origin", async ({
    context,
    explorer,
  }) => {
    await sendAll(explorer.url, hostileItems(Date.now() / 1000 - 30));
    const { page, faults } = await watchedPage(context, explorer.url);
    const wrong: string[] = [];
    const shown = new Set<string>();
    for (const [name, path] of Object.entries(SCREENS)) {
      await page.goto(explorer.url + path);
      await settled(page);
      await page.keyboard.press("T");
      const found = await page.evaluate(() => ({
        images: document.querySelectorAll("body img, body script, body iframe").length,
        extra: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        text: document.body.innerText,
      }));
      for (const text of await turnedAround(page)) wrong.push(`${name}: turns around ${text}`);
      if (found.images > 0) wrong.push(`${name}: text became elements`);
      if (found.extra > 0) wrong.push(`${name}: ${found.extra} pixels wider than the window`);
      for (const text of AS_SENT) if (found.text.includes(text)) shown.add(text);
      faults.splice(0).forEach((fault) => wrong.push(`${name}: ${fault}`));
    }
    expect(wrong).toEqual([]);
    // As they were sent: nothing has cut them or made them harmless.
    expect(shown).toEqual(new Set(AS_SENT));
  });
});

describe("another site", () => {
  test("may link to the page, which then reads its data; it may not read data itself", async ({
    context,
    shop,
  }) => {
    const link = `<a href="${shop.url}/metrics/payment.duration">incident</a>`;
    using site = await startSite(`<!doctype html><title>report</title>${link}`);
    const page = await context.newPage();
    await page.goto(site.url);
    const status = await page.evaluate(
      (url) =>
        fetch(`${url}/api/metrics`).then(
          (answer) => answer.status,
          () => "refused",
        ),
      shop.url,
    );
    expect(status).toBe("refused");
    await page.getByRole("link").click();
    await page.locator(".panel[data-ready]").waitFor();
  });

  test("may not read by a foreign origin, nor by a foreign host name", async ({ shop }) => {
    const ask = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve, reject) =>
        get(`${shop.url}/api/metrics`, { headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on("error", reject),
      );
    expect(await ask({ origin: "https://evil.example" })).toBe(403);
    expect(await ask({ host: "evil.example" })).toBe(403);
    expect(await ask({})).toBe(200);
  });
});
