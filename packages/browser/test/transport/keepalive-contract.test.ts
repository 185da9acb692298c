import { createHttpRig } from "@spanmeter/testing";
import { describeHttpTransport } from "@spanmeter/testing/transport-contract";
import { keepaliveTransport } from "../../src/transport/keepalive.js";

// With the `fetch` of Node; keepalive.test.ts has what only a browser shows.
describeHttpTransport("keepaliveTransport", () => createHttpRig(keepaliveTransport));
