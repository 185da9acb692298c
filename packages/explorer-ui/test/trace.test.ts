import type { Browser, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { nowSeconds, text, type Json } from "../../explorer/test/support/envelopes.js";
import { axeViolations, openPage, startChromium } from "./support/open-page.js";
import {
  inEnvelope,
  payment,
  recorded,
  sentSpans,
  spanIdOf,
  traceIdOf,
} from "./support/shop-traces.js";

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
  return () => browser.close();
});

const SLOW = 99;

/** Payments with a query of 148 ms, and a slow one. */
function shop(start: number): string[] {
  const usual = Array.from({ length: 9 }, (_, trace) =>
    inEnvelope({
      spans: payment(start - 600 + trace, trace, 148),
      metrics: [recorded(trace, 1, start - 600 + trace)],
    }),
  );
  const slow = inEnvelope({
    spans: payment(start, SLOW, 890),
    metrics: [
      recorded(SLOW, 1, start + 0.9, { value: 898 }),
      recorded(SLOW, 0, start + 0.95, { name: "lost", value: null }),
    ],
    logs: [
      {
        timestamp: start + 0.5,
        level: "warn",
        body: "slow query",
        trace_id: traceIdOf(SLOW),
        span_id: spanIdOf(SLOW, 1),
      },
    ],
  });
  return [...usual, slow];
}

async function openShop(options: Parameters<typeof openPage>[1] = {}) {
  const opened = await openPage(browser, options);
  for (const body of shop(nowSeconds() - 120)) await opened.explorer.post(body);
  return opened;
}

const drawer = (page: Page) => page.getByRole("region", { name: "Trace", exact: true });
const rowsOf = (page: Page) => drawer(page).locator(".waterfall [role=row][aria-level]");
const activeRow = (page: Page) => page.locator(".waterfall [role=row][aria-selected=true]");
const textsOf = async (page: Page): Promise<string[]> =>
  (await rowsOf(page).allInnerTexts()).map((each) => each.replaceAll(/\s+/g, " ").trim());

describe("a trace", () => {
  it("names the span that took longer than usual, with its factor, and goes to it", async () => {
    const { page } = await openShop();
    await page.goto(`/traces?trace=${traceIdOf(SLOW)}`);
    await expect
      .poll(() => drawer(page).locator(".guilty").innerText())
      .toContain("db SELECT * FROM carts took 890 ms itself, 6 times its typical 148 ms.");
    await expect.poll(() => drawer(page).locator(".facts").innerText()).toContain("×4.6 typical");
    await drawer(page).getByRole("button", { name: "Show it" }).click();
    await expect.poll(() => activeRow(page).innerText()).toContain("SELECT * FROM carts");
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe("treegrid");
    await expect.poll(() => page.url()).toContain(`span=${spanIdOf(SLOW, 1)}`);
  });

  it("has what its spans recorded below them, and what was dropped with its verdict", async () => {
    const { page } = await openShop();
    await page.goto(`/traces?trace=${traceIdOf(SLOW)}`);
    await expect.poll(async () => (await textsOf(page)).length).toBe(6);
    const [root, dropped, query, log, metric, charge] = await textsOf(page);
    expect(root).toContain("http.server POST /pay");
    expect(dropped).toContain("dropped no value lost");
    expect(query).toMatch(/db SELECT \* FROM carts 890 ms 890 ms ×6/);
    expect(log).toContain("warn slow query");
    expect(metric).toContain("898 ms payment.duration");
    expect(charge).toContain("http.client");
    await expect
      .poll(() => page.locator(".trace-metrics li").innerText())
      .toMatch(/×[\d.]+ the p95/);
    await expect
      .poll(() => page.locator(".trace-metrics svg[role=img]").getAttribute("aria-label"))
      .toContain("payment.duration over the hour around this: p95");
  });

  it("has how many calls each sampled or folded metric stands for", async () => {
    const { page, explorer } = await openPage(browser);
    const start = nowSeconds() - 60;
    const metric = (name: string, attributes: Json): Json =>
      recorded(1, 1, start, { name, unit: "none", type: "counter", value: 7, attributes });
    await explorer.post(
      inEnvelope({
        spans: payment(start, 1, 148),
        metrics: [
          metric("plain", {}),
          metric("sampled", { "sentry.client_sample_rate": { value: 0.25, type: "double" } }),
          metric("folded", { "spanmeter.folded": { value: 30, type: "integer" } }),
        ],
      }),
    );
    await page.goto(`/traces?trace=${traceIdOf(1)}`);
    await expect.poll(() => rowsOf(page).count()).toBe(6);
    expect((await textsOf(page)).slice(2, 5)).toEqual([
      "+7 plain",
      "+7 (4 calls) sampled",
      "+7 (30 calls) folded",
    ]);
    const titles = rowsOf(page).locator(".at");
    expect(
      await titles.evaluateAll((all) => all.map((each) => each.getAttribute("title"))),
    ).toEqual(["plain +7", "sampled +7 (4 calls)", "folded +7 (30 calls)"]);
    const list = page.getByRole("region", { name: "Metrics recorded in this trace" });
    const values = await list.locator(".value").allInnerTexts();
    expect(values.map((each) => each.split(":")[0]?.replaceAll(/\s+/g, " ").trim())).toEqual([
      "+7",
      "+7 (4 calls)",
      "+7 (30 calls)",
    ]);
  });

  it("leads from a metric to its chart at that time, and stays beside it", async () => {
    const { page, explorer } = await openShop();
    await page.goto(`/traces?trace=${traceIdOf(SLOW)}&span=${spanIdOf(SLOW, 1)}`);
    await rowsOf(page).getByRole("link", { name: "payment.duration" }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe("/metrics/payment.duration");
    const { searchParams } = new URL(page.url());
    const { marks } = await explorer.queries.tracePage(traceIdOf(SLOW));
    expect(Object.fromEntries(searchParams)).toMatchObject({
      trace: traceIdOf(SLOW),
      span: marks.find(({ name }) => name === "payment.duration")?.id,
      type: "distribution",
      unit: "millisecond",
    });
    expect(Date.parse(`${searchParams.get("since")}`)).toBeLessThan((nowSeconds() - 120) * 1_000);
    // What equals the span's attribute is hidden, and the other can become a filter of the chart.
    await expect.poll(() => page.locator(".detail").innerText()).toContain("provider");
    expect(await page.locator(".detail table").first().innerText()).not.toContain("route");
    await page.getByRole("link", { name: "filter by provider" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("where")).toBe("provider=acme");
    await expect.poll(() => rowsOf(page).count()).toBe(6);
  });

  it("says that spans are missing, and shows them as soon as they come", async () => {
    const { page, explorer } = await openPage(browser);
    await page.goto(`/traces?trace=${traceIdOf(1)}`);
    await expect.poll(() => drawer(page).innerText()).toContain("Waiting for spans");
    const start = nowSeconds() - 10;
    const [root, ...inside] = payment(start, 1, 148) as [Json, ...Json[]];
    await explorer.post(inEnvelope({ metrics: [recorded(1, 1, start)] }));
    await expect.poll(() => textsOf(page)).toHaveLength(2);
    await explorer.post(inEnvelope({ spans: inside }));
    await expect
      .poll(() => textsOf(page))
      .toEqual([
        `Not received yet: span ${spanIdOf(1, 0)}`,
        expect.stringContaining("SELECT"),
        expect.stringContaining("payment.duration"),
        expect.stringContaining("http.client"),
      ]);
    await explorer.post(inEnvelope({ spans: [root] }));
    await expect.poll(async () => (await textsOf(page))[0]).toContain("POST /pay");
    expect(await drawer(page).innerText()).not.toContain("Waiting");
  });

  it("of 10 000 spans and 500 metrics has few rows in the document, and all by scrolling", async () => {
    const { page, explorer } = await openPage(browser);
    const start = nowSeconds() - 60;
    const spans = sentSpans(
      1,
      start,
      Array.from({ length: 10_000 }, (_, span) => ({
        ...(span > 0 && { parent: Math.floor((span - 1) / 10) }),
        op: "db",
        name: `query ${span}`,
        from: span,
        to: 20_000 - span,
      })),
    );
    for (let from = 0; from < spans.length; from += 1_000)
      await explorer.post(inEnvelope({ spans: spans.slice(from, from + 1_000) }));
    const metrics = Array.from({ length: 500 }, (_, index) => recorded(1, index * 7, start));
    await explorer.post(inEnvelope({ metrics }));
    await page.goto(`/traces?trace=${traceIdOf(1)}&span=${spanIdOf(1, 9_999)}`);
    await expect.poll(() => activeRow(page).innerText()).toContain("query 9999");
    const grid = page.getByRole("treegrid");
    expect(await grid.getAttribute("aria-rowcount")).toBe("10501");
    const most = await grid.evaluate(async (element) => {
      let rows = 0;
      const end = element.scrollHeight;
      for (let top = 0; top <= end; top += end / 50) {
        element.scrollTop = top;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        rows = Math.max(rows, element.querySelectorAll("[role=row]").length);
      }
      return rows;
    });
    expect(most).toBeLessThanOrEqual(200);
    await grid.press("Home");
    await expect.poll(() => activeRow(page).innerText()).toContain("query 0");
    await grid.press("ArrowLeft");
    await expect.poll(() => grid.getAttribute("aria-rowcount")).toBe("2");
    await grid.press("ArrowRight");
    await expect.poll(() => grid.getAttribute("aria-rowcount")).toBe("10501");
  });

  it("is reached, walked, compared and left by keys alone, which give the focus back", async () => {
    const { page } = await openShop();
    await page.goto("/traces");
    const list = page.getByRole("grid", { name: "Traces" });
    await list.waitFor();
    await page.keyboard.press("j");
    await expect.poll(() => list.locator("[aria-selected=true]").innerText()).toContain("950 ms");
    await page.keyboard.press("Enter");
    const focused = () => page.evaluate(() => document.activeElement?.ariaLabel);
    await expect.poll(focused).toBe("Spans and what they recorded");
    await page.keyboard.press("End");
    await expect.poll(() => activeRow(page).innerText()).toContain("http.client");
    await page.keyboard.press("k");
    await expect.poll(() => activeRow(page).innerText()).toContain("payment.duration");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => activeRow(page).innerText()).toContain("SELECT");
    await page.keyboard.press("h");
    await expect.poll(() => page.locator(".slower li").innerText()).toContain("+742 ms");
    const widthOf = async () => (await drawer(page).boundingBox())?.width ?? 0;
    await page.getByRole("separator").focus();
    const before = await widthOf();
    await page.keyboard.press("ArrowRight");
    await expect.poll(widthOf).toBeLessThan(before);
    await page.keyboard.press("Escape");
    await expect.poll(() => drawer(page).count()).toBe(0);
    await expect.poll(focused).toBe("Traces");
    await expect.poll(() => page.url()).not.toContain("trace=");
  });

  it.each(["dark", "light"] as const)("is accessible, %s", async (colorScheme) => {
    const { page } = await openShop({ colorScheme });
    await page.goto(`/traces?trace=${traceIdOf(SLOW)}&span=${spanIdOf(SLOW, 1)}`);
    await page.locator(".detail").waitFor();
    await page.keyboard.press("h");
    await page.locator(".slower li").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`/traces/${traceIdOf(SLOW)}`);
    await page.locator(".spark").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`/traces?trace=${"f".repeat(32)}`);
    await drawer(page).getByText("Waiting for spans").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`/traces?trace=${traceIdOf(SLOW)}`);
    await page.locator(".spark").waitFor();
    const { width, height } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { width: scrollWidth, height: scrollHeight };
    });
    expect({ width, height }).toEqual({ width: 320, height: 640 });
  });

  it("shows hostile names as text", async () => {
    const { page, explorer, complaints } = await openPage(browser);
    const hostile = `<img src=x onerror=alert(1)></script>\u202e"'&${"x".repeat(500)}`;
    const start = nowSeconds() - 60;
    const [root, ...inside] = payment(start, 1, 148) as [Json, ...Json[]];
    const attributes = { "sentry.op": text(hostile), [hostile]: text(hostile) };
    await explorer.post(
      inEnvelope({
        spans: [{ ...root, name: hostile, status: hostile, attributes }, ...inside],
        logs: [
          { timestamp: start, level: hostile, body: hostile, trace_id: traceIdOf(1), attributes },
        ],
      }),
    );
    await page.goto(`/traces?trace=${traceIdOf(1)}&span=${spanIdOf(1, 0)}`);
    await expect.poll(() => rowsOf(page).first().innerText()).toContain("<img src=x onerror");
    await expect.poll(() => page.locator(".detail").innerText()).toContain("</script>");
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
    expect(complaints).toEqual([]);
  });
});

describe("the list of traces", () => {
  it("has every trace once, page after page, while more arrive", async () => {
    const { page, explorer } = await openPage(browser);
    const start = nowSeconds() - 900;
    const bodies = Array.from({ length: 250 }, (_, trace) => payment(start + trace, trace, 148));
    await explorer.post(inEnvelope({ spans: bodies.flat() }));
    await page.goto("/traces?sort=time");
    const list = page.getByRole("grid", { name: "Traces" });
    await list.waitFor();
    const seen = new Set<string>();
    await expect
      .poll(async () => {
        const links = list.locator("[role=row] a");
        const hrefs = await links.evaluateAll((all) =>
          all.map((each) => each.getAttribute("href")),
        );
        for (const href of hrefs) seen.add(href ?? "");
        await explorer.post(inEnvelope({ spans: payment(nowSeconds(), 300 + seen.size, 148) }));
        await list.evaluate((element) => element.scrollBy(0, 500));
        return seen.size;
      })
      .toBeGreaterThanOrEqual(250);
    for (const trace of bodies.keys())
      expect([...seen].some((href) => href.includes(traceIdOf(trace)))).toBe(true);
    await page.getByRole("button", { name: "Show what has arrived since" }).waitFor();
    await page.getByRole("button", { name: "Duration" }).click();
    await expect.poll(() => page.url()).toContain("sort=-duration");
  });

  it("points at the character of a filter that is not understood", async () => {
    const { page } = await openShop();
    await page.goto("/traces");
    await page.getByRole("grid").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("@duration>>5");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".fault").innerText()).toContain("number is expected");
    await page.getByRole("textbox", { name: "Filter" }).fill("@duration>500");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".trace-table [aria-selected]").count()).toBe(1);
    await page.goto("/traces?where=a%20b");
    await expect.poll(() => page.locator(".fault mark").innerText()).toBe("b");
    await page.goto("/traces?where=route=/nowhere");
    await page.getByRole("button", { name: "Remove the filters" }).click();
    await expect.poll(() => page.locator(".trace-table [aria-selected]").count()).toBe(10);
  });
});
