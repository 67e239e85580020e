import { equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { isThere, looked } from "./tiny_browser.ts";
import { hostile } from "./tiny_project.ts";

const experiment = "model_comparison";

/** The share of pixels in which two pictures differ by more than a shade, as the browser reads them; 1 for other sizes. */
async function differing(page: Page, pictures: readonly Uint8Array[]): Promise<number> {
  const blank = await page.context().newPage();
  const urls = pictures.map((picture) => `data:image/png;base64,${Uint8Array.from(picture).toBase64()}`);
  const share: unknown = await blank.evaluate(`(async (urls) => {
    const [a, b] = await Promise.all(urls.map(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    }));
    if (a.width !== b.width || a.height !== b.height) return 1;
    let count = 0;
    for (let i = 0; i < a.data.length; i += 4) {
      if ([0, 1, 2].some((k) => Math.abs(a.data[i + k] - b.data[i + k]) > 48)) count++;
    }
    return 4 * count / a.data.length;
  })(${JSON.stringify(urls)})`);
  await blank.close();
  return Number(share);
}

/** Waits until there are so many. */
async function counted(page: Page, selector: string, count: number): Promise<void> {
  await page.locator(`:nth-match(${selector}, ${count})`).waitFor();
  await page.locator(`:nth-match(${selector}, ${count + 1})`).waitFor({ state: "detached" });
}

/** Waits until the address has not changed for half a second. */
async function atRest(page: Page): Promise<void> {
  for (let last = ""; last !== page.url();) {
    last = page.url();
    await page.waitForTimeout(500);
  }
}

const marks = ".plot svg path[tabindex]";
const rows = "section[aria-label=Cells] tbody tr";

Deno.test({
  name: "the page filters, draws, picks, brushes, compares and saves, and a link restores it",
  ignore: !await isThere(),
  fn: () =>
    looked(async (page, address) => {
      await page.goto(`${address}#/results?e=${experiment}`);
      await page.waitForSelector(marks);
      equal(await page.locator(rows).count(), 9);
      match(await page.locator(".question").innerText(), /<script>/, "a question is text");

      await page.locator(".side details", { hasText: "ratio" }).last().getByLabel("0.5").uncheck();
      await counted(page, rows, 6);
      await page.getByRole("button", { name: "ROUGE-L", exact: true }).click(); // sorts
      await page.waitForSelector("th[aria-sort=descending]");

      await page.locator(marks).first().focus();
      await page.keyboard.press("ArrowRight");
      match(await page.locator(".tip").innerText(), /ROUGE-L \d\.\d{3} \[/);
      await page.keyboard.press("Enter");
      match(await page.locator(".picked").innerText(), /12 letters/);
      await page.getByRole("button", { name: "As A" }).click();
      await page.locator(rows).last().getByRole("button", { name: "B", exact: true }).click();
      await page.waitForSelector("section[aria-label='Comparison of A and B'] tbody tr");

      await page.getByRole("button", { name: "Trade-off" }).click();
      const plot = page.locator(".plot svg");
      await page.waitForSelector(".plot .mark-symbol path[tabindex]");
      await page.waitForTimeout(200);
      const box = await plot.boundingBox();
      ok(box);
      await page.mouse.move(box.x + 80, box.y + 15);
      await page.mouse.down();
      await page.mouse.move(box.x + 300, box.y + 120, { steps: 4 });
      await page.mouse.up();
      await page.getByRole("button", { name: "In the brush; show all" }).waitFor();
      await atRest(page); // a slow drag is told of on its way, too
      await page.locator(`:nth-match(${rows}, 6)`).waitFor({ state: "detached" });
      const inBrush = await page.locator(rows).count();
      ok(inBrush > 0 && inBrush < 6, `${inBrush} rows in the brush`);

      const restored = await page.context().newPage();
      await restored.goto(page.url());
      await restored.getByRole("button", { name: "In the brush; show all" }).waitFor();
      await restored.waitForSelector(rows);
      equal(await restored.locator(rows).count(), inBrush);
      equal(await restored.getByRole("button", { name: "Trade-off" }).getAttribute("aria-pressed"), "true");
      await restored.close();

      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "SVG" }).click();
      const path = await (await download).path();
      match(await Deno.readTextFile(path), /^<svg/);
    }),
});

Deno.test({
  name:
    "a rectangle over points of curves, means and differences keeps their rows; so does x, and a link restores it",
  ignore: !await isThere(),
  fn: () =>
    looked(async (page, address) => {
      const showAll = page.getByRole("button", { name: "In the brush; show all" });
      await page.goto(`${address}#/results?e=${experiment}&fig=curves`);
      for (const [tab, all] of [["Curves", 9], ["Means", 9], ["Differences", 9]] as const) {
        await page.getByRole("button", { name: tab }).click();
        await page.waitForSelector(marks);
        await counted(page, rows, all);
        const first = await page.locator(marks).first().boundingBox();
        ok(first);
        const [x, y] = [first.x + first.width / 2, first.y + first.height / 2];
        await page.mouse.move(x - 12, y - 9);
        await page.mouse.down();
        await page.mouse.move(x + 8, y + 6, { steps: 3 });
        await page.mouse.up();
        await showAll.waitFor();
        await page.locator(`:nth-match(${rows}, ${all})`).waitFor({ state: "detached" });
        const kept = await page.locator(rows).count();
        ok(kept > 0 && kept < all, `${tab}: ${kept} rows kept`);
        ok(await page.locator(`${marks}[style*="0.25"]`).count() > 0, `${tab}: no mark is faint`);

        const restored = await page.context().newPage();
        await restored.goto(page.url());
        await restored.getByRole("button", { name: "In the brush; show all" }).waitFor();
        await counted(restored, rows, kept);
        await restored.waitForSelector(`${marks}[style*="0.25"]`);
        await restored.close();
        await showAll.click();
        await counted(page, rows, all);
      }
      await page.locator(marks).first().focus();
      await page.keyboard.press("x");
      await showAll.waitFor();
      await page.keyboard.press("x"); // out again
      await showAll.waitFor({ state: "detached" });
    }),
});

Deno.test({
  name: "letters are searched by typing and turned by keys; a letter that holds a script stays text",
  ignore: !await isThere(),
  fn: () =>
    looked(async (page, address) => {
      await page.goto(`${address}#/letters?k=synthetic&id=letter-03`);
      await page.waitForSelector(".versions");
      const text = await page.locator(".versions section").last().innerText();
      ok(text.includes(hostile));
      equal(await page.locator(".versions script, .versions img").count(), 0);
      await page.getByRole("searchbox").fill("heparin 80");
      await counted(page, ".list li", 1);
      await page.getByRole("searchbox").fill("");
      await counted(page, ".list li", 12);
      await page.getByRole("searchbox").blur();
      await page.keyboard.press("j");
      await page.getByRole("article", { name: "letter-04" }).waitFor();
      await page.locator("mark.differs", { hasText: "heparin" }).hover();
      match(await page.locator(".tip").innerText(), /was aspirin/);
      await page.getByText("Nearest source letters").click();
      await page.waitForSelector("mark.shared");
    }),
});

Deno.test({
  name: "the page fits a phone, in the dark, and looks as it did",
  ignore: !await isThere(),
  fn: () =>
    looked(async (page, address) => {
      for (const [width, scheme] of [[390, "dark"], [1280, "light"]] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: scheme });
        for (const view of [`results?e=${experiment}`, "letters?k=synthetic&near=1"]) {
          await page.goto(`${address}#/${view}`);
          await page.waitForSelector("tbody tr, .versions");
          equal(
            await page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
            true,
            `${view}, ${width}`,
          );
        }
      }
      await page.goto(`${address}#/letters?k=synthetic&id=letter-05`);
      await page.getByRole("article", { name: "letter-05" }).waitFor();
      await page.evaluate("document.fonts.ready");
      await page.mouse.move(0, 0);
      const screenshot = await page.screenshot({ animations: "disabled" });
      const stored = new URL("./browser_test.png", import.meta.url);
      if (Deno.env.get("UPDATE_SCREENSHOTS") === "1") await Deno.writeFile(stored, screenshot);
      const share = await differing(page, [screenshot, await Deno.readFile(stored)]);
      ok(
        share < 0.02,
        `${(100 * share).toFixed(1)}% of the screenshot differs; UPDATE_SCREENSHOTS=1 stores it anew`,
      );
    }),
});
