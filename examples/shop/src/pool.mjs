import { metrics } from "@spanmeter/node";

/** Lends each of `connections` to one borrower at a time; the others wait in the order they came. */
export function createPool(connections) {
  const idle = [...connections];
  const waiting = [];

  const take = () =>
    new Promise((resolve) => {
      if (idle.length > 0) resolve(idle.pop());
      else waiting.push(resolve);
    });
  const giveBack = (connection) => {
    const next = waiting.shift();
    if (next) next(connection);
    else idle.push(connection);
  };

  return {
    async use(work) {
      const connection = await take();
      metrics.gauge("pool.in_use", connections.length - idle.length, {
        attributes: { pool: "database" },
      });
      try {
        return await work(connection);
      } finally {
        giveBack(connection);
      }
    },
  };
}
