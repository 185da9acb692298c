import { signal } from "@preact/signals";
import { tell, type Tick } from "./tick.js";

/** Whether the page knows what arrives: `live`, not yet or no more (`connecting`), or hidden. */
export type Connection = "connecting" | "live";

/** The state of the live connection. */
export const connection = signal<Connection>("connecting");
/** Metrics a second, by the ticks of the last seconds. */
export const rate = signal(0);

type Message = { readonly tick: Tick } | { readonly state: Connection } | "who is there";

const NAME = "spanmeter.stream";
/** While there is no stream, everything may have changed after this time, in milliseconds. */
const POLL_MS = 5_000;
/** A stream that ended for good is opened again after this time, in milliseconds. */
const REOPEN_MS = 3_000;

/**
 * Follows what arrives. A browser allows six connections to a server, so of all tabs only one, the holder of a lock,
 * reads the stream and passes it on; a hidden tab gives the lock away.
 */
export function followStream(): void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    // A hidden tab asks again when it is seen.
    if (data === "who is there" || (document.hidden && "tick" in data)) return;
    receive(data);
  };
  function share(message: Message): void {
    receive(message);
    channel.postMessage(message);
  }
  let ending: AbortController | undefined;
  function onVisibility(): void {
    ending?.abort();
    ending = undefined;
    if (document.hidden) return;
    ending = new AbortController();
    void lead(ending.signal, share, channel);
    // While it was hidden, everything may have changed.
    tell({ seq: "", others: 1 });
  }
  document.addEventListener("visibilitychange", onVisibility);
  onVisibility();
  setInterval(() => {
    if (connection.value !== "live" && !document.hidden) tell({ seq: "", others: 1 });
  }, POLL_MS);
  channel.postMessage("who is there" satisfies Message);
}

function receive(message: Message): void {
  if (message === "who is there") return;
  if ("state" in message) {
    connection.value = message.state;
    // A stream begins: also one that another tab continues has missed what arrived in between.
    if (message.state === "live") tell({ seq: "", others: 1 });
  } else {
    count(message.tick);
    tell(message.tick);
  }
}

/** Waits for the lock, and then reads the stream until `signal` ends it. */
async function lead(
  signal: AbortSignal,
  share: (message: Message) => void,
  channel: BroadcastChannel,
): Promise<void> {
  await navigator.locks
    .request(NAME, { signal }, () => readStream(signal, share, channel))
    // The tab was hidden before its turn came.
    .catch(() => {});
}

function readStream(
  signal: AbortSignal,
  share: (message: Message) => void,
  channel: BroadcastChannel,
): Promise<void> {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onAsked = ({ data }: MessageEvent<Message>): void => {
    if (data === "who is there") channel.postMessage({ state: connection.value } satisfies Message);
  };
  channel.addEventListener("message", onAsked);
  function open(): void {
    source = new EventSource("/api/stream?mode=tick");
    source.addEventListener("hello", () => share({ state: "live" }));
    source.addEventListener("tick", ({ data }) =>
      share({ tick: JSON.parse(data as string) as Tick }),
    );
    source.onerror = () => {
      share({ state: "connecting" });
      // After an answer that is no stream the browser does not try again.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
    };
  }
  open();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => {
      channel.removeEventListener("message", onAsked);
      clearTimeout(timer);
      source.close();
      resolve();
    }),
  );
}

const WINDOW_MS = 5_000;
let counts: { at: number; items: number }[] = [];

function count(tick: Tick): void {
  const at = performance.now();
  const items = Object.values(tick.names ?? {}).reduce((sum, each) => sum + each, 0);
  counts.push({ at, items });
  recount();
  setTimeout(recount, WINDOW_MS + 50);
}

function recount(): void {
  const from = performance.now() - WINDOW_MS;
  counts = counts.filter((each) => each.at > from);
  rate.value = counts.reduce((sum, { items }) => sum + items, 0) / (WINDOW_MS / 1_000);
}
