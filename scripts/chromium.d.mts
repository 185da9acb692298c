interface Machine {
  platform: string;
  arch: string;
  env: { [key: string]: string | undefined };
}

interface LaunchOptions {
  /** An installed browser, by Playwright's name for it. */
  channel?: string;
  executablePath?: string;
  args: string[];
  env?: { [key: string]: string | undefined };
}

/** Options for `playwright.chromium.launch()`; unpacks the browser at the first call. */
export function chromiumLaunchOptions(machine?: Machine): Promise<LaunchOptions>;
