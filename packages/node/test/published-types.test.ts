import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const packages = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);
const compilers = { "TypeScript 6": "typescript/bin/tsc6", "TypeScript 7": "typescript-7/bin/tsc" };

/** The source of an application that publishes declarations. It depends on no other package of ours. */
const source = `
import { createClient, fanOut, getClient, httpTransport, init, memoryTransport, metrics } from "@spanmeter/node";

export const memory = memoryTransport();
export const sent = memory.envelopes;
export const first = memory.envelopes[0];
export const client = init({ transport: memory, transportOptions: { caCerts: new Uint8Array(1) } });
export const answer = httpTransport({ url: "", recordDroppedEvent() {} }).send([{}, []]);
export const both = fanOut([httpTransport, memory]);
export const current = getClient();
export const stats = client.stats();
export const recorder = metrics;
export const another = (): ReturnType<typeof createClient> => createClient({});
export const closed = async (): Promise<void> => client[Symbol.asyncDispose]();
`;

/** A folder with the source above and the built package, installed as pnpm does. */
async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-types-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = join(folder, "node_modules/.pnpm/node/node_modules/@spanmeter");
  for (const name of ["node", "core"])
    for (const part of ["package.json", "dist"])
      await cp(join(packages, name, part), join(store, name, part), { recursive: true });
  await mkdir(join(folder, "node_modules/@spanmeter"), { recursive: true });
  await symlink(join(store, "node"), join(folder, "node_modules/@spanmeter/node"));
  await writeFile(join(folder, "index.ts"), source);
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022"],
    types: [],
    module: "NodeNext",
    strict: true,
    declaration: true,
    skipLibCheck: false,
    outDir: "out",
    rootDir: ".",
  };
  const config = { compilerOptions, files: ["index.ts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return folder;
}

test.each(Object.entries(compilers))(
  "the built types compile without node's types, with skipLibCheck off and declarations on, in %s",
  async (_, bin) => {
    const folder = await project();
    const [name = "", ...path] = bin.split("/");
    const compiler = join(dirname(require.resolve(`${name}/package.json`)), ...path);
    const run = promisify(execFile)(process.execPath, [compiler, "-p", folder]);
    expect(await run.catch(({ stdout }: { stdout: string }) => stdout)).toMatchObject({
      stdout: "",
    });
  },
  60_000,
);
