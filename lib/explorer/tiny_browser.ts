/** The page of the small project in a browser, for tests. @module */

import { deepEqual, equal } from "node:assert/strict";
import { type Browser, chromium, type Page } from "playwright-core";
import { serveExplorer } from "./serve.ts";
import { tinyProject } from "./tiny_project.ts";

/** Debian's browser; without it the page is not tried. */
const executablePath = "/usr/bin/chromium";

/** Whether there is a browser; says so where there is none. */
export async function isThere(): Promise<boolean> {
  try {
    return (await new Deno.Command(executablePath, { args: ["--version"], stderr: "null" }).output()).success;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.error(`skipped in a browser: there is no ${executablePath}`);
    return false;
  }
}

const quiet = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** Opens the explorer in a browser; whatever the page complains of fails the test. */
export async function looked(
  test: (page: Page, address: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const tiny = await tinyProject(folder);
  const explorer = await serveExplorer({
    ...{ port: 0, results: tiny.results, runs: tiny.runs, review: `${folder}/review` },
    letters: [{ name: "letters", path: tiny.letters }, { name: "synthetic", path: tiny.synthetic }, {
      name: "predicted",
      path: tiny.predicted,
    }],
  });
  let browser: Browser | undefined;
  try {
    await explorer.warm(); // the page's script is bundled once, which takes seconds
    browser = await chromium.launch({ executablePath, args: quiet });
    const page =
      await (await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light" }))
        .newPage();
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith(new URL(explorer.address).origin)) {
        complaints.push(`asked ${request.url()}`);
      }
    });
    page.setDefaultTimeout(60_000); // a busy machine is slow, not wrong
    try {
      await test(page, explorer.address, folder);
    } catch (error) {
      throw new Error(`${error}\n${complaints.join("\n")}\n${await page.locator("main").innerText()}`, {
        cause: error,
      });
    }
    deepEqual(complaints, []);
    equal(await page.evaluate("globalThis.hacked"), undefined, "nothing of a letter has run");
  } finally {
    await browser?.close();
    await explorer.close();
    await Deno.remove(folder, { recursive: true });
  }
}
