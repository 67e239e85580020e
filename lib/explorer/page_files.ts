/** The files that make up the page, apart from its script. @module */

import fontPackage from "@fontsource/source-sans-3/package.json" with { type: "json" };
import { cssVariables } from "./page/colours.ts";

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  body(): Promise<string | Uint8Array<ArrayBuffer>>;
}

const text = (type: string, body: () => Promise<string>): PageFile => ({
  type: `${type}; charset=utf-8`,
  body,
});
const own = (path: string) => Deno.readTextFile(new URL(`./page/${path}`, import.meta.url));
const font = (weight: 400 | 600): PageFile => ({
  type: "font/woff2",
  body: () =>
    Deno.readFile(
      new URL(import.meta.resolve(`${fontPackage.name}/files/source-sans-3-latin-${weight}-normal.woff2`)),
    ),
});

const document = (title: string, script: string) =>
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="style.css">
<script type="module" src="${script}"></script>${
    script === "main.js" ? `\n<script src="vega.js" async></script>` : ""
  }
<body><div id="app"><p class="waiting">Palimpsest</p></div></body>
</html>
`;

const style = text("text/css", async () => `${cssVariables()}\n${await own("style.css")}`);
const icon = text("image/svg+xml", () =>
  Promise.resolve(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b5fa5"/>' +
      '<path d="M4 4.5h8M4 8h8M4 11.5h5" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/></svg>',
  ));

/** Below the token. */
export const pageFiles: Readonly<Record<string, PageFile>> = {
  "": text("text/html", () => Promise.resolve(document("Palimpsest", "main.js"))),
  "style.css": style,
  "icon.svg": icon,
  "font-400.woff2": font(400),
  "font-600.woff2": font(600),
  "vega.js": text("text/javascript", async () => {
    const module = import.meta.resolve("vega"); // build/vega.module.js, which imports forty packages; beside it they are one
    return await Deno.readTextFile(new URL("vega.min.js", module));
  }),
};

/** Without a token: a page that asks for it and says nothing else. */
export const openFiles: Readonly<Record<string, PageFile>> = {
  "/": text("text/html", () => Promise.resolve(document("Palimpsest", "enter.js"))),
  "/enter.js": text("text/javascript", () => own("enter.js")),
  "/style.css": style,
  "/icon.svg": icon,
  "/font-400.woff2": font(400),
  "/font-600.woff2": font(600),
};
