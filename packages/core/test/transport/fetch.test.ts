import { createHttpRig } from "@spanmeter/testing";
import { describeHttpTransport } from "@spanmeter/testing/suites/transport-contract";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchTransport, type Fetch } from "../../src/transport/fetch.js";
import { realRuntime } from "./real-runtime.js";

describeHttpTransport("fetchTransport", () =>
  createHttpRig((options) =>
    fetchTransport({ ...options, fetch: fetch as Fetch, runtime: realRuntime }),
  ),
);

describe("fetchTransport", () => {
  const url = "https://o1.ingest.sentry.io/api/2/envelope/";
  const requests: Request[] = [];
  const server = setupServer(
    http.post(url, ({ request }) => {
      requests.push(request.clone());
      return HttpResponse.json({}, { status: 202, headers: { "Retry-After": "9" } });
    }),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterAll(() => server.close());

  const envelope = [{ sent_at: "x" }, [[{ type: "event" }, { message: "é" }]]] as never;

  test("posts bytes without a content type, so that browsers need no preflight", async () => {
    const transport = fetchTransport({
      url,
      fetch: (...init) => fetch(...(init as Parameters<typeof fetch>)),
      runtime: realRuntime,
      recordDroppedEvent: () => {},
    });
    const response = await transport.send(envelope);
    expect(response.statusCode).toBe(202);
    expect(response.headers?.["retry-after"]).toBe("9");
    expect(requests[0]?.headers.get("content-type")).toBeNull();
    const text = await requests[0]?.text();
    expect(text?.trimEnd()).toBe('{"sent_at":"x"}\n{"type":"event"}\n{"message":"é"}');
  });

  test("passes fetchOptions and headers to fetch", async () => {
    const calls: unknown[] = [];
    const transport = fetchTransport({
      url,
      fetch: (...args) => {
        calls.push(args[1]);
        return fetch(...(args as Parameters<typeof fetch>));
      },
      runtime: realRuntime,
      recordDroppedEvent: () => {},
      fetchOptions: { credentials: "include" },
      headers: { a: "b" },
    });
    await transport.send(envelope);
    expect(calls[0]).toMatchObject({ method: "POST", credentials: "include", headers: { a: "b" } });
  });
});
