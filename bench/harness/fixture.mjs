// The process of one fixture: `node fixture.mjs <module> <peer> <options>`. It answers the messages of the
// bench: "round" with one measurement, "finish" with the numbers of recorded and arrived metrics.
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
// Ends with the bench, even if a peer keeps the event loop alive.
process.on("disconnect", () => process.exit());
process.on("message", (message) => void answer(message));
process.send({ value: "ready" });
