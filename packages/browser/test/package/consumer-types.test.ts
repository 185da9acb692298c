import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";

// An application in its own folder, which resolves the built package as a package manager installs it.
// It cannot resolve the dependencies of the package.
const packages = join(import.meta.dirname, "../../..");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spanmeter-types-"));
  for (const scope of ["@spanmeter", "@sentry"])
    mkdirSync(join(folder, "node_modules", scope), { recursive: true });
  symlinkSync(join(packages, "browser"), join(folder, "node_modules/@spanmeter/browser"));
  for (const major of [8, 9, 10, 11])
    symlinkSync(
      join(packages, `browser/node_modules/@sentry/browser-${major}`),
      join(folder, `node_modules/@sentry/browser-${major}`),
    );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a file of the application and returns the diagnostics. */
function compile(source: string, options: ts.CompilerOptions = {}): string[] {
  const file = join(folder, "application.ts");
  writeFileSync(file, source);
  const program = ts.createProgram([file], {
    strict: true,
    declaration: true,
    types: [],
    skipLibCheck: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    outDir: join(folder, "out"),
    ...options,
  });
  const emitted = program.emit(undefined, () => {});
  return [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics].map(
    ({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}

/** Code with the types of a Sentry SDK. */
const writtenFor = (major: number): string => `
  import * as Sentry${major} from "@sentry/browser-${major}";
  type SentryOptions${major} = NonNullable<Parameters<typeof Sentry${major}.metrics.count>[2]>;
  type Hook${major} =
    NonNullable<NonNullable<Parameters<typeof Sentry${major}.init>[0]>["beforeSendMetric"]>;
  type SentryMetric${major} = Parameters<Hook${major}>[0];
  declare const options${major}: SentryOptions${major};
  declare const hook${major}: Hook${major};
  metrics.count("a", 1, options${major});
  metrics.gauge("a", 1, options${major});
  metrics.distribution("a", 1, options${major});
  metrics.count("a", 1, { attributes: options${major}.attributes });
  init({ beforeSendMetric: hook${major} });
  init({ beforeSendMetric: (metric: SentryMetric${major}): SentryMetric${major} => metric });
  init({ beforeSendMetric: (metric) => { const theirs: SentryMetric${major} = metric; return theirs; } });
`;

test.each([true, false])(
  "code with the types of @sentry/browser 10 and 11 compiles, with exactOptionalPropertyTypes: %s",
  (exactOptionalPropertyTypes) => {
    const source = `
      import { init, metrics } from "@spanmeter/browser";
      ${writtenFor(10)}
      ${writtenFor(11)}
    `;
    // Not all types of Sentry's packages compile without skipLibCheck.
    expect(compile(source, { exactOptionalPropertyTypes, skipLibCheck: true })).toEqual([]);
  },
);

/** An application that sends its metrics through the queue behind that major, in all ways. */
const behind = (major: number): string => `
  import * as Sentry${major} from "@sentry/browser-${major}";
  Sentry${major}.init({ integrations: [spanmeterIntegration()] });
  Sentry${major}.init({ integrations: (defaults) => [...defaults, spanmeterIntegration({ maxQueueItems: 10 })] });
  Sentry${major}.init({ integrations: [leanSpanmeterIntegration({ parts: [folding(), pageStorage()] })] });
  Sentry${major}.init({ transport: makeMetricsTransport(Sentry${major}.makeFetchTransport) });
  Sentry${major}.init({
    transport: makeMetricsTransport(
      Sentry${major}.makeBrowserOfflineTransport(Sentry${major}.makeFetchTransport),
      { onDrop: ({ reason }) => reason.length },
    ),
  });
  Sentry${major}.init({
    transport: makeMetricsTransport(Sentry${major}.makeMultiplexedTransport(Sentry${major}.makeFetchTransport, () => [])),
  });
  Sentry${major}.addIntegration(spanmeterIntegration());
`;

test.each([true, false])(
  "spanmeterIntegration() and makeMetricsTransport() fit @sentry/browser 8 to 11, with exactOptionalPropertyTypes: %s",
  (exactOptionalPropertyTypes) => {
    const source = `
      import { folding, leanSpanmeterIntegration, makeMetricsTransport, metrics, pageStorage, spanmeterIntegration } from "@spanmeter/browser/sentry";
      ${[8, 9, 10, 11].map(behind).join("")}
      metrics.count("a", 1, { timestamp: 1, sampleRate: 0.5 });
      export const integration = spanmeterIntegration();
      export const recorded: number | undefined = integration.stats()?.recorded;
      // @ts-expect-error the SDK knows its DSN
      spanmeterIntegration({ dsn: "" });
    `;
    expect(compile(source, { exactOptionalPropertyTypes, skipLibCheck: true })).toEqual([]);
  },
);

test("an application can export values of the package and emit their declarations", () => {
  const source = `
    import { consoleTransport, fanOut, init, keepaliveTransport, memoryTransport } from "@spanmeter/browser";
    export const memory = memoryTransport();
    export const sent = memory.envelopes;
    export const first = memory.envelopes[0];
    export const client = init({ transport: memory });
    export const stats = client.stats();
    export const options = client.options;
    export const { metrics } = client;
    export const other = consoleTransport();
    export const both = fanOut([memory, other]);
    export const keepalive = keepaliveTransport;
    export const answer = keepalive({ url: "", recordDroppedEvent() {} }).send([{}, []]);
  `;
  expect(compile(source)).toEqual([]);
});

test("the script file's global has types", () => {
  const source = `
    import "@spanmeter/browser/script";
    Spanmeter.init({ dsn: "" });
    Spanmeter.metrics.count("a");
    // @ts-expect-error a gauge needs a value
    Spanmeter.metrics.gauge("a");
  `;
  expect(compile(source)).toEqual([]);
});
