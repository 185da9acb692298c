import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect } from "vitest";
import type { SeriesAnswer } from "../../../explorer/dist/index.js";
import { test } from "./support/acceptance-test.js";
import { panelsReady, shownColumns } from "./support/chart-tables.js";
import { randomAddress } from "./support/random-address.js";
import { createRandom } from "./support/random.js";

const run = promisify(execFile);
const CLI = fileURLToPath(new URL("../../../explorer/dist/cli.js", import.meta.url));

/** An address with one panel, and without the table of a heatmap. */
function onePanel(address: string): string {
  const url = new URL(address, "http://page");
  url.searchParams.delete("m");
  url.searchParams.delete("eq");
  url.searchParams.set("view", "line");
  return url.pathname + url.search;
}

describe("the command that a person copies", () => {
  test("prints the numbers of the table", async ({ context, shop }) => {
    const random = createRandom(3);
    const page = await context.newPage();
    for (let state = 0; state < 4; state++) {
      await page.goto(shop.url + onePanel(randomAddress(random, shop)));
      await panelsReady(page);
      await page.keyboard.press("Y");
      const command = await page.evaluate(() => navigator.clipboard.readText());
      expect(command).toMatch(/^npx spanmeter query /);
      const here = command.replace("npx spanmeter", `"${process.execPath}" "${CLI}"`);
      const { stdout } = await run("sh", ["-c", `${here} --json --url ${shop.url}`]);
      const { series, earlier, aggregations } = JSON.parse(stdout) as SeriesAnswer;
      const printed = aggregations.flatMap((name) =>
        [...series, ...(earlier?.series ?? [])].map(({ values }) => JSON.stringify(values[name])),
      );
      const shown = (await shownColumns(page)).map(({ values }) => JSON.stringify(values));
      expect(shown.toSorted()).toEqual(printed.toSorted());
    }
  });
});
