import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumLaunchOptions } from "../chromium.mjs";
import { launchBrowser } from "../demo/run/browser-visit.mjs";
import { openExplorer } from "../demo/run/open-explorer.mjs";
import { incidentAddress } from "../demo/run/page-visit.mjs";
import { spawnShop } from "../demo/run/shop-process.mjs";
import { runStory } from "../demo/run/story.mjs";
import { waitForFindings } from "../demo/findings/wait-for-findings.mjs";

const SIZE = { width: 1360, height: 860 };

/** Runs the story of the demo, and takes pictures of the page at its incident, light and dark, into a folder. */
export async function takePagePictures(folder) {
  const explorer = await openExplorer();
  const shop = spawnShop({ dsn: `http://public@127.0.0.1:${explorer.port}/1` });
  const browser = await launchBrowser();
  const ending = new AbortController();
  try {
    const story = await runStory({ browser, shopUrl: await shop.url, signal: ending.signal });
    const where = { explorerUrl: explorer.url, ...story };
    const { findings } = await waitForFindings(where, ending.signal);
    const pictures = picturesOf({ ...where, ...findings });
    const files = [];
    for (const colorScheme of ["light", "dark"])
      for (const [name, picture] of Object.entries(pictures)) {
        const file = join(folder, `page-${name}-${colorScheme}.png`);
        files.push(await takePicture({ ...picture, colorScheme, file }));
      }
    return files;
  } finally {
    ending.abort("over");
    await browser.close();
    await shop.stop();
    await explorer.close();
  }
}

/** The address of each picture by its name, and what shows that it is complete. */
function picturesOf(incident) {
  const { explorerUrl, before, after } = incident;
  const iso = (seconds) => new Date(seconds * 1000).toISOString();
  const range = { since: iso(before.since), until: iso(after.until) };
  const at = (path, more = {}) =>
    `${explorerUrl}${path}?${new URLSearchParams({ ...range, ...more })}`;
  const box = `${iso(after.since)}..${iso(after.until)},300..100000`;
  return {
    metrics: { address: at("/", { since: iso(after.since) }), ready: ".movers" },
    trace: { address: incidentAddress(incident), ready: ".guilty" },
    changes: {
      address: at("/metrics/query.duration_ms", { view: "heat", tab: "changes", box }),
      ready: ".outcome",
    },
  };
}

async function takePicture({ address, ready, colorScheme, file }) {
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const page = await browser.newPage({ viewport: SIZE, colorScheme, reducedMotion: "reduce" });
    await page.goto(address);
    for (const each of [ready, "main [data-ready]"]) await page.locator(each).first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    // Charts are drawn in the next frames.
    await page.waitForTimeout(500);
    await page.screenshot({ path: file });
    return file;
  } finally {
    await browser.close();
  }
}
