import { expect } from "vitest";
import { test } from "../support/chromium-test.js";
import { allOnce, recordAndLeave, shelved, site } from "./visit.js";

test("2 000 metrics and an immediate navigation: all arrive with the next page, none twice", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await recordAndLeave(page, ingest, 2_000, "/again");
  await page.waitForURL("**/again");
  await allOnce(ingest, 2_000);
  expect(await shelved(page)).toBe(0);
});
