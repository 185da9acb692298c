import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";

type Attributes = Readonly<Record<string, unknown>>;

async function record(major: number, pii: string): Promise<Attributes[]> {
  const ingest = await ingestForTest();
  await runForJson("sentry-scope", { args: [String(major), ingest.dsn, pii] });
  ingest.assertClean();
  return ingest.metrics.map(({ attributes }) => attributes);
}

const runs = new Map<string, Promise<Attributes[]>>();

/** The attributes of the metrics that the script records; each variant of it runs once. */
function run(major: number, pii = ""): Promise<Attributes[]> {
  const known = runs.get(major + pii) ?? record(major, pii);
  runs.set(major + pii, known);
  return known;
}

describe.each([10, 11])("beside @sentry/node %i", (major) => {
  test("attributes of the call take precedence over withAttributes, client, current, isolation and global scope", async () => {
    const [inside, again, outside] = await run(major);
    expect(inside).toMatchObject({
      "key.global": "global",
      "key.isolation": "isolation",
      "key.current": "current",
      "key.client": "client",
      "key.around": "around",
      "key.call": "call",
    });
    expect(again).toMatchObject({
      "key.isolation": "isolation",
      "key.current": "isolation",
      "key.call": "client",
    });
    expect(outside).toMatchObject({ "key.isolation": "global", "key.client": "client" });
  });

  test("scope attributes take precedence over the SDK's defaults", async () => {
    const [inside] = await run(major);
    expect(inside?.["server.address"]).toBe("from the scope");
    expect(hostname()).not.toBe("from the scope");
    expect(inside?.["sentry.release"]).toBe("1.2.3");
  });

  test("the user of the scope is sent with sendDefaultPii, and only then", async () => {
    const users = (attributes: readonly Attributes[]) =>
      attributes.map((each) => [each["user.id"], each["user.name"], each["user.email"]]);
    const nobody = [undefined, undefined, undefined];
    expect(users(await run(major))).toEqual([nobody, nobody, nobody]);
    const ann = ["7", "ann", "ann@example.com"];
    expect(users(await run(major, "pii"))).toEqual([ann, ann, nobody]);
  });
});
