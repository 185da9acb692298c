// Test files of a package follow each other in one process, so that each module is read once. Before each file, this
// forgets what the clients of a process share: the current client, and the trace of metrics that have no other.
for (const key of Object.getOwnPropertySymbols(globalThis))
  if (key.description?.startsWith("spanmeter.")) Reflect.deleteProperty(globalThis, key);
