// Runs traffic under random faults and checks that every count is accounted for.
// `node scripts/soak.mjs --seconds 600 --speed 1 --seed 7 --rate 5000`; needs the built packages.
// `--speed 10` runs the traffic of ten minutes in one.
import { parseArgs } from "node:util";
import { loadNode, loadTesting } from "./reliability/load-testing.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "600" },
    speed: { type: "string", default: "1" },
    rate: { type: "string", default: "5000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const [seconds, speed, rate, seed] = ["seconds", "speed", "rate", "seed"].map((name) =>
  Number(values[name]),
);
if (
  ![seconds, speed, rate, seed].every((value) => Number.isFinite(value) && value >= 0) ||
  !speed
) {
  console.error("--seconds, --speed, --rate and --seed must be numbers.");
  process.exit(2);
}
const { soak } = await loadTesting();
const { createClient } = await loadNode();
const number = new Intl.NumberFormat("en-GB").format;

console.log(
  `${seconds} s of traffic at ${number(rate)} metrics per second, ${speed} times faster, seed ${seed}`,
);
const onProgress = ({ second, fault, recorded, received, lost, heapBytes }) => {
  const counts = `${number(recorded)} recorded, ${number(received)} received, ${number(lost)} lost`;
  const line = `${second} s: ${counts}, heap ${Math.round(heapBytes / 2 ** 20)} MiB, ${fault}`;
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
  else if (second % 10 === 0) console.log(line);
};
const { broken, peakHeapBytes, ...result } = await soak({
  create: createClient,
  seconds,
  speed,
  rate,
  seed,
  onProgress,
});
if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
for (const [name, value] of Object.entries(result))
  console.log(`${name.padEnd(10)}${number(value)}`);
console.log(`peak heap ${Math.round(peakHeapBytes / 2 ** 20)} MiB, including the server's records`);
for (const sentence of broken) console.error(sentence);
console.log(
  broken.length === 0
    ? "Every count is accounted for."
    : `Counts do not add up; repeat with --seed ${seed}`,
);
process.exitCode = broken.length === 0 ? 0 : 1;
