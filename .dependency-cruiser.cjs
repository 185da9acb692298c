// The arrows of ARCHITECTURE.md, type imports counted: a graph is as clean as its gate.
const core = "^packages/core/src/";
const rooms = "(record|context|volume|queue|encode|delivery|transport)";
const compositionRoots = `${core}(index|create-client|metrics)\\.ts$`;

/**
 * The rooms of each package, and which other rooms each may import, type imports counted. A folder that is
 * missing here fails the check. Files beside the rooms are checked by the rules further down.
 */
const ROOMS = {
  explorer: {
    store: [],
    ingest: ["store"],
    query: ["store"],
    format: ["query", "store"],
    server: ["ingest", "query", "store"],
    cli: ["format", "query", "server", "store"],
  },
  node: {
    runtime: [],
    options: ["runtime"],
    context: ["runtime"],
    encode: ["runtime"],
    process: ["runtime", "options"],
    functions: ["runtime", "options"],
    "transport/local": ["runtime"],
    "transport/proxy": ["runtime"],
    "transport/http": ["runtime", "options", "process", "transport/proxy"],
    spool: ["runtime", "transport/http"],
    shutdown: ["runtime", "options", "process", "transport/proxy", "transport/http", "spool"],
    edge: ["options", "context", "functions", "transport/http"],
  },
  testing: {
    readers: [],
    fakes: ["readers"],
    servers: ["fakes", "readers"],
    trials: ["fakes", "readers", "servers"],
    suites: ["readers", "servers"],
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
      name: "stages-are-strangers",
      severity: "error",
      comment: "A room of core knows the words, never another room; create-client joins them.",
      from: { path: `${core}${rooms}/` },
      to: { path: `${core}${rooms}/`, pathNot: `${core}$1/` },
    },
    {
      name: "words-import-words",
      severity: "error",
      comment: "Files beside the rooms are words; only the composition roots reach into rooms.",
      from: { path: `${core}[^/]+\\.ts$`, pathNot: compositionRoots },
      to: { path: `${core}${rooms}/` },
    },
    {
      name: "engine-knows-only-words",
      severity: "error",
      comment: "What every stage is handed: it must not know any of them.",
      from: { path: `${core}engine/` },
      to: { path: `${core}\\w+/`, pathNot: `${core}engine/` },
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
