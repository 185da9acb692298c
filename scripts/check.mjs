// Every check that decides a merge, on the built packages: the tests, whose output is shown immediately, and at the
// same time the other checks one after the other, because the tests spend much time waiting. Runs all, whatever fails.
import { spawn } from "node:child_process";
import { once } from "node:events";

const BESIDE = ["types", "lint", "size", "exports", "readme", "api:check"];

/** Runs a script of package.json. What it prints is shown, or kept for the end. */
async function runScript(name, stdio) {
  const started = performance.now();
  const child = spawn("pnpm", ["run", name], {
    stdio: ["ignore", stdio, stdio],
    // On Windows pnpm is a command file, which only a shell starts.
    shell: process.platform === "win32",
  });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  const seconds = Math.round((performance.now() - started) / 1000);
  return { name, passed: code === 0, output, seconds };
}

async function runBeside() {
  const results = [];
  for (const name of BESIDE) results.push(await runScript(name, "pipe"));
  return results;
}

const [tests, beside] = await Promise.all([runScript("test:run", "inherit"), runBeside()]);
const results = [...beside, tests];
for (const { name, passed, output } of results)
  if (!passed) console.log(`\n${name} failed:\n${output}`);
console.log();
for (const { name, passed, seconds } of results)
  console.log(`${passed ? "passed" : "FAILED"}  ${name} (${seconds} s)`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
