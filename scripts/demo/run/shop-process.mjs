import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const shop = here("../../../examples/shop");

/** How long the shop may take to serve its last visitors and send waiting metrics. */
const STOP_MS = 8000;

/**
 * Starts `examples/shop` as its own process. `url` resolves when it listens; `failed` only ever
 * rejects, when the shop ends by itself, with its output.
 */
export function spawnShop({ dsn }) {
  const child = fork("src/server.mjs", {
    cwd: shop,
    execArgv: ["--import", "./src/instrument.mjs", "--import", here("end-with-parent.mjs")],
    env: { ...process.env, SENTRY_DSN: dsn, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const failed = once(child, "exit").then(([code, signal]) => {
    throw new Error(`The shop ended (${signal ?? code}):\n${output}`);
  });
  // Nothing awaits it after the demo has stopped the shop.
  failed.catch(() => {});
  const listening = once(child.stdout, "data").then(([line]) => String(line).trim());
  return { url: Promise.race([listening, failed]), failed, stop: () => stop(child) };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  const killTimer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  child.kill("SIGTERM");
  await exit;
  clearTimeout(killTimer);
}
