import { init, metrics, close } from "@spanmeter/browser";

/** Records in a web worker, which has no document, and posts the result to the page. */
addEventListener("message", ({ data }: MessageEvent<string>) => {
  init({ dsn: data });
  metrics.distribution("worker.step", 12.5, { unit: "millisecond" });
  metrics.distribution("worker.step", 7.5, { unit: "millisecond" });
  void close().then((closed) => postMessage({ page: typeof document, closed }));
});
