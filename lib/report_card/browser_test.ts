import { deepEqual, equal, match, ok } from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { isFile } from "../look.ts";
import { reportCard } from "./report_card.ts";
import { reportPage } from "./page.ts";

/** Debian's browser; without it the page is not tried. */
const executablePath = "/usr/bin/chromium";
const there = await isFile(executablePath);
if (!there) console.error(`skipped in a browser: there is no ${executablePath}`);

const script = `<script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 1">`;
const real = ["Ann Lee", "Bo Fry", "Cy Dunn", "Di Moss"].map((name, i) => ({
  id: `letter-${i}${script}`,
  text: `Mrs ${name} takes ${i + 2} mg for her left knee. No fever. ${script}`,
  spans: [{ start: 4, end: 4 + name.length, label: "PATIENT" }],
  meta: {},
}));

Deno.test({
  name:
    "the page of a report card opens without a network at phone width, by keyboard, and runs nothing of a letter",
  ignore: !there,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const synthetic = [1, 2, 3].map((n) => ({
      name: `corpus ${n} ${script}`,
      letters: real.map((one) => ({ ...one, text: one.text.replace("No", "Some").replace("left", "right") })),
    }));
    const card = await reportCard(real, synthetic, { embeddings: false, utility: false, causalLM: false });
    const file = `${await Deno.makeTempDir()}/index.html`;
    await Deno.writeTextFile(file, await reportPage(card, { real, synthetic }));
    const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
    const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", ...quiet] });
    try {
      for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]] as const) {
        const page = await (await browser.newContext({ viewport: { width, height: 844 }, colorScheme }))
          .newPage();
        const complaints: string[] = [];
        page.on("pageerror", ({ message }) => complaints.push(message));
        page.on("console", (message) => complaints.push(message.text()));
        page.on("request", (request) => {
          if (!/^(file|data):/.test(request.url())) complaints.push(`asked ${request.url()}`);
        });
        await page.goto(pathToFileURL(file).href);
        deepEqual(complaints, []);
        equal(await page.evaluate("globalThis.hacked"), undefined);
        equal(await page.evaluate("document.querySelectorAll('script, img').length"), 0);
        const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        ok(Number(over) <= 0, `${over} pixels beyond ${width}`);
        ok(await page.locator("figure svg").count() > 5);
        // The first two stops are the table, which scrolls, and the first link; a detail opens by the return key.
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        match(String(await page.evaluate("document.activeElement.getAttribute('href')")), /^#pairs$/);
        const detail = page.locator("details", { has: page.locator(".letters") }).first();
        await detail.locator("summary").focus();
        await page.keyboard.press("Enter");
        ok((await detail.locator("mark").count()) > 0 && await detail.locator("mark").first().isVisible());
      }
    } finally {
      await browser.close();
    }
  },
});
