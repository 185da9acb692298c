import { randomUUID } from "node:crypto";
import { metrics, withAttributes } from "@spanmeter/node";
import { PaymentDeclined } from "./payment-declined.mjs";

/** Turns carts into paid orders, and refunds them. */
export function createCheckout({ catalogue, database, flags, jobs, pay }) {
  async function order({ visitor, items, card, email, fuzzy }) {
    const cents = await catalogue.total(items);
    metrics.distribution("cart.amount_usd", cents / 100, { attributes: { items: items.length } });
    await pay({ card, email, cents, fuzzy });
    const id = randomUUID();
    await database.query("orders.insert", "INSERT INTO orders VALUES ($1, $2, $3, 'paid')", [
      id,
      visitor,
      cents,
    ]);
    jobs.add("send mail", { template: "order_confirmed", to: email, order: id });
    return { id, cents };
  }

  async function counted(cart) {
    metrics.count("checkout.started");
    try {
      return await order(cart);
    } catch (error) {
      const reason = error instanceof PaymentDeclined ? error.reason : "error";
      metrics.count("checkout.failed", 1, { attributes: { reason } });
      throw error;
    }
  }

  return {
    checkout(cart) {
      const fuzzy = flags.isOn("fuzzy_check", cart.visitor);
      // Every metric of this checkout has the flag, so that its effect is visible.
      return withAttributes({ fuzzy_check: fuzzy }, () => counted({ ...cart, fuzzy }));
    },

    async refund({ id, email, reason }) {
      const refunded = await database.query(
        "orders.refund",
        "UPDATE orders SET state = 'refunded' WHERE id = $1 AND state = 'paid' RETURNING cents",
        [id],
      );
      if (refunded.length === 0) return false;
      metrics.count("refund.issued", 1, { attributes: { reason } });
      jobs.add("send mail", { template: "refund_issued", to: email, order: id });
      return true;
    },
  };
}
