import { basename, delimiter, dirname, isAbsolute, relative, resolve, sep } from "node:path";

/** How this process was started, as far as it can be seen. */
export interface Invocation {
  /** The script as it was named: a link in a folder of binaries, or a file. */
  script: string;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

const current = (): Invocation => ({
  script: process.argv[1] ?? "spanmeter",
  cwd: process.cwd(),
  env: process.env,
});

/** How each package manager runs the binary of an installed package; and of one it fetches for the occasion. */
const RUNNERS: Readonly<Record<string, { local: string; fetched: string }>> = {
  npm: { local: "npx spanmeter", fetched: "npx @spanmeter/explorer" },
  pnpm: { local: "pnpm exec spanmeter", fetched: "pnpm dlx @spanmeter/explorer" },
  yarn: { local: "yarn spanmeter", fetched: "yarn dlx @spanmeter/explorer" },
  bun: { local: "bunx spanmeter", fetched: "bunx @spanmeter/explorer" },
};

/** Folders in which package managers keep what they fetch for one run. */
const FETCHED = /[\\/](?:_npx|dlx[^\\/]*|bunx-[^\\/]*)[\\/]/;

/**
 * The command line by which this program can be started again, without its arguments: as it was started now.
 * The bare name `spanmeter` goes to npx only where it is installed: the registry has it for anyone to take.
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

/** Whether a folder above the working directory has the script in its `node_modules`, where package managers look. */
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
