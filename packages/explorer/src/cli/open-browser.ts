import { spawn } from "node:child_process";

interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** The program of each system that opens an address in the default browser. */
function programOf(url: string): Program {
  if (process.platform === "darwin") return { command: "open", args: [url] };
  // The first quoted argument of `start` is the title of a window.
  if (process.platform === "win32") return { command: "cmd", args: ["/c", "start", '""', url] };
  return { command: "xdg-open", args: [url] };
}

/**
 * Opens an address in the default browser, which goes on when this process ends.
 * @param onFailure - is called with the reason when no browser opens
 */
export function openBrowser(url: string, onFailure: (reason: string) => void): void {
  const { command, args } = programOf(url);
  const child = spawn(command, args, {
    detached: true,
    stdio: "ignore",
    windowsVerbatimArguments: true,
  });
  child.once("error", ({ message }) => onFailure(message));
  child.once("exit", (code) => {
    if (code !== null && code !== 0) onFailure(`${command} ended with ${code}`);
  });
  child.unref();
}
