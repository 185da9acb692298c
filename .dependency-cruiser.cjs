// The arrows of ARCHITECTURE.md, type imports counted: a graph is as clean as its gate.
const core = "^packages/core/src/";
/**
 * The rooms of each package, and which other rooms each may import, type imports counted. A folder that is
 * missing here fails the check. Files beside the rooms are checked by the rules further down.
 */
const ROOMS = {
  core: {
    contract: [],
    engine: ["contract"],
    record: ["contract", "engine"],
    context: ["contract", "engine"],
    volume: ["contract", "engine"],
    // Code that options bring with them: all of it is optional.
    policies: ["contract", "engine", "record", "volume"],
    queue: ["contract", "engine"],
    encode: ["contract", "engine"],
    delivery: ["contract", "engine"],
    transport: ["contract", "engine"],
    // Before there is a client, calls need verbs and traces.
    current: ["contract", "engine", "record", "context"],
    // Metrics that a Sentry SDK has recorded.
    intake: ["contract", "engine", "record", "context", "current"],
  },
  browser: {
    context: [],
    transport: [],
    lifecycle: ["transport"],
    intake: ["transport", "lifecycle"],
  },
  explorer: {
    model: [],
    runtime: [],
    options: ["runtime"],
    questions: ["model"],
    store: ["model", "options", "questions", "runtime"],
    ingest: ["model", "runtime", "store"],
    answers: ["model", "questions", "runtime", "store"],
    server: ["answers", "ingest", "model", "options", "questions", "runtime", "store"],
    client: ["model", "options", "runtime"],
    format: ["model"],
    cli: ["client", "format", "model", "options", "runtime"],
  },
  "explorer-ui": {
    url: [],
    live: [],
    format: [],
    copy: [],
    parts: ["api"],
    keys: ["parts"],
    theme: ["parts"],
    api: ["live"],
    table: ["api", "keys", "live", "parts", "url"],
    chart: ["format", "keys", "parts", "theme", "url"],
    home: ["api", "copy", "format", "parts", "url"],
    lint: ["api", "copy", "format", "parts", "url"],
    cost: ["api", "copy", "format", "parts", "url"],
    trace: ["api", "copy", "format", "keys", "live", "parts", "table", "theme", "url"],
    explore: [
      "api",
      "chart",
      "copy",
      "cost",
      "format",
      "keys",
      "lint",
      "live",
      "parts",
      "table",
      "theme",
      "url",
    ],
    screens: [
      "api",
      "copy",
      "cost",
      "explore",
      "format",
      "home",
      "keys",
      "lint",
      "live",
      "parts",
      "table",
      "tail",
      "trace",
      "url",
    ],
    tail: ["api", "copy", "format", "keys", "live", "parts", "table", "url"],
    frame: ["api", "format", "keys", "live", "parts", "theme", "url"],
  },
  node: {
    runtime: [],
    options: ["runtime"],
    context: ["runtime"],
    encode: ["runtime"],
    deflate: ["runtime"],
    process: ["runtime", "options"],
    functions: ["runtime", "options"],
    "transport/local": ["runtime"],
    "transport/proxy": ["runtime"],
    "transport/http": ["runtime", "options", "process", "transport/proxy", "deflate"],
    spool: ["runtime", "transport/http"],
    shutdown: ["runtime", "options", "process", "transport/proxy", "transport/http", "spool"],
    intake: ["options", "functions", "shutdown", "transport/http", "transport/local"],
    edge: ["options", "context", "functions", "transport/http"],
  },
  testing: {
    numbers: [],
    readers: [],
    fakes: ["readers"],
    servers: ["fakes", "readers"],
    trials: ["fakes", "readers", "servers"],
    suites: ["readers", "servers"],
    snuba: ["readers"],
    replay: ["fakes", "readers", "snuba"],
  },
};

const roomRules = Object.entries(ROOMS).flatMap(([name, rooms]) => [
  ...Object.entries(rooms).map(([room, known]) => ({
    name: `${name}-${room}-imports-only-${known.join("-") || "itself"}`,
    severity: "error",
    from: { path: `^packages/${name}/src/${room}/` },
    to: {
      path: `^packages/${name}/src/[^/]+/`,
      pathNot: `^packages/${name}/src/(${[room, ...known].join("|")})/`,
    },
  })),
  {
    name: `${name}-has-no-other-rooms`,
    severity: "error",
    from: {
      path: `^packages/${name}/src/[^/]+/`,
      pathNot: `^packages/${name}/src/(${Object.keys(rooms).join("|")})/`,
    },
    to: {},
  },
]);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-loops",
      severity: "error",
      comment: "Two files that need each other are one file, or lack a third.",
      from: {},
      to: { circular: true },
    },
    {
      name: "nobody-imports-the-front-door",
      severity: "error",
      from: { path: "^packages/(core|browser|node|explorer)/src/" },
      to: {
        path: "^packages/(core|browser|node|explorer)/src/index\\.ts$",
        pathNot: `${core}index`,
      },
    },
    {
      name: "core-owns-no-platform",
      severity: "error",
      from: { path: core },
      to: { path: "^packages/(browser|node|explorer|testing)/", dependencyTypesNot: ["npm-dev"] },
    },
    {
      name: "core-has-no-dependencies",
      severity: "error",
      from: { path: core },
      to: { dependencyTypes: ["npm", "npm-dev", "core"] },
    },
    {
      name: "browser-and-node-never-meet",
      severity: "error",
      from: { path: "^packages/browser/src/" },
      to: { path: "^packages/(node|explorer|testing)/|^node:" },
    },
    {
      name: "node-and-browser-never-meet",
      severity: "error",
      from: { path: "^packages/node/src/" },
      to: { path: "^packages/(browser|explorer|testing)/" },
    },
    {
      name: "explorer-stands-alone",
      severity: "error",
      comment: "It must read the envelopes of every Sentry SDK, not of ours.",
      from: { path: "^packages/explorer/src/" },
      to: { path: "^packages/(core|browser|node|testing)/" },
    },
    {
      name: "explorer-chooses-its-store-in-one-place",
      severity: "error",
      comment:
        "A second store could stand beside this one: only the composition roots know which one is used.",
      from: {
        path: "^packages/explorer/src/",
        pathNot: "^packages/explorer/src/(store/duckdb/|(explorer|file-api)\\.ts$)",
      },
      to: { path: "^packages/explorer/src/store/duckdb/|@duckdb/" },
    },
    {
      name: "the-page-asks-the-api",
      severity: "error",
      comment: "It runs in a browser: it knows the answers of the API, and the grammar of filters.",
      from: { path: "^packages/explorer-ui/src/" },
      to: {
        path: "^packages/",
        pathNot: "^packages/(explorer-ui|explorer/src/(model|questions))/",
      },
    },
    ...roomRules,
    {
      name: "no-dev-dependencies-in-sources",
      severity: "error",
      from: { path: "^packages/(core|browser|node|explorer)/src/" },
      to: { dependencyTypes: ["npm-dev"], pathNot: "^packages/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|dist" },
    exclude: { path: "(^|/)(dist|test|node_modules/\\.cache)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types"] },
  },
};
