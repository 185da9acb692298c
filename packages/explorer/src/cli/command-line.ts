import { basename, delimiter, dirname, isAbsolute, relative, resolve, sep } from "node:path";

/** The script, folder and environment with which this process was started. */
export interface Invocation {
  /** Path of the script: a link in a folder of binaries, or a file. */
  script: string;
  /** Working directory. */
  cwd: string;
  /** Environment variables. */
  env: Readonly<Record<string, string | undefined>>;
}

const current = (): Invocation => ({
  script: process.argv[1] ?? "spanmeter",
  cwd: process.cwd(),
  env: process.env,
});

/** How each package manager runs the binary of an installed package, and of a package that it downloads for one run. */
const RUNNERS: Readonly<Record<string, { local: string; fetched: string }>> = {
  npm: { local: "npx spanmeter", fetched: "npx @spanmeter/explorer" },
  pnpm: { local: "pnpm exec spanmeter", fetched: "pnpm dlx @spanmeter/explorer" },
  yarn: { local: "yarn spanmeter", fetched: "yarn dlx @spanmeter/explorer" },
  bun: { local: "bunx spanmeter", fetched: "bunx @spanmeter/explorer" },
};

/** Folders for packages that are downloaded for one run. */
const FETCHED = /[\\/](?:_npx|dlx[^\\/]*|bunx-[^\\/]*)[\\/]/;

/**
 * Returns the command line that starts this program again in the way it was started, without arguments. It contains
 * `npx spanmeter` only where the package is installed, because the package `spanmeter` of the registry could be another.
 */
export function commandLine({ script, cwd, env }: Invocation = current()): string {
  const [manager = ""] = (env["npm_config_user_agent"] ?? "").split("/");
  const runner = RUNNERS[manager];
  if (FETCHED.test(script)) return (runner ?? RUNNERS["npm"])?.fetched ?? "";
  if (runner !== undefined && isInstalledAbove(cwd, script)) return runner.local;
  const paths = (env["PATH"] ?? "").split(delimiter).map((path) => resolve(path));
  if (!/\.[cm]?js$/.test(script) && paths.includes(dirname(script))) return basename(script);
  const path = shortPath(cwd, script);
  return /\.[cm]?js$/.test(script) ? `node ${path}` : path;
}

/** Returns whether the script is in the `node_modules` of a folder above the working directory. */
function isInstalledAbove(cwd: string, script: string): boolean {
  const [root, inside] = script.split(`${sep}node_modules${sep}`);
  return inside !== undefined && root !== undefined && `${cwd}${sep}`.startsWith(`${root}${sep}`);
}

function shortPath(cwd: string, script: string): string {
  const fromHere = relative(cwd, script);
  const isBelow = !fromHere.startsWith("..") && !isAbsolute(fromHere);
  const path = isBelow ? `.${sep}${fromHere}` : script;
  return path.includes(" ") ? `"${path}"` : path;
}
