// Builds the site's styles and scripts into files with fixed names, served as static files.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { PurgeCSS } from "purgecss";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;
const packageFolder = resolve(here, "../src/lianshang");
const islands = readdirSync(resolve(here, "src/islands")).filter((name) => name.endsWith(".ts"));

/** Classes that the kit's own styles define: of these, Tabler's rules stay out. */
function ownClasses(): Set<string> {
  const folder = resolve(here, "src/css");
  const text = readdirSync(folder).map((name) => readFileSync(resolve(folder, name), "utf8"));
  return new Set([...text.join().matchAll(/\.([a-z][\w-]*)/g)].map((found) => found[1]));
}

/** Tabler's rules, only those whose classes some template, Python module or script names. */
function tablerInUse(): Plugin {
  const id = "\0tabler.css";
  return {
    name: "tabler-in-use",
    enforce: "pre",
    resolveId: (source) => (source === "virtual:tabler.css" ? id : null),
    async load(source) {
      if (source !== id) return null;
      const whole = readFileSync(
        resolve(here, "node_modules/@tabler/core/dist/css/tabler.css"),
        "utf8",
      );
      const own = ownClasses();
      const [kept] = await new PurgeCSS().purge({
        content: [
          `${packageFolder}/**/templates/**/*.html`,
          `${packageFolder}/**/*.py`,
          `${here}/src/**/*.ts`,
        ],
        css: [{ raw: whole.replace(/@charset "[^"]*";/, "") }],
        defaultExtractor: (content) =>
          (content.match(/[A-Za-z0-9_-]+/g) ?? []).filter((word) => !own.has(word)),
        variables: true,
        keyframes: true,
        fontFace: true,
      });
      return `@layer tabler {\n${kept.css}\n}`;
    },
  };
}

/** A .gz beside each file, which the static file server prefers. */
function compressed(): Plugin {
  return {
    name: "compressed",
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) {
        const path = resolve(options.dir ?? here, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: "/static/build/",
  publicDir: false,
  plugins: [tablerInUse(), compressed()],
  build: {
    outDir: resolve(packageFolder, "core/ui/static/build"),
    emptyOutDir: true,
    target: ["chrome100", "edge100", "firefox100", "safari15.4"],
    modulePreload: false,
    rolldownOptions: {
      checks: { eval: false }, // htmx carries one; htmx.config.allowEval is off and the policy forbids it
      input: Object.fromEntries([
        ["main", resolve(here, "src/main.ts")],
        ...islands.map((name) => [basename(name, ".ts"), resolve(here, "src/islands", name)]),
      ]),
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
