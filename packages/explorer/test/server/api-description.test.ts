import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createQueries } from "../../src/answers/queries.js";
import { readEvents } from "../../src/client/server-events.js";
import { startExplorer, type Explorer } from "../../src/index.js";
import { createIngest } from "../../src/ingest/ingest.js";
import { AGGREGATIONS } from "../../src/model/aggregation.js";
import { NOTE_CODES } from "../../src/model/note-code.js";
import { METRIC_TYPES } from "../../src/model/metric.js";
import { KINDS, VERDICTS } from "../../src/model/received-item.js";
import { createApp } from "../../src/server/app.js";
import { openDuckDBStore } from "../../src/store/duckdb/duckdb-store.js";
import {
  DOCUMENT,
  expectDescribed,
  expectValid,
  operations,
  resolveRef,
  type Operation,
  type Parameter,
} from "../support/api-description.js";
import {
  container,
  envelope,
  LOG_TYPE,
  metric,
  metrics,
  nowSeconds,
  SPAN_ID,
  SPAN_TYPE,
  text,
  TRACE_ID,
  type ItemText,
  type Json,
} from "../support/envelopes.js";
import { testExplorer } from "../support/test-explorer.js";

const OPERATIONS = operations();
const READ = OPERATIONS.filter(({ tags }) => tags.includes("read"));
const SEND = OPERATIONS.filter(({ tags }) => tags.includes("send"));
const isStream = ({ responses }: Operation): boolean =>
  responses["200"]?.content["text/event-stream"] !== undefined;
const STRICT = READ.filter((operation) => !operation.ignoresUnknownParameters);

const item = (type: string, payload: Json): ItemText => ({
  header: { type },
  payload: JSON.stringify(payload),
});

/** One item of every kind, and metrics of every type, verdict and size. */
const everything = (): string => {
  const seconds = nowSeconds();
  const ids = { trace_id: TRACE_ID, span_id: SPAN_ID };
  const times = { start_timestamp: seconds - 1, end_timestamp: seconds };
  const duration = { name: "payment.duration", type: "distribution", unit: "millisecond" };
  const attributes = {
    route: text("/cart/1"),
    ids: { value: [1, 2], type: "array" },
    large: { value: 2 ** 60, type: "integer" },
    "sentry.client_sample_rate": { value: 0.3, type: "double" },
  };
  const many = Array.from({ length: 25 }, (_, value) => metric({ ...duration, value, attributes }));
  return envelope(
    [
      metrics([
        ...many,
        metric({ span_id: SPAN_ID }),
        metric({ name: "queue.size", type: "gauge", value: 1e308, attributes }),
        metric({ name: "huge", value: 1.7e308 }),
        metric({ name: "huge", value: 1.7e308 }),
        metric({ name: "lost", value: null }),
        metric({ name: "to-change" }),
      ]),
      container("span", SPAN_TYPE, [{ ...ids, ...times, name: "GET /", status: "ok" }]),
      container("log", LOG_TYPE, [{ ...ids, timestamp: seconds, body: "b", level: "warn" }]),
      item("event", { message: "m", contexts: { trace: ids }, extra: { a: [{}] } }),
      item("transaction", {
        start_timestamp: seconds - 1,
        timestamp: seconds,
        contexts: {
          trace: { ...ids, span_id: "f".repeat(16), parent_span_id: SPAN_ID, op: "http" },
        },
      }),
      item("client_report", {
        discarded_events: [{ reason: "queue_overflow", category: "trace_metric", quantity: 7 }],
      }),
      item("session", {}),
      item("log", {}),
    ],
    { sdk: { name: "sentry.x", version: "1" } },
  );
};

let explorer: Explorer;

beforeAll(async () => {
  explorer = await startExplorer({ port: 0, memory: true });
  await fetch(`${explorer.url}/stream`, { method: "POST", body: everything() });
  return () => explorer.close();
});

const queryOf = (parameters: Parameter[]): URLSearchParams =>
  new URLSearchParams(
    parameters.flatMap(({ name, example }) =>
      [example].flat().map((value): [string, string] => [name, String(value)]),
    ),
  );

const queryParameters = ({ parameters }: Operation): Parameter[] =>
  parameters.filter((parameter) => parameter.in === "query");

/** The address of an operation: path parameters from their examples, query parameters as given. */
function addressOf(operation: Operation, query = new URLSearchParams()): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (operation.operationId === "showTrace") return TRACE_ID;
    return String(operation.parameters.find((parameter) => parameter.name === name)?.example);
  });
  return `${explorer.url}${path}?${query.toString()}`;
}

/** Calls an operation, with the required parameters and those given. A stream is ended after its first event. */
async function call(
  operation: Operation,
  query = new URLSearchParams(),
  init: RequestInit = {},
): Promise<Response> {
  const required = queryParameters(operation).filter((each) => each.required);
  for (const [name, value] of queryOf(required)) if (!query.has(name)) query.set(name, value);
  const abort = new AbortController();
  const response = await fetch(addressOf(operation, query), {
    method: operation.method,
    ...(operation.method === "POST" ? { body: bodyOf(operation) } : {}),
    signal: abort.signal,
    ...init,
  });
  const isOpen = response.ok && isStream(operation);
  if (!isOpen) return response;
  abort.abort();
  return new Response(null, { status: response.status, headers: response.headers });
}

function bodyOf({ operationId, body }: Operation): string {
  if (body !== undefined) return JSON.stringify(body);
  return operationId.startsWith("sendEvent") ? '{"message":"m","event_id":"a"}' : everything();
}

describe("the OpenAPI document", () => {
  it("has every route of the app, and no other", async () => {
    const store = await openDuckDBStore();
    onTestFinished(() => store.close());
    const app = createApp({ ingest: createIngest(store), queries: createQueries(store), store });
    const routes = app.routes
      // OPTIONS is for the CORS preflights of browsers.
      .filter(({ method }) => !["ALL", "OPTIONS"].includes(method))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    expect(described.sort()).toEqual([...new Set(routes)].sort());
  });

  it("has a different id and a summary for every operation", () => {
    expect(new Set(OPERATIONS.map(({ operationId }) => operationId)).size).toBe(OPERATIONS.length);
    for (const { summary } of OPERATIONS) expect(summary).toMatch(/^[A-Z].*\.$/);
  });

  it("has the words of the sources", () => {
    const words = (name: string): string[] =>
      resolveRef<{ enum: string[] }>({ $ref: `#/components/schemas/${name}` }).enum;
    expect(words("Kind")).toEqual([...KINDS]);
    expect(words("Verdict")).toEqual([...VERDICTS]);
    expect(words("MetricType")).toEqual([...METRIC_TYPES]);
    expect(words("NoteCode")).toEqual([...NOTE_CODES]);
    const aggregations = new Set(METRIC_TYPES.flatMap((type) => AGGREGATIONS[type]));
    expect(new Set(words("Aggregation"))).toEqual(aggregations);
  });

  it("has samples with the fields of an item, and a trace", () => {
    const fieldsOf = (name: string): string[] =>
      Object.keys(
        resolveRef<{ properties: Json }>({ $ref: `#/components/schemas/${name}` }).properties,
      );
    expect(fieldsOf("Sample")).toEqual([...fieldsOf("Item"), "trace"]);
  });

  it("is served by the explorer", async () => {
    const response = await fetch(`${explorer.url}/api/openapi.json`);
    expect(await response.json()).toEqual(DOCUMENT);
  });
});

describe.each(OPERATIONS)("$operationId", (operation) => {
  it("responds as described", async () => {
    const response = await call(operation);
    expect(response.status).toBe(200);
    await expectDescribed(operation, response);
  });

  it("accepts each described parameter", async () => {
    for (const parameter of queryParameters(operation)) {
      const response = await call(operation, queryOf([parameter]));
      expect([parameter.name, response.status]).toEqual([parameter.name, 200]);
      await expectDescribed(operation, response);
    }
    const response = await call(operation, queryOf(queryParameters(operation)));
    expect(response.status).toBe(200);
    await expectDescribed(operation, response);
  });
});

describe.each(READ)("a page of another origin", (operation) => {
  it(`is refused by ${operation.operationId}`, async () => {
    const headers = { origin: "http://example.com" };
    const response = await call(operation, new URLSearchParams(), { headers });
    expect(response.status).toBe(403);
    await expectDescribed(operation, response);
  });
});

describe.each(STRICT)("the parameters of $operationId", (operation) => {
  const described = queryParameters(operation);

  it("are those that the route accepts", async () => {
    const response = await call(operation, new URLSearchParams({ unknown: "1" }));
    expect(response.status).toBe(400);
    const { error } = (await expectDescribed(operation, response)) as { error: Json };
    const [, list = ""] = /valid are (.*)$/.exec(String(error["message"])) ?? [];
    const accepted = list.split(", ").filter((name) => name !== "");
    expect(accepted.sort()).toEqual(described.map(({ name }) => name).sort());
  });

  it("can be given several times when they are lists, and only then", async () => {
    for (const parameter of described) {
      const query = queryOf([parameter, parameter]);
      const expected = parameter.schema.type === "array" ? 200 : 400;
      const response = await call(operation, query);
      expect([parameter.name, response.status]).toEqual([parameter.name, expected]);
    }
  });

  it("accept the smallest and the largest described value", async () => {
    for (const { name, schema } of described)
      for (const value of [schema.minimum, schema.maximum].filter((each) => each !== undefined)) {
        const response = await call(operation, new URLSearchParams({ [name]: String(value) }));
        expect([name, value, response.status]).toEqual([name, value, 200]);
      }
  });

  it("are refused outside their described values", async () => {
    for (const { name, schema } of described) {
      const values = schema.enum ?? resolveRef<{ enum?: string[] }>(schema.items ?? {}).enum;
      const wrong = [
        ...(values === undefined ? [] : ["wrong"]),
        ...(schema.minimum === undefined ? [] : [schema.minimum - 1]),
        ...(schema.maximum === undefined ? [] : [schema.maximum + 1, "1.5"]),
      ];
      for (const value of wrong) {
        const response = await call(operation, new URLSearchParams({ [name]: String(value) }));
        expect([name, value, response.status]).toEqual([name, value, 400]);
        await expectDescribed(operation, response);
      }
    }
  });

  it("have the described defaults", async () => {
    const withDefaults = described.filter(({ schema }) => schema.default !== undefined);
    const query = new URLSearchParams();
    for (const { name, schema } of withDefaults)
      if (!Array.isArray(schema.default)) query.set(name, String(schema.default));
    const [implicit, explicit] = await Promise.all([call(operation), call(operation, query)]);
    const [one, other] = [await implicit.text(), await explicit.text()].map(withoutTimes);
    expect(one).toBe(other);
  });
});

/** The times of a range go on between two calls, and rates over a range that begins with the oldest item change with them. */
const withoutTimes = (body: string): string =>
  body.replaceAll(
    /"(?:since|until|seconds|bucketSeconds|perMinute|month|price)":(?:"[^"]*"|\{[^}]*\}|[\d.e+-]+)/g,
    "",
  );

describe("a question without an answer", () => {
  it.each([
    "listAttributes",
    "tableOfMetric",
    "listSamplesOfMetric",
    "changesOfMetric",
    "showTrace",
    "showItem",
  ])("of %s is a described 404", async (operationId) => {
    const operation = OPERATIONS.find((each) => each.operationId === operationId);
    if (operation === undefined) throw new Error(`No operation ${operationId}`);
    const id = operationId === "showItem" ? "999" : "f".repeat(32);
    const path = operation.path.replace("{name}", "unknown").replace("{id}", id);
    const { method, body } = operation;
    const response = await fetch(explorer.url + path, { method, body: JSON.stringify(body) });
    expect(response.status).toBe(404);
    await expectDescribed(operation, response);
  });
});

describe.each(["payment.duration", "checkout.started", "queue.size", "huge"])(
  "the aggregated values of %s",
  (name) => {
    it.each(["", "compare=previous&by=route", "since=600s&until=300s"])(
      "are as described with %j",
      async (query) => {
        const operation = OPERATIONS.find((each) => each.operationId === "tableOfMetric");
        if (operation === undefined) throw new Error("No operation tableOfMetric");
        const path = operation.path.replace("{name}", name);
        const response = await fetch(`${explorer.url}${path}?${query}`);
        expect(response.status).toBe(200);
        await expectDescribed(operation, response);
      },
    );
  },
);

describe.each(SEND)("$operationId", (operation) => {
  it("responds with a described 400 to a body that cannot be read", async () => {
    const query = new URLSearchParams(operation.method === "GET" ? { sentry_data: "?" } : {});
    const init = operation.method === "GET" ? {} : { body: "no envelope" };
    const response = await call(operation, query, init);
    expect(response.status).toBe(400);
    await expectDescribed(operation, response);
  });
});

describe.each(SEND.filter(({ method }) => method === "POST"))("$operationId", (operation) => {
  it("responds with a described 415 to an unknown encoding", async () => {
    const headers = { "content-encoding": "unknown" };
    const response = await call(operation, new URLSearchParams(), { headers });
    expect(response.status).toBe(415);
    await expectDescribed(operation, response);
  });

  it("responds with a described 413 to a body that is too large", async () => {
    const init = { body: "x".repeat(20 * 1024 ** 2 + 1) };
    const response = await call(operation, new URLSearchParams(), init);
    expect(response.status).toBe(413);
    await expectDescribed(operation, response);
  });
});

describe.each(READ.filter(isStream))("an event of $operationId", (operation) => {
  it("is as described", async () => {
    const { url, post } = await testExplorer();
    const abort = new AbortController();
    onTestFinished(() => abort.abort());
    const response = await fetch(url + operation.path, { signal: abort.signal });
    await post(everything());
    const schemas = operation.responses["200"]?.["x-events"] ?? {};
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(["item", "missed"]));
    let count = 0;
    for await (const { event, data } of readEvents(response, 45_000)) {
      expectValid(schemas[event] ?? {}, JSON.parse(data));
      if (++count === 30) break;
    }
  });
});
