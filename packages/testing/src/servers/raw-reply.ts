import type { Socket } from "node:net";

export interface RawReply {
  /** Milliseconds between two bytes; 0 for all together. */
  readonly drip: number;
  /** What follows them, instead of the end of the connection. */
  readonly ending?: "reset" | "hang" | undefined;
}

/** Writes bytes as they are, and returns how to give up. */
export function answerRaw(socket: Socket, text: string, { drip, ending }: RawReply): () => void {
  if (drip === 0) {
    // What is on its way is not to be overtaken by the reset.
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
