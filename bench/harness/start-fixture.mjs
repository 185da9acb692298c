import { fork } from "node:child_process";
import { join } from "node:path";

const file = join(import.meta.dirname, "fixture.mjs");
/** A fixture without an answer for this long is broken. */
const PATIENCE_MS = 20 * 60_000;

/** Returns the environment without variables that would change the measurements. */
function cleanEnvironment() {
  const excluded = /^(NODE_OPTIONS|SENTRY_.*|OTEL_.*|DD_.*|SPANMETER_.*)$/;
  const kept = Object.entries(process.env).filter(([name]) => !excluded.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}

/** Starts the process of a fixture. `request` sends it a message and resolves to the answer; `stop` ends it. */
export async function startFixture(row, peer, options) {
  const child = fork(file, [row.module, peer, JSON.stringify(options)], {
    execArgv: row.execArgv ?? [],
    env: cleanEnvironment(),
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));

  function next() {
    return new Promise((resolve, reject) => {
      const settle = (act, value) => {
        clearTimeout(timer);
        child.off("message", onMessage).off("exit", onExit);
        act(value);
      };
      const fail = (why) => settle(reject, new Error(`${row.id}, ${peer}: ${why}`));
      const onExit = (code) => fail(`its process ended with code ${code}`);
      const onMessage = ({ value, error }) => (error ? fail(error) : settle(resolve, value));
      const timer = setTimeout(() => fail("no answer in time"), PATIENCE_MS);
      child.once("message", onMessage).once("exit", onExit);
    });
  }
  async function stop() {
    child.kill("SIGKILL");
    await ended;
  }

  try {
    await next();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    request(message) {
      const answer = next();
      child.send(message);
      return answer;
    },
    stop,
  };
}
