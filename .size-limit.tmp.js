const check = (name, path, imports, platform = "browser") => ({ name, path, import: imports, brotli: true,
  modifyEsbuildConfig: (config) => ({ ...config, platform, tsconfigRaw: "{}", define: { ...config.define, "process.env.NODE_ENV": '"production"' } }) });
const S="packages/browser/node_modules/@sentry/browser-11/build/npm/esm/prod/index.js", P="packages/browser/dist/sentry.production.js";
export default [ check("plain", S, "{ init, metrics }"),
 ...["bare","fold","spanmeterIntegration"].map(n=>({...check(n, S, undefined), path:[S,P], import:{[S]:"{ init, metrics }",[P]:`{ ${n} }`}})),
 ...["bare","fold","spanmeterIntegration"].map(n=>check(n+" alone", P, `{ ${n} }`)),
];
