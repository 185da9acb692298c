import { FAULTS } from "@spanmeter/testing/servers/faults";
import { tryFault, type Trial } from "@spanmeter/testing/trials/try-fault";
import { describe, expect, test } from "vitest";
import { createClient, httpTransport } from "../../src/index.js";
import type { Options, TransportFactory } from "../../src/index.js";
import { tls } from "../support/tls.js";

/** Sentry would refuse these envelopes again: their metrics are reported as dropped. */
const REFUSED = /^(HTTP (400|401|403|404|500)|redirect loop)$/;
/** Longer than a test can wait: the metrics stay pending, and the next process sends them. */
const LASTING = /^(429 bare|429 Retry-After garbage|TLS with a bad certificate)$/;

/** Longer than a busy machine needs, and shorter than the minute of a bare 429. */
const PATIENCE_MS = 40_000;

/** The expected end of 300 metrics recorded during the fault, and of 30 after it. */
function expected(fault: string): Partial<Trial> {
  const { counts, disturbance, isAnswered, reply } = FAULTS[fault] ?? {};
  // Retried only where the client could not know that the envelope had arrived.
  const isAlwaysAnswered = isAnswered || disturbance || !(counts || reply?.delay);
  const once = isAlwaysAnswered ? { surplus: 0 } : {};
  const law = { fault, recorded: 330, broken: [], ...once };
  if (REFUSED.test(fault)) return { ...law, lost: 300, pending: 0, reasons: ["send_error"] };
  if (LASTING.test(fault)) return { ...law, lost: 0, pending: 330, inherited: 330 };
  // The server refuses even single metrics, which are dropped.
  if (fault === "HTTP 413") return { ...law, pending: 0, reasons: ["send_error"] };
  return { ...law, lost: 0, pending: 0 };
}

function testThrough(fault: string): void {
  test(`through: ${fault}`, async () => {
    // The client must have received a lasting answer before the server recovers; then it waits no longer.
    const isAnswerAwaited = REFUSED.test(fault) || /^(HTTP 413|429 bare|.* garbage)$/.test(fault);
    const faultMs = isAnswerAwaited ? PATIENCE_MS : 1500;
    const options = FAULTS[fault]?.badCertificate ? { tls } : {};
    const limits = { faultMs, patienceMs: PATIENCE_MS };
    const trial = await tryFault(createClient, fault, { ...options, ...limits });
    expect(trial).toMatchObject(expected(fault));
    expect(trial.received + trial.lost + trial.pending - trial.surplus).toBe(330);
  });
}

const isDisturbed = (fault: string): boolean => FAULTS[fault]?.disturbance !== undefined;
const faults = Object.keys(FAULTS);

describe.concurrent("only metrics that a server refuses permanently are dropped, and they are reported", () => {
  for (const fault of faults.filter((each) => !isDisturbed(each))) testThrough(fault);
});

describe("nothing is lost while something is wrong with the platform", () => {
  for (const fault of faults.filter(isDisturbed)) testThrough(fault);
});

describe("a client that breaks the rules is detected", () => {
  test("when it does not report drops", async () => {
    const silent = (options: Options) => createClient({ ...options, onDrop: undefined });
    const { broken } = await tryFault(silent, "HTTP 400", { faultMs: PATIENCE_MS });
    expect(broken.join()).toContain("300 metrics neither arrived nor were announced");
  });

  test("when it sends twice without a reason", async () => {
    const twice: TransportFactory = (options) => {
      const transport = httpTransport(options);
      return {
        ...transport,
        send: async (envelope) => {
          await transport.send(envelope);
          return transport.send(envelope);
        },
      };
    };
    const eager = (options: Options) => createClient({ ...options, transport: twice });
    const { broken, surplus } = await tryFault(eager, "none");
    expect(broken.join()).toContain("110 more than recorded, of which 0 may be ambiguous");
    expect(surplus).toBe(330);
  });
});
