import type { Item } from "@spanmeter/explorer/model/item";

/** Receives the events of a stream. */
export interface TailListener {
  /** The stream is open; `seq` is the id of the newest item that the explorer has. */
  readonly onOpen: (seq: string) => void;
  readonly onItems: (items: readonly Item[], id: string) => void;
  /** So many items were not sent. */
  readonly onMissed: (count: number) => void;
  /** The connection is lost. It comes back by itself. */
  readonly onLost: () => void;
}

/** After an answer that is no stream the browser does not connect again by itself. In milliseconds. */
const RETRY_MS = 3_000;

/**
 * Reads the items of the stream while the tab is seen, until the returned function is called.
 * @param addressOf - the address to open; it is asked again after each time without a stream
 */
export function readTail(addressOf: () => string, listener: TailListener): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    const opened = new EventSource(addressOf());
    source = opened;
    opened.addEventListener("hello", ({ data }) =>
      listener.onOpen((JSON.parse(data as string) as { seq: string }).seq),
    );
    opened.addEventListener("items", ({ data, lastEventId }) =>
      listener.onItems(JSON.parse(data as string) as Item[], lastEventId),
    );
    opened.addEventListener("missed", ({ data }) => listener.onMissed(Number(data)));
    opened.onerror = () => {
      listener.onLost();
      if (opened.readyState === EventSource.CLOSED) retry = setTimeout(reopen, RETRY_MS);
    };
  }
  function close(): void {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  }
  function reopen(): void {
    close();
    if (!document.hidden) open();
  }
  document.addEventListener("visibilitychange", reopen);
  reopen();
  return function end() {
    document.removeEventListener("visibilitychange", reopen);
    close();
  };
}
