// The servers that receive metrics, in the bench's process, which is idle while a fixture is measured:
// one that answers like Sentry's ingest, one that never answers, and StatsD over UDP.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import { metricsIn } from "../peers/envelopes.mjs";
import { countOtlp } from "../peers/otlp.mjs";

/** Bodies are read between measurements, or earlier if they exceed this size. */
const MAX_BUFFERED_BYTES = 64e6;

const countMetrics = (body) => metricsIn(body).length;

function createProject() {
  const sockets = new Set();
  let bodies = [];
  let waiting = 0;
  let metrics = 0;
  function read() {
    for (const { body, countIn } of bodies) metrics += countIn(body);
    bodies = [];
    waiting = 0;
  }
  return {
    take(socket, body, countIn) {
      sockets.add(socket);
      bodies.push({ body, countIn });
      waiting += body.length;
      if (waiting > MAX_BUFFERED_BYTES) read();
    },
    seen() {
      read();
      const bytes = [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0);
      return { metrics, bytes };
    },
  };
}

async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}

async function startStatsd() {
  const socket = createSocket({ type: "udp4", recvBufferSize: 1 << 22 });
  let lines = 0;
  socket.on("message", (packet) => {
    lines += packet.toString().trimEnd().split("\n").length;
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { socket, port: socket.address().port, takeLines: () => [lines, (lines = 0)][0] };
}

/** Answers with the counts, or with the error if a body of the fixture cannot be read. */
function answerSeen(response, seen) {
  try {
    response.end(JSON.stringify(seen()));
  } catch (error) {
    response.writeHead(500).end(error.message);
  }
}

export async function startSink() {
  const projects = new Map();
  const projectOf = (id) => projects.get(id) ?? projects.set(id, createProject()).get(id);

  const server = createServer(async (request, response) => {
    const [, first, id] = request.url.split("/");
    if (first === "seen") return answerSeen(response, () => projectOf(id).seen());
    const parts = await request.toArray();
    const countIn = first === "otlp" ? countOtlp : countMetrics;
    projectOf(id).take(request.socket, Buffer.concat(parts), countIn);
    response.writeHead(200).end("{}");
  });
  const hanging = createServer((request) => request.resume());
  const [port, hangingPort] = await Promise.all([listen(server), listen(hanging)]);
  const statsd = await startStatsd();
  let last = 0;

  return {
    /** Returns new addresses for a fixture. */
    newProject: () => ({
      dsn: `http://public@127.0.0.1:${port}/${++last}`,
      otlp: `http://127.0.0.1:${port}/otlp/${last}`,
      seen: `http://127.0.0.1:${port}/seen/${last}`,
      hangingDsn: `http://public@127.0.0.1:${hangingPort}/${last}`,
    }),
    udp: statsd.port,
    takeLines: statsd.takeLines,
    close() {
      statsd.socket.close();
      for (const each of [server, hanging]) {
        each.close();
        each.closeAllConnections();
      }
    },
  };
}
