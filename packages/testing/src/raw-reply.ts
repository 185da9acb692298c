import type { Socket } from "node:net";

/** Writes bytes as they are, at once or one by one, ends, and returns how to give up. */
export function answerRaw(socket: Socket, text: string, drip: number): () => void {
  if (drip === 0) {
    socket.end(text);
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
