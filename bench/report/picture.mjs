import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumLaunchOptions } from "../../scripts/chromium.mjs";
import { figure } from "./verdict.mjs";

const require = createRequire(import.meta.url);
/** The script file of chart.js, which is not in its `exports`. */
const chartJs = join(dirname(require.resolve("chart.js")), "chart.umd.js");

/** The rows of the chart, which compare Spanmeter with peers. */
const SHOWN = ["call", "whole", "heap", "pause", "size-browser", "cold-init"];

function panelsOf(results) {
  return results
    .filter(({ row, values }) => SHOWN.includes(row.id) && Object.keys(values).length > 1)
    .map(({ row, values }) => {
      const bars = Object.entries(values).sort(([, a], [, b]) => a - b);
      const sizes = bars.map(([, value]) => value);
      return {
        title: `${row.title} (${row.unit})`.replaceAll("`", ""),
        names: bars.map(([name]) => name),
        sizes,
        labels: sizes.map(figure),
        own: bars.map(([name]) => name === row.peers[0]),
        // On a linear axis, short bars are invisible beside one that is ten times as long.
        scale: sizes.at(-1) > 12 * sizes[0] ? "logarithmic" : "linear",
      };
    });
}

/** Runs in the page. */
function draw(panels) {
  const { Chart } = globalThis;
  Chart.defaults.font.family = "Sans";
  Chart.defaults.color = "#3f3f46";
  const valueLabels = {
    id: "valueLabels",
    afterDatasetsDraw(chart) {
      const { ctx, data } = chart;
      ctx.font = "12px Sans";
      ctx.fillStyle = "#18181b";
      ctx.textBaseline = "middle";
      for (const [index, bar] of chart.getDatasetMeta(0).data.entries())
        ctx.fillText(data.datasets[0].labels[index], bar.x + 6, bar.y);
    },
  };
  for (const { title, names, sizes, labels, own, scale } of panels) {
    const canvas = document.body.appendChild(document.createElement("div"));
    canvas.style.height = `${64 + 30 * names.length}px`;
    new Chart(canvas.appendChild(document.createElement("canvas")), {
      type: "bar",
      data: {
        labels: names,
        datasets: [
          { data: sizes, labels, backgroundColor: own.map((is) => (is ? "#7c3aed" : "#a1a1aa")) },
        ],
      },
      options: {
        indexAxis: "y",
        animation: false,
        maintainAspectRatio: false,
        layout: { padding: { right: 64 } },
        plugins: {
          legend: { display: false },
          title: { display: true, text: title, align: "start", font: { size: 13 } },
        },
        scales: {
          x: {
            type: scale,
            title: {
              display: true,
              text: `${scale === "linear" ? "" : "logarithmic, "}less is better`,
            },
            ticks: { maxTicksLimit: 6 },
            ...(scale === "linear"
              ? { beginAtZero: true }
              : { min: 10 ** Math.floor(Math.log10(sizes[0] / 1.2)) }),
          },
        },
      },
      plugins: [valueLabels],
    });
  }
}

/** Draws the chart in Chromium and writes it to `path`. */
export async function picture(results, path) {
  const font = (await readFile(require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"))).toString(
    "base64",
  );
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const page = await browser.newPage({
      deviceScaleFactor: 2,
      viewport: { width: 1100, height: 700 },
    });
    await page.setContent(`<style>
      @font-face { font-family: Sans; src: url(data:font/ttf;base64,${font}); }
      body { margin: 0; padding: 16px; background: #fff; display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
      div { position: relative; min-width: 0; }
    </style>`);
    await page.addScriptTag({ path: chartJs });
    await page.evaluate(() => document.fonts.load("12px Sans"));
    await page.evaluate(draw, panelsOf(results));
    await page.locator("body").screenshot({ path });
  } finally {
    await browser.close();
  }
}
