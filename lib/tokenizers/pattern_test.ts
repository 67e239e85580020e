import { deepEqual, throws } from "node:assert/strict";
import { patternOf } from "./pattern.ts";

const matches = (pattern: string, text: string) => text.match(patternOf({ Regex: pattern })) ?? [];

Deno.test("patternOf() means what Oniguruma means", () => {
  deepEqual(matches("\\s+", "a\u0085b\ufeffc\u00a0"), ["\u0085", "\u00a0"]); // unlike JavaScript's \s
  deepEqual(matches("\\d", "1१x"), ["1", "१"]);
  deepEqual(matches("[^(\\s|[.,])]+", "a(b|c).d"), ["a", "b", "c", "d"]);
  deepEqual(matches("(?i:'s|'ll)", "'S 'lL"), ["'S", "'lL"]);
  deepEqual(matches("\\s+(?!\\S)|\\p{L}{1,2}", "ab  c"), ["ab", " ", "c"]);
  deepEqual("a.b*".match(patternOf({ String: ".b*" })), [".b*"]);
});

Deno.test("patternOf() refuses what it does not understand", () => {
  for (
    const pattern of ["a++", "a{1,3}+", "(?>a)", "\\h", "[[:alpha:]]", "[a&&b]", "^a", "a$", "\\bx", "(?<!a"]
  ) {
    throws(() => patternOf({ Regex: pattern }), /^Error: pattern ".*": .* is not understood\. /, pattern);
  }
});
