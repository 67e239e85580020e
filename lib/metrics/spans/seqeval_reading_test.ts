import { deepEqual, equal, throws } from "node:assert/strict";
import type { Span } from "../../corpus/letter.ts";
import oracle from "./seqeval_oracle.json" with { type: "json" };
import { lenientSpans, readTag, strictSpans } from "./seqeval_reading.ts";
import { TAG_SCHEMES } from "../../corpus/tag_scheme.ts";

const written = (spans: readonly Span[]) => spans.map(({ start, end, label }) => `${label} ${start} ${end}`);

Deno.test("lenientSpans() reads tags of every scheme, sound or not, as seqeval's default mode does", () => {
  let sequences = 0;
  for (const { gold, entities } of oracle) {
    for (const [i, tags] of gold.entries()) {
      deepEqual(written(lenientSpans(tags.split(" "))), entities[i], tags);
      sequences++;
    }
  }
  equal(sequences > 300, true, `${sequences} sequences`);
});

Deno.test("strictSpans() reads tags of every scheme, sound or not, as seqeval's strict mode does", () => {
  for (const { scheme: name, gold, strictEntities } of oracle) {
    const scheme = TAG_SCHEMES.find((one) => one === name);
    if (scheme === undefined) continue;
    for (const [i, tags] of gold.entries()) {
      deepEqual(written(strictSpans(tags.split(" "), scheme)), strictEntities?.[i], `${scheme}: ${tags}`);
    }
  }
});

Deno.test("readTag() refuses what seqeval reads by its first letter: ORG as outside, LOC as a letter L", () => {
  for (const tag of ["ORG", "LOC", "O-PER", "", "0", "b-PER"]) {
    throws(() => readTag(tag, "lenient"), { message: new RegExp(`^"${tag}" is no tag\\.`) });
  }
  throws(() => readTag("S-PER", "iob2"), /"S-PER" is no tag of iob2, whose letters are O, B, I\./);
  throws(() => lenientSpans(["O", "PER"]), /^Error: tag 1: "PER" is no tag/);
});

Deno.test("readTag() keeps a label's hyphens but in strict mode those at its ends, as seqeval does", () => {
  equal(readTag("B-A-B", "lenient").label, "A-B");
  equal(readTag("B--A-", "lenient").label, "-A-");
  equal(readTag("B--A-", "iob2").label, "A");
  equal(readTag("B", "iob2").label, "_");
});
