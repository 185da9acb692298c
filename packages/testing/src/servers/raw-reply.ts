import type { Socket } from "node:net";

/** How raw bytes are written. */
export interface RawReply {
  /** The time between two bytes, in milliseconds. 0 writes all bytes together. */
  readonly drip: number;
  /** Replaces the end of the connection. */
  readonly ending?: "reset" | "hang" | undefined;
}

/** Writes bytes instead of an HTTP answer. Returns how to stop. */
export function answerRaw(socket: Socket, text: string, { drip, ending }: RawReply): () => void {
  if (drip === 0) {
    // The reset must not overtake the bytes.
    const written = (): unknown =>
      ending === "reset" && setTimeout(() => socket.resetAndDestroy(), 5);
    if (ending) socket.write(text, written);
    else socket.end(text);
    return () => {};
  }
  let written = 0;
  const timer = setInterval(() => {
    if (written < text.length && socket.writable) socket.write(text.charAt(written++));
    else {
      clearInterval(timer);
      socket.end();
    }
  }, drip);
  return () => clearInterval(timer);
}
