// External services of the shop over HTTP: a card processor with test cards, and a mail
// relay with greylisting. They run in a worker thread; the shop only knows their URL.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { parentPort } from "node:worker_threads";

/** Results by the card's last digits, as with the test cards of real processors. */
const DECLINED = { "0002": "card_declined", 9995: "insufficient_funds" };

function charge({ card }) {
  const code = DECLINED[card.slice(-4)];
  return code ? [402, { code }] : [201, { code: "charged" }];
}

const seen = new Set();

/** 550: no such domain. 450: a greylisting server refuses an address the first time it sees it. */
function relay({ to }) {
  const domain = to.split("@")[1] ?? "";
  if (!domain.includes(".")) return [200, { smtpCode: 550 }];
  const first = !seen.has(to);
  seen.add(to);
  return [200, { smtpCode: first && domain.startsWith("grey.") ? 450 : 250 }];
}

const routes = { "/charges": charge, "/mail": relay };

const server = createServer(async (request, response) => {
  const route = routes[request.url];
  const [status, answer] = route ? route(await json(request)) : [404, {}];
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
});

server.listen(0, "127.0.0.1", () =>
  parentPort.postMessage(`http://127.0.0.1:${server.address().port}`),
);
