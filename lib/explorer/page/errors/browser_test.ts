import { deepEqual, equal, match } from "node:assert/strict";
import { isThere, looked } from "../../tiny_browser.ts";
import { hostile } from "../../tiny_project.ts";

Deno.test({
  name: "errors are filtered, sorted, stepped through by keys, opened and exported",
  ignore: !await isThere(),
  fn: () =>
    looked(async (page, address) => {
      await page.goto(`${address}#/errors?predicted=predicted`);
      const items = page.locator(".errors > li");
      await items.nth(3).waitFor();
      equal(await items.nth(3).locator(".text").innerText().then((text) => text.includes(hostile)), true);
      await page.getByLabel("Sorted").selectOption("most confident");
      await items.first().filter({ hasText: "spurious" }).waitFor();
      await page.getByLabel("Kind").selectOption("wrong type");
      await items.nth(1).waitFor({ state: "detached" });
      match(await items.innerText(), /DRUG → TEST\s+0\.600/);
      await items.locator("mark.differs").hover();
      deepEqual((await page.locator(".tip").innerText()).split("\n").sort(), ["gold DRUG", "predicted TEST"]);

      const download = page.waitForEvent("download");
      await page.locator("section[aria-label=Errors]").getByRole("link", { name: "CSV" }).click();
      match(
        await Deno.readTextFile(await (await download).path()),
        /\r\nletter-01,wrong type,DRUG,8,15,TEST/,
      );
      const shots = Deno.env.get("SHOTS");
      for (const [width, scheme] of [[390, "dark"], [1280, "light"]] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: scheme });
        await page.goto(`${address}#/errors?predicted=predicted&sort=most+confident`);
        await items.nth(3).waitFor();
        equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true, `${width}`);
        if (shots !== undefined) await page.screenshot({ path: `${shots}/errors-${scheme}.png` });
      }
      await page.locator("main").focus();
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.getByRole("article", { name: "Letter letter-02" }).waitFor();
    }),
});
