interface Machine {
  platform: string;
  arch: string;
  env: { [key: string]: string | undefined };
}

interface LaunchOptions {
  /** Playwright's name of an installed browser. */
  channel?: string;
  executablePath?: string;
  args: string[];
  env?: { [key: string]: string | undefined };
}

/** Returns options for `playwright.chromium.launch()`. Unpacks the browser at the first call. */
export function chromiumLaunchOptions(machine?: Machine): Promise<LaunchOptions>;
