import { flush, init, metrics } from "@spanmeter/browser";

/** Records 2 000 counters in a web worker and ends it with `close()`, which tells no listener. */
addEventListener("message", ({ data }: MessageEvent<string>) => {
  init({ dsn: data, flushInterval: 60_000 });
  for (let i = 0; i < 2_000; i++) metrics.count("visit", 1, { attributes: { i } });
  void flush().then(() => close());
});
