import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as Sentry from "@sentry/node";
import { html, raw } from "hono/html";
import { dsn, environment, release } from "./settings.mjs";

const read = (url) => readFileSync(fileURLToPath(url), "utf8");

/** The scripts of the page, by path. */
export const scripts = {
  "/spanmeter.min.js": read(import.meta.resolve("@spanmeter/browser/script")),
  "/shop.js": read(new URL("../public/shop.js", import.meta.url)),
};

/** Renders the page, which continues the trace of its request by Sentry's meta tags. */
export const page = (products) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>The coffee shop</title>
        ${raw(Sentry.getTraceMetaTags())}
        <style>
          input {
            width: 16em;
          }
        </style>
        <meta name="spanmeter" content="${JSON.stringify({ dsn, environment, release })}" />
      </head>
      <body>
        <h1>The coffee shop</h1>
        <form id="search"><input name="text" placeholder="Search" /></form>
        <ul id="products">
          ${products.map(
            ({ id, title, cents }) =>
              html`<li>
                ${title}, $${(cents / 100).toFixed(2)} <button value="${id}">Add to cart</button>
              </li>`,
          )}
        </ul>
        <p><span id="cart">0</span> in the cart <button id="pay">Pay</button></p>
        <p id="message"></p>
        <script src="/spanmeter.min.js"></script>
        <script src="/shop.js"></script>
      </body>
    </html>`;
