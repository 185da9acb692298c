import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const shop = here("../../examples/shop");

/** How long the shop may take to serve its last visitors and send what waits. */
const STOP_MS = 8000;

/** Starts `examples/shop` as its own process. Rejects with what it said when it ends instead. */
export async function startShop({ dsn }) {
  const child = fork("src/server.mjs", {
    cwd: shop,
    execArgv: ["--import", "./src/instrument.mjs", "--import", here("end-with-parent.mjs")],
    env: { ...process.env, SENTRY_DSN: dsn, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  const ended = once(child, "exit").then(([code, signal]) => {
    throw new Error(`The shop ended (${signal ?? code}):\n${said}`);
  });
  ended.catch(() => {});
  try {
    while (!said.includes("\n")) await Promise.race([once(child.stdout, "data"), ended]);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return { url: said.split("\n")[0].trim(), ended, stop: () => stop(child) };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  const giveUp = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  child.kill("SIGTERM");
  await exit;
  clearTimeout(giveUp);
}
