import { expect } from "vitest";
import { bundle, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const spanmeter = await spanmeterScript();
const zone = await bundle("pages/zone.ts");

/** The part of zone.js that the tests use, and the globals that they set. */
interface ZoneJs {
  fork(spec: object): ZoneJs;
  run<T>(fn: () => T): T;
  hasTask(target: ZoneJs, state: unknown): void;
}
declare const Zone: { current: ZoneJs };
declare const seen: { zone: ZoneJs; tasks: string[] };

/** A zone that lists the tasks begun in it, as Angular's does to know when an application is stable. */
function forkZone(): void {
  const tasks: string[] = [];
  const forked = Zone.current.fork({
    name: "application",
    onScheduleTask(parent: never, _: never, target: never, task: { type: string; source: string }) {
      if (task.type !== "microTask") tasks.push(task.source);
      return (parent as { scheduleTask(...all: unknown[]): unknown }).scheduleTask(target, task);
    },
  });
  Object.assign(globalThis, { seen: { zone: forked, tasks } });
}

test("on a page with zone.js, no timer, request or listener begins in the application's zone", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts: [zone, spanmeter] });
  await page.evaluate(forkZone);
  const tasks = await page.evaluate(async (dsn) => {
    await seen.zone.run(async () => {
      Spanmeter.init({ dsn });
      Spanmeter.metrics.count("waiting");
      const flushed = Spanmeter.flush();
      // The application's timer shows that the zone does list them.
      setTimeout(() => {});
      await flushed;
    });
    return seen.tasks;
  }, ingest.dsn);
  expect(tasks).toEqual(["setTimeout"]);
  expect(ingest.metrics).toMatchObject([{ name: "waiting" }]);
});

test("on a page that loads zone.js after init(), no timer or request begins in its zone", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts: [spanmeter] });
  await page.evaluate((dsn) => {
    Spanmeter.init({ dsn });
  }, ingest.dsn);
  await page.addScriptTag({ content: zone });
  await page.evaluate(forkZone);
  const tasks = await page.evaluate(async () => {
    await seen.zone.run(async () => {
      Spanmeter.metrics.count("waiting");
      await Spanmeter.flush();
      // Listeners that were added before zone.js are still removed.
      await Spanmeter.close();
    });
    return seen.tasks;
  });
  expect(tasks).toEqual([]);
  expect(ingest.metrics).toMatchObject([{ name: "waiting" }]);
});
