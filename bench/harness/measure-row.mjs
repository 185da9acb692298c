import { setTimeout as sleep } from "node:timers/promises";
import { median } from "./statistics.mjs";
import { startFixture } from "./start-fixture.mjs";

const ROUNDS = 9;

/** Shortens a row to one round, which only shows that its fixtures work. */
function shorten(row) {
  const { options } = row;
  return {
    ...row,
    peers: row.peers.filter((peer) => /^spanmeter|^@sentry.node$/.test(peer)),
    rounds: 1,
    warmUp: 0,
    options: {
      ...options,
      ...(options.blocks && { blocks: 2 }),
      ...(options.callsPerFlush && { callsPerFlush: 5000 }),
      ...(options.calls && { calls: 1000 }),
      // More than the queue's capacity.
      ...(options.metrics && { metrics: 16_000, samples: 8 }),
    },
  };
}

/**
 * Measures one row: a process per peer, and in each round all peers in turn, so that a busy moment of the
 * machine affects all of them. Throws when a recorded metric did not arrive.
 *
 * @returns the median of each peer, by name
 */
export async function measureRow(row, { sink, quick, long, onRound }) {
  const { rounds = ROUNDS, warmUp = 2, ...rest } = quick ? shorten(row) : row;
  if (long && rest.options.metrics) rest.options = { ...rest.options, metrics: 1e7 };
  const measure = row.fresh ? measureFresh : measureTogether;
  const measured = await measure({ row: rest, rounds, warmUp, onRound, sink });
  return Object.fromEntries(measured.map(([peer, values]) => [peer, median(values)]));
}

const start = ({ row, sink }, peer) =>
  startFixture(row, peer, { ...row.options, sink: sink.newProject(), udp: sink.udp });

/** Starts a process for each peer. Stops all of them if one does not start. */
async function startAll(run) {
  const starts = await Promise.allSettled(run.row.peers.map((peer) => start(run, peer)));
  const processes = starts.map(({ value }) => value);
  const failed = starts.find(({ status }) => status === "rejected");
  if (failed) {
    await Promise.all(processes.map((process) => process?.stop()));
    throw failed.reason;
  }
  return run.row.peers.map((peer, index) => ({ peer, values: [], process: processes[index] }));
}

async function measureTogether(run) {
  const { rounds, warmUp, onRound } = run;
  const fixtures = await startAll(run);
  try {
    for (let round = 1 - warmUp; round <= rounds; round++) {
      for (const { process, values } of fixtures) {
        const value = await process.request("round");
        if (round > 0) values.push(value);
      }
      onRound(round, rounds);
    }
    for (const { peer, process } of fixtures) await check(run, peer, process);
  } finally {
    await Promise.all(fixtures.map(({ process }) => process.stop()));
  }
  return fixtures.map(({ peer, values }) => [peer, values]);
}

/** Starts a new process for every round. */
async function measureFresh(run) {
  const { row, rounds, onRound } = run;
  const measured = row.peers.map((peer) => [peer, []]);
  for (let round = 1; round <= rounds; round++) {
    for (const [peer, values] of measured) {
      const process = await start(run, peer);
      try {
        values.push(await process.request("round"));
        await check(run, peer, process);
      } finally {
        await process.stop();
      }
    }
    onRound(round, rounds);
  }
  return measured;
}

async function check({ row, sink }, peer, process) {
  const { recorded, arrived } = await process.request("finish");
  if (peer === "hot-shots") return checkDatagrams(row, sink, recorded);
  if (recorded !== arrived && arrived !== undefined)
    throw new Error(`${row.id}, ${peer}: ${recorded} metrics recorded, ${arrived} arrived`);
}

/** UDP may lose up to a tenth under load; a peer that lost more did not work. */
async function checkDatagrams(row, sink, recorded) {
  await sleep(200);
  const arrived = sink.takeLines();
  if (arrived > recorded || arrived < recorded * 0.9)
    throw new Error(`${row.id}, hot-shots: ${recorded} metrics recorded, ${arrived} arrived`);
}
