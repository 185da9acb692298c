import { setTimeout as sleep } from "node:timers/promises";
import { median } from "./statistics.mjs";
import { startFixture } from "./start-fixture.mjs";

const ROUNDS = 9;

/** One short round shows that all fixtures work, not how fast they are. */
function quickly(row) {
  const { options } = row;
  return {
    ...row,
    peers: row.peers.filter((peer) => /^spanmeter|^@sentry.node$/.test(peer)),
    rounds: 1,
    warmUp: 0,
    options: {
      ...options,
      ...(options.blocks && { blocks: 2 }),
      // More than the queue holds.
      ...(options.metrics && { metrics: 16_000, looks: 8 }),
    },
  };
}

/**
 * Plays one row: a process per peer, round after round through all peers in turn, so that a busy
 * moment of the machine meets everybody. Throws when something recorded did not arrive.
 *
 * @returns the median of each peer, by name
 */
export async function playRow(row, { sink, quick, long, onRound }) {
  const { rounds = ROUNDS, warmUp = 2, ...rest } = quick ? quickly(row) : row;
  if (long && rest.options.metrics) rest.options = { ...rest.options, metrics: 1e7 };
  const play = row.fresh ? playFresh : playTogether;
  const measured = await play({ row: rest, rounds, warmUp, onRound, sink });
  return Object.fromEntries(measured.map(([peer, values]) => [peer, median(values)]));
}

const start = ({ row, sink }, peer) =>
  startFixture(row, peer, { ...row.options, sink: sink.newProject(), udp: sink.udp });

/** A process for each peer; none is left behind when one of them does not start. */
async function startAll(game) {
  const starts = await Promise.allSettled(game.row.peers.map((peer) => start(game, peer)));
  const processes = starts.map(({ value }) => value);
  const failed = starts.find(({ status }) => status === "rejected");
  if (failed) {
    await Promise.all(processes.map((process) => process?.stop()));
    throw failed.reason;
  }
  return game.row.peers.map((peer, index) => ({ peer, values: [], process: processes[index] }));
}

async function playTogether(game) {
  const { rounds, warmUp, onRound } = game;
  const fixtures = await startAll(game);
  try {
    for (let round = 1 - warmUp; round <= rounds; round++) {
      for (const { process, values } of fixtures) {
        const value = await process.ask("round");
        if (round > 0) values.push(value);
      }
      onRound(round, rounds);
    }
    for (const { peer, process } of fixtures) await check(game, peer, process);
  } finally {
    await Promise.all(fixtures.map(({ process }) => process.stop()));
  }
  return fixtures.map(({ peer, values }) => [peer, values]);
}

/** A new process for every round. */
async function playFresh(game) {
  const { row, rounds, onRound } = game;
  const measured = row.peers.map((peer) => [peer, []]);
  for (let round = 1; round <= rounds; round++) {
    for (const [peer, values] of measured) {
      const process = await start(game, peer);
      try {
        values.push(await process.ask("round"));
        await check(game, peer, process);
      } finally {
        await process.stop();
      }
    }
    onRound(round, rounds);
  }
  return measured;
}

async function check({ row, sink }, peer, process) {
  const { recorded, arrived } = await process.ask("finish");
  if (peer === "hot-shots") return checkDatagrams(row, sink, recorded);
  if (recorded !== arrived && arrived !== undefined)
    throw new Error(`${row.id}, ${peer}: ${recorded} metrics recorded, ${arrived} arrived`);
}

/** UDP may lose some, under load and by nature; a peer that lost more was not at work. */
async function checkDatagrams(row, sink, recorded) {
  await sleep(200);
  const arrived = sink.takeLines();
  if (arrived > recorded || arrived < recorded * 0.9)
    throw new Error(`${row.id}, hot-shots: ${recorded} metrics recorded, ${arrived} arrived`);
}
