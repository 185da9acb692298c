import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { init, metrics, withFlush } from "../../src/index.js";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";

async function started(): Promise<{ arrived(): number }> {
  const ingest = await ingestForTest();
  const client = init({ dsn: ingest.dsn, shutdown: { spool: false, timeout: 60_000 } });
  onTestFinished(() => void client.close());
  return { arrived: () => ingest.metrics.length };
}

test("a handler with a promise answers after its metrics arrived", async () => {
  const { arrived } = await started();
  const handler = withFlush(async (event: number) => (metrics.count("handled"), event + 1));
  expect(await handler(1)).toBe(2);
  expect(arrived()).toBe(1);
});

test("a handler that fails rejects with its error after its metrics arrived", async () => {
  const { arrived } = await started();
  const handler = withFlush(async () => {
    metrics.count("failed");
    throw new Error("mine");
  });
  await expect(handler()).rejects.toThrow("mine");
  expect(arrived()).toBe(1);
});

/** The context that AWS Lambda passes to every handler, with a callback up to Node 22. */
const LAMBDA_CONTEXT = { callbackWaitsForEmptyEventLoop: true, awsRequestId: "1" };

test("on AWS Lambda, a callback is called after the metrics arrived", async () => {
  const { arrived } = await started();
  type Callback = (error: null, answer: string) => void;
  const handler = withFlush((_event: object, _context: object, callback: Callback) => {
    metrics.count("handled");
    callback(null, "answer");
  });
  // Lambda recognises a handler with a callback by the number of its parameters.
  expect(handler).toHaveLength(3);
  const answer = await new Promise((resolve) =>
    handler({}, LAMBDA_CONTEXT, (_, text) => resolve(text)),
  );
  expect(answer).toBe("answer");
  expect(arrived()).toBe(1);
});

test("on AWS Lambda, a promise answers after the metrics arrived although there is a callback", async () => {
  const { arrived } = await started();
  const handler = withFlush(async (event: object) => (metrics.count("handled"), event));
  const call = handler as unknown as (...args: unknown[]) => Promise<unknown>;
  const event = { id: 1 };
  expect(await call(event, LAMBDA_CONTEXT, () => expect.unreachable())).toBe(event);
  expect(arrived()).toBe(1);
});

test("on AWS Lambda, an error of a handler without a promise is reported after the metrics arrived", async () => {
  const { arrived } = await started();
  const handler = withFlush((_event: object): never => {
    metrics.count("failed");
    throw new Error("mine");
  });
  const call = handler as unknown as (...args: unknown[]) => Promise<unknown>;
  await expect(call({}, LAMBDA_CONTEXT, () => {})).rejects.toThrow("mine");
  expect(arrived()).toBe(1);
});

test("on AWS Lambda, a streamed response is recognised in either order of wrapping, and ends after the metrics arrived", async () => {
  const { arrived } = await started();
  // As `awslambda.streamifyResponse` works, by the source of Lambda's runtime interface client.
  const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
  const streamify = <F extends object>(handler: F): F =>
    Object.assign(handler, { [STREAMING]: "response" });
  const handler = async (_event: object, stream: PassThrough): Promise<void> => {
    stream.write("ans");
    metrics.count("handled");
    stream.end("wer");
  };
  for (const [times, wrapped] of [
    withFlush(streamify(handler)),
    streamify(withFlush(handler)),
  ].entries()) {
    expect(Object.getOwnPropertyDescriptor(wrapped, STREAMING)).toMatchObject({
      value: "response",
    });
    const stream = new PassThrough();
    await wrapped({}, stream);
    expect(await text(stream)).toBe("answer");
    expect(arrived()).toBe(times + 1);
  }
});

test("on Google Cloud, a response ends after the metrics arrived", async () => {
  const { arrived } = await started();
  const handler = withFlush((_request: IncomingMessage, response: ServerResponse) => {
    // Long after the handler has returned.
    setTimeout(() => {
      metrics.count("handled");
      response.end("answer");
    }, 10);
  });
  const before: number[] = [];
  const server = createServer((request, response) => {
    response.on("finish", () => before.push(arrived()));
    handler(request, response);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("answer");
  expect(before).toEqual([1]);
});

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** The response of the handler, as its client receives it. */
async function served(handle: Handle): Promise<Response> {
  const server = createServer(withFlush(handle)).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}`);
}

test("on Google Cloud, an invalid answer throws immediately, and the next answer of the handler is sent", async () => {
  const { arrived } = await started();
  const response = await served((_, answer) => {
    metrics.count("handled");
    try {
      answer.end({ not: "text" });
    } catch {
      answer.statusCode = 500;
      answer.end(Buffer.from("caught"));
    }
  });
  expect([response.status, await response.text(), arrived()]).toEqual([500, "caught", 1]);
});

test("on Google Cloud, an answer that fails when it is sent breaks its connection, and nothing else", async () => {
  await started();
  const broken = served((_, answer) => {
    metrics.count("handled");
    answer.statusCode = 9999;
    answer.end("text");
  });
  await expect(broken).rejects.toThrow("fetch failed");
});

test("an error of a callback is an uncaught exception, as it would be without withFlush", async () => {
  const ingest = await ingestForTest();
  const { stdout } = await runScript("flush-callback", { args: [ingest.dsn] });
  expect(stdout).toBe("uncaughtException mine\n");
  expect(ingest.metrics).toHaveLength(1);
});

test("on Google Cloud, an event ends after the metrics arrived, by callback or without a promise", async () => {
  const { arrived } = await started();
  type Done = (error: null, answer: string) => void;
  const byCallback = withFlush((_event: object, done: Done) => {
    metrics.count("handled");
    done(null, "done");
  });
  expect(byCallback).toHaveLength(2);
  expect(await new Promise((resolve) => byCallback({}, (_, answer) => resolve(answer)))).toBe(
    "done",
  );
  expect(arrived()).toBe(1);
  const synchronous = withFlush((_event: object): void => metrics.count("handled"));
  await (synchronous({}) as unknown as Promise<void>);
  expect(arrived()).toBe(2);
});

test("on Vercel, an answer does not wait, and the function lives until the metrics arrived", async () => {
  const { arrived } = await started();
  const works: Promise<unknown>[] = [];
  const KEY = Symbol.for("@vercel/request-context");
  // As `@vercel/functions` finds it.
  const context = { get: () => ({ waitUntil: (work: Promise<unknown>) => void works.push(work) }) };
  Object.assign(globalThis, { [KEY]: context });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, KEY));
  const GET = withFlush(
    async (_request: Request) => (metrics.count("handled"), new Response("answer")),
  );
  expect(await (await GET(new Request("http://shop.test"))).text()).toBe("answer");
  expect(arrived()).toBe(0);
  await Promise.all(works);
  expect(arrived()).toBe(1);
});

test("on Cloudflare, an answer does not wait, and the worker lives until the metrics arrived", async () => {
  const { arrived } = await started();
  const works: Promise<unknown>[] = [];
  // Fails unless it is called as a method.
  class ExecutionContext {
    readonly #works = works;
    waitUntil(work: Promise<unknown>): void {
      this.#works.push(work);
    }
  }
  const worker = {
    fetch: withFlush((_request: Request, _env: object, _context: ExecutionContext) => {
      metrics.count("handled");
      return new Response("answer");
    }),
  };
  const response = worker.fetch(new Request("http://shop.test"), {}, new ExecutionContext());
  expect(response).toBeInstanceOf(Response);
  expect(arrived()).toBe(0);
  await Promise.all(works);
  expect(arrived()).toBe(1);
});

test("a waitUntil that throws does not change the answer", async () => {
  const { arrived } = await started();
  const context = {
    waitUntil() {
      throw new Error("too late");
    },
  };
  const handler = withFlush((_event: object, _context: object) => (metrics.count("handled"), 1));
  expect(handler({}, context)).toBe(1);
  await expect.poll(arrived).toBe(1);
});

test("await using closes a client at the end of its block", async () => {
  const ingest = await ingestForTest();
  {
    // oxlint-disable-next-line typescript/await-thenable -- The linter does not see the symbol on every run.
    await using client = init({ dsn: ingest.dsn, shutdown: { spool: false } });
    client.metrics.count("used");
  }
  expect(ingest.metrics).toHaveLength(1);
});
