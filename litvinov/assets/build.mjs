// Bundles the assets of pages and of the report into build/static; `make` runs it when one of them changes.
import { cp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = "build/static";

// A font that is no longer used would stay there under its old name.
await rm(root + target, { recursive: true, force: true });

const { metafile, warnings } = await build({
  absWorkingDir: root,
  entryPoints: [
    "litvinov/assets/site.css",
    "litvinov/assets/site.js",
    "litvinov/assets/icon.svg",
    "reporting/assets/preview.css",
    "reporting/assets/report.css",
  ],
  outdir: target,
  entryNames: "[name]",
  assetNames: "fonts/[name]-[hash]",
  bundle: true,
  minify: true,
  target: "es2020",
  charset: "utf8",
  loader: { ".svg": "copy", ".ttf": "file", ".woff": "file", ".woff2": "file" },
  alias: {
    // The package exports its files without the "lib" that everybody sees on disk.
    "@gov-design-system-ce/styles/lib": "./node_modules/@gov-design-system-ce/styles/lib",
  },
  logLevel: "warning",
  metafile: true,
}).catch(() => process.exit(1)); // esbuild has already said what is wrong

// What esbuild only warns of, a browser or WeasyPrint would silently leave out.
if (warnings.length > 0) process.exit(1);

// Pictures of the help page keep their names: the page cites them by these.
await cp(`${root}litvinov/assets/help`, `${root}${target}/help`, { recursive: true });

const files = Object.values(metafile.outputs);
const kilobytes = Math.round(files.reduce((sum, file) => sum + file.bytes, 0) / 1024);
console.log(`${target}: ${files.length} files, ${kilobytes} kB`);
