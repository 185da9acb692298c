import { readEnvelope } from "@spanmeter/testing";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTransport, encodeMetrics } from "../../src/index.js";
import { setUp } from "../set-up.js";
import { realRuntime } from "../transport/real-runtime.js";

// Walks one call and one envelope through a real client and compares the folders of `src` on the stack
// traces with the drawing in ARCHITECTURE.md.

const source = `${join(import.meta.dirname, "../../src").replaceAll(sep, "/")}/`;

/** One line of a stack trace that points into `src`. */
interface Frame {
  /** Absent for an anonymous function. */
  readonly functionName: string | undefined;
  /** The path in `src`, such as `queue/queue.ts`. */
  readonly file: string;
}

const { stackTraceLimit } = Error;
beforeEach(() => {
  Error.stackTraceLimit = 200;
});
afterEach(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** The frames of core that are on the stack, the outermost call first. */
function captureFrames(): Frame[] {
  const lines = new Error().stack?.split("\n") ?? [];
  return lines.flatMap((line) => readFrame(line) ?? []).reverse();
}

function readFrame(line: string): Frame | undefined {
  const start = line.replaceAll("\\", "/").indexOf(source);
  if (start < 0) return undefined;
  const file = line.slice(start + source.length).replace(/[:?].*$/, "");
  const name = /^\s*at (?:async )?(.+) \(/.exec(line)?.[1];
  const functionName = name?.includes("<anonymous>") ? undefined : name;
  return { functionName, file: file.replaceAll("\\", "/") };
}

const roomOf = ({ file }: Frame): string => file.split("/", 1)[0] ?? "";

/** Records one metric and sends it; returns the frames of core at each hook it passes, in order. */
async function walk(): Promise<Frame[][]> {
  const stacks: Frame[][] = [];
  const capture = (): undefined => {
    stacks.push(captureFrames());
  };
  const bodies: Uint8Array[] = [];
  const { client } = setUp(
    {
      traceSources: [capture],
      transport: () =>
        createTransport((body) => {
          capture();
          bodies.push(body);
          return Promise.resolve({ statusCode: 200 });
        }, realRuntime),
    },
    {
      // A call with a sample rate draws a number.
      random: () => (capture(), 0.25),
      isEnding: () => (capture(), false),
      encodeMetrics: (...args) => (capture(), encodeMetrics(...args)),
    },
  );
  stacks.splice(0);
  const options = {
    sampleRate: 0.5,
    get unit() {
      capture();
      return "byte";
    },
  };
  client.metrics.count("a", 1, options);
  expect(await client.flush()).toBe(true);
  expect(bodies.flatMap((body) => readEnvelope(body).metrics)).toMatchObject([
    { name: "a", unit: "byte" },
  ]);
  return stacks;
}

/** The rooms in the line `count() ─ record/ ─ context/ ─ …` of ARCHITECTURE.md. */
async function readDrawing(): Promise<string[]> {
  const page = await readFile(join(source, "../../../ARCHITECTURE.md"), "utf8");
  const line = page.split("\n").find((each) => each.startsWith("count() ─")) ?? "";
  return [...line.matchAll(/─ (\w+)\//g)].map(([, room]) => String(room));
}

/**
 * The rooms in the order in which the metric passes them. Each hook adds the room that calls it; the last
 * one, in the transport, adds every room on its stack, because they pass the envelope on.
 */
function roomsPassed(stacks: readonly (readonly Frame[])[], drawn: readonly string[]): string[] {
  const rooms = stacks.map((frames) => frames.filter(isInRoom).map(roomOf));
  const supporting = ["engine", "contract"];
  const passed = rooms.flatMap((all, index) => {
    const relevant = all.filter((room) => drawn.includes(room) || !supporting.includes(room));
    return index === rooms.length - 1 ? relevant : relevant.slice(-1);
  });
  return [...new Set(passed)];
}

/** Files beside the rooms, such as `create-client.ts`, join the stages and are none themselves. */
const isInRoom = ({ file }: Frame): boolean => file.includes("/");

test("a call and its envelope pass the rooms in the order drawn in ARCHITECTURE.md", async () => {
  const drawn = await readDrawing();
  expect(roomsPassed(await walk(), drawn)).toEqual(drawn);
});

test("every frame of core on the way has a function name", async () => {
  const anonymous = (await walk()).flat().filter(({ functionName }) => functionName === undefined);
  expect([...new Set(anonymous.map(({ file }) => file))]).toEqual([]);
});
