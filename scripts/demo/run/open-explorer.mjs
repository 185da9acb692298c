const PORT = 8969;

/** Starts an explorer in memory on Spotlight's port, the default of SDKs, or on a free one. */
export async function openExplorer() {
  const { startExplorer } = await loadExplorer();
  const open = (port) => startExplorer({ memory: true, port });
  return open(PORT).catch(() => open(0));
}

async function loadExplorer() {
  try {
    return await import("../../../packages/explorer/dist/index.js");
  } catch (cause) {
    if (cause.code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new Error(
      "The packages are not built yet: use `npm run demo`, which builds them first.",
      {
        cause,
      },
    );
  }
}
