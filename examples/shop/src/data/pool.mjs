import { metrics } from "@spanmeter/node";

/** Creates a pool of connections. Callers wait in order while all connections are in use. */
export function createPool(connections) {
  const idle = [...connections];
  const waiting = [];

  const acquire = () =>
    new Promise((resolve) => {
      if (idle.length > 0) resolve(idle.pop());
      else waiting.push(resolve);
    });
  const release = (connection) => {
    const next = waiting.shift();
    if (next) next(connection);
    else idle.push(connection);
  };

  return {
    async use(work) {
      const connection = await acquire();
      metrics.gauge("pool.in_use", connections.length - idle.length, {
        attributes: { pool: "database" },
      });
      try {
        return await work(connection);
      } finally {
        release(connection);
      }
    },
  };
}
