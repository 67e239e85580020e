import { equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { isThere, looked } from "../../tiny_browser.ts";
import { hostile } from "../../tiny_project.ts";

/** Waits until the letter says this of itself. */
async function says(page: Page, text: RegExp): Promise<void> {
  await page.locator("article.review [role=status]").filter({ hasText: text }).waitFor();
}

/** Opens a letter as a reviewer. */
async function opened(page: Page, address: string, reviewer: string): Promise<void> {
  await page.goto(`${address}#/review?r=${reviewer}&id=letter-01`);
  await page.getByRole("article", { name: "Letter letter-01" }).waitFor();
}

Deno.test({
  name: "two reviewers decide by keyboard, blind to each other; a third adjudicates and exports to BRAT",
  ignore: !await isThere(),
  fn: () =>
    looked(async (page, address, folder) => {
      await page.goto(`${address}#/review`);
      await page.getByRole("searchbox").fill("Ann");
      await page.keyboard.press("Enter");
      await page.locator(".list li").first().waitFor();
      await page.keyboard.press("j");
      await page.getByRole("article", { name: "Letter letter-01" }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.waitForSelector("mark.current");
      await page.keyboard.press("a");
      await says(page, /1 of 2 decided/);
      await page.keyboard.press("c");
      await page.keyboard.type(`a and r ${hostile}`);
      await page.keyboard.press("Enter");
      await page.waitForSelector("mark.accepted");
      await page.keyboard.press("d");
      await says(page, /You are done/);
      ok(await page.getByRole("button", { name: "Accept", exact: true }).isDisabled());

      await opened(page, address, "Bo");
      await says(page, /0 of 2 decided/);
      equal(await page.getByText("a and r").count(), 0, "Bo does not see what Ann said");
      await page.keyboard.press("n");
      await page.keyboard.press("r");
      await page.waitForSelector("mark.rejected");
      await page.keyboard.press("d");
      await says(page, /1 to adjudicate/);
      match(await page.locator(".given").first().innerText(), /Ann: accepted · a and r <script>/);

      await opened(page, address, "Cy");
      await says(page, /1 to adjudicate/);
      await page.keyboard.press("n");
      await page.keyboard.press("a");
      await says(page, /Nothing is disputed/);
      await page.getByRole("button", { name: "Export to BRAT" }).click();
      await page.getByText("1 letter in").waitFor();
      match(
        await Deno.readTextFile(`${folder}/review/brat/letters-Cy/letter-01.ann`),
        /^T1\tDRUG 8 15\taspirin\n#1\tAnnotatorNotes T1\taccept \(Ann accept: a and r <script>.*adjudicated by Cy accept\)\n$/,
      );
      match(await page.locator("section[aria-label='Agreement and export'] tbody").innerText(), /DRUG\s+1/);

      const shots = Deno.env.get("SHOTS");
      for (const [width, scheme] of [[390, "dark"], [1280, "light"]] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: scheme });
        await opened(page, address, "Bo");
        equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true, `${width}`);
        if (shots !== undefined) await page.screenshot({ path: `${shots}/review-${scheme}.png` });
      }
    }),
});
