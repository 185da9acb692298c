import { LRUCache } from "lru-cache";
import * as Sentry from "@sentry/node";

/** Reads products through a cache with a lifetime of two seconds. */
export function createCatalogue({ database }) {
  const cache = new LRUCache({ max: 100, ttl: 2000 });
  let hits = 0;
  let lookups = 0;

  async function cached(key, load) {
    lookups += 1;
    const known = cache.get(key);
    if (known) {
      hits += 1;
      return known;
    }
    const loaded = await load();
    cache.set(key, loaded);
    return loaded;
  }

  return {
    list: () =>
      cached("list", () =>
        database.query("products.list", "SELECT id, title, cents FROM products ORDER BY title"),
      ),

    /** Finds products whose title begins with the text or, with `anywhere`, contains it. */
    async search(text, { anywhere }) {
      const match = anywhere ? "contains" : "starts_with";
      const found = await cached(`${match}:${text}`, () =>
        database.query(
          "products.search",
          `SELECT id, title, cents FROM products WHERE ${match}(lower(title), lower($1))`,
          [text],
        ),
      );
      if (found.length === 0)
        Sentry.metrics.count("search.zero_results", 1, {
          attributes: { words: text.split(" ").length },
        });
      return found;
    },

    async total(ids) {
      const products = await this.list();
      const prices = new Map(products.map(({ id, cents }) => [id, cents]));
      return ids.reduce((sum, id) => sum + (prices.get(id) ?? 0), 0);
    },

    /** Records the cache's hit rate since the last call. */
    reportHitRate() {
      if (lookups > 0)
        Sentry.metrics.gauge("cache.hit_rate", hits / lookups, {
          unit: "ratio",
          attributes: { cache: "products" },
        });
      hits = lookups = 0;
    },
  };
}
