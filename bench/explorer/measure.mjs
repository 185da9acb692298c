import { performance } from "node:perf_hooks";
import { median } from "../harness/statistics.mjs";
import { checkSame } from "./same.mjs";

async function time(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/**
 * Measures a row: both sides take turns, each first in every second round, after one answer that is compared. Returns the
 * median milliseconds of both, and how many times as long the explorer took.
 */
export async function measureRow(row, { queries, select, data, rounds }) {
  const ask = () => row.ask(queries, data);
  const read = () => select(row.sql(data));
  const answer = await ask();
  checkSame(row, row.ofAnswer(answer), row.ofRows(await read(), answer));
  const times = { explorer: [], statement: [] };
  for (let round = 0; round < rounds; round++) {
    const sides = [
      ["explorer", ask],
      ["statement", read],
    ];
    for (const [side, run] of round % 2 ? sides.reverse() : sides)
      times[side].push(await time(run));
  }
  const [explorer, statement] = [median(times.explorer), median(times.statement)];
  return { explorer, statement, ratio: explorer / statement };
}
