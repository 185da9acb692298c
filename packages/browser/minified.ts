import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { minify, type MinifyOptions } from "terser";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["plugins"]>[number];

/** For the file of a `<script>` tag, which nobody minifies again. */
export const forScript: MinifyOptions = {
  compress: { passes: 5, hoist_funs: true, unsafe_arrows: true },
};

/** For the file that an application's bundler minifies again; measured in docs/decisions/0003. */
export const forBundlers: MinifyOptions = {
  // The bundler shortens names by itself, and does so best while functions stay apart.
  mangle: false,
  compress: { passes: 3, hoist_funs: true, reduce_funcs: false, unsafe_arrows: true },
  // Bundlers leave out calls that are marked as pure and whose result nobody uses.
  format: { beautify: true, preserve_annotations: true },
};

/**
 * Puts what is built through terser, which gives out each short name more often than esbuild does.
 * tsup's own way to it leaves the path of the building machine in the source maps.
 */
export const minified = (options: MinifyOptions): Plugin => ({
  name: "minified",
  async buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter((file) => !file.name.endsWith(".map"))) {
      const content = await readFile(`${name}.map`, "utf8");
      const { code = "", map } = await minify(await readFile(name, "utf8"), {
        ...options,
        module: name.endsWith("production.js"),
        toplevel: name.endsWith("production.cjs"),
        ecma: 2020,
        sourceMap: { content, includeSources: true, url: `${basename(name)}.map` },
      });
      await Promise.all([writeFile(name, code), writeFile(`${name}.map`, map as string)]);
    }
  },
});
