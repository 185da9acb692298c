import { createRequire } from "node:module";
import { arch, platform } from "node:process";

const require = createRequire(import.meta.url);

/** The npm packages have programs for other systems too, which are not tested. */
export const isSupported: boolean = platform === "linux" && arch === "x64";
/** Added to the names of tests that are skipped. */
export const onlyOn: string = isSupported
  ? ""
  : " (skipped: the runtimes are tested on linux-x64 only)";

/** The programs themselves, not the start scripts of npm, which would not pass on signals. */
const PROGRAMS = {
  bun: ["bun/package.json", "./bin/bun.exe"],
  deno: ["deno/package.json", "@deno/linux-x64-glibc/deno"],
  workerd: ["workerd/package.json", "@cloudflare/workerd-linux-64/bin/workerd"],
} as const;

export type Runtime = keyof typeof PROGRAMS;

/** The path of a runtime's program. */
export function binaryOf(runtime: Runtime): string {
  const [manifest, program] = PROGRAMS[runtime];
  return createRequire(require.resolve(manifest)).resolve(program);
}
