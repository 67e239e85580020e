import { ok } from "node:assert/strict";
import { type Colours, contrast, over, themes, TINT } from "./colours.ts";

const grounds = ["back", "panel", "raised"] as const;
const marks = ["masked", "filled", "differs", "shared", "good", "bad"] as const;

for (const [name, colours] of Object.entries(themes)) {
  Deno.test(`the ${name} theme's texts have contrast AA wherever they stand`, () => {
    const least = (what: string, text: string, ground: string, ratio: number) => {
      const found = contrast(text, ground);
      ok(found >= ratio, `${what}: ${text} on ${ground} is ${found.toFixed(2)}, below ${ratio}`);
    };
    for (const ground of grounds) {
      for (const text of ["text", "soft", "accent", "bad"] as const) {
        least(`${text} on ${ground}`, colours[text], colours[ground], 4.5);
      }
      for (const line of ["edge", "protected", "masked", "filled", "differs", "shared", "good"] as const) {
        if (ground !== "raised") least(`${line} beside ${ground}`, colours[line], colours[ground], 3);
      }
    }
    least("the chosen tab", colours.onAccent, colours.accent, 4.5);
    for (const text of ["text", "accent", "good", "bad"] as const satisfies readonly (keyof Colours)[]) {
      least(`${text} of a chosen row`, colours[text], colours.chosen, 4.5);
    }
    for (const mark of marks) {
      least(`text of ${mark}`, colours.text, over(colours[mark], colours.panel, TINT), 4.5);
    }
  });
}
