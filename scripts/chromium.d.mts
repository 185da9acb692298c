/** Options for `playwright.chromium.launch()`; unpacks the browser at the first call. */
export function chromiumLaunchOptions(): Promise<{
  executablePath: string;
  args: string[];
  env?: { [key: string]: string | undefined };
}>;
