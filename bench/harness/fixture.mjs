// The process of one fixture: `node fixture.mjs <module> <peer> <options>`. It answers each message
// from the bench: "round" with one measurement, "finish" with what was recorded and what arrived.
const [moduleName, peer, options] = process.argv.slice(2);
const { prepare } = await import(`../cases/${moduleName}.mjs`);
const fixture = await prepare(peer, JSON.parse(options));

async function answer(message) {
  try {
    process.send({ value: await fixture[message]() });
  } catch (error) {
    process.send({ error: error?.stack ?? String(error) });
  }
}
// Without the bench there is nothing left to do, whatever a peer keeps open.
process.on("disconnect", () => process.exit());
process.on("message", (message) => void answer(message));
process.send({ value: "ready" });
