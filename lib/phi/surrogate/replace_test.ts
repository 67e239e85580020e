import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { letters } from "../../corpus/letters.ts";
import type { Letter } from "../../corpus/letter.ts";
import { clinicalLabels } from "../../corpus/labels.ts";
import { sharedFolder } from "../../corpus/shared_folder.ts";
import { project } from "../../project.ts";
import { phiKindOf } from "../labels.ts";
import { coarseAge } from "./ages.ts";
import { key, marked, otherKey, standIns } from "./fixture.ts";
import { surrogateKey } from "./key.ts";
import sets from "./label_sets.json" with { type: "json" };
import { LabelMap } from "./label_sets.ts";
import { folded } from "./like.ts";
import { replacer } from "./replace.ts";

const map = new LabelMap();
const meddocan = sharedFolder("data/meddocan/train");

/** What must hold of every letter that was replaced. */
function holds(before: Letter, after: Letter): void {
  equal(after.spans.length, before.spans.length);
  let [end, newEnd] = [0, 0];
  for (const [index, span] of before.spans.entries()) {
    const moved = after.spans[index];
    if (moved === undefined) throw new Error("a span is lost");
    const where = `${before.id} ${span.label} ${span.start}`;
    equal(moved.label, span.label, where);
    equal(after.text.slice(newEnd, moved.start), before.text.slice(end, span.start), where);
    [end, newEnd] = [span.end, moved.end];
    const [old, now] = [before.text.slice(span.start, span.end), after.text.slice(moved.start, moved.end)];
    const sort = map.meaning(span.label)?.sort;
    if (sort === undefined || sort === "kept" || !/[\p{L}\p{N}]/u.test(old)) equal(now, old, where);
    else if (sort !== "age" && sort !== "relative" && old.length >= 4 && !/^\d+ años$/.test(old)) {
      equal(folded(now).includes(folded(old)), false, where);
    }
  }
  equal(after.text.slice(newEnd), before.text.slice(end), before.id);
}

function overCorpus(corpus: readonly Letter[]): { replaced: number; refused: string[] } {
  const [one, again, other] = [replacer(key), replacer(key), replacer(otherKey)];
  const refused: string[] = [];
  let replaced = 0;
  for (const before of corpus) {
    let after: Letter;
    try {
      after = one(before);
    } catch (error) {
      refused.push(error instanceof Error ? error.message : "");
      continue;
    }
    replaced++;
    holds(before, after);
    if (replaced % 5 > 0) continue; // a fifth of them says as much
    deepEqual(again(before), after);
    const names = (letter: Letter) =>
      letter.spans.filter(({ label }) => map.meaning(label)?.sort === "name").map(({ start, end }) =>
        letter.text.slice(start, end)
      );
    if (names(before).some((name) => /\p{L}/u.test(name))) {
      notEqual(names(other(before)).join(), names(after).join(), before.id);
    }
  }
  return { replaced, refused };
}

Deno.test("replacer() leaves every character between spans and all clinical spans of the embedded letters as they are", async () => {
  const { replaced, refused } = overCorpus(await letters(project.letters));
  deepEqual([replaced, refused], [120, []]);
});

Deno.test({
  name: "replacer() does so with MEDDOCAN, and refuses the letters whose dates cannot be",
  ignore: meddocan === undefined,
  async fn() {
    const { replaced, refused } = overCorpus(await letters(meddocan ?? ""));
    equal(replaced, 497);
    for (const message of refused) ok(/^letter \S+: FECHAS span \[\d+, \d+\): [^"]*$/.test(message), message);
  },
});

Deno.test("replacer() maps all labels of MEDDOCAN and i2b2, and refuses one that it does not know", () => {
  const labels = [
    "NOMBRE_SUJETO_ASISTENCIA",
    "TERRITORIO",
    "DIREC_PROT_INTERNET",
    "NUMERO_BENEF_PLAN_SALUD",
    "MEDICALRECORD",
    "ZIP",
  ];
  for (const label of labels) ok(map.meaning(label)?.kind);
  for (const label of Object.keys(clinicalLabels)) equal(map.meaning(label), undefined);
  throws(
    () => replacer(key)(marked("He has [WHATEVER flu].")),
    /letter a: WHATEVER span \[7, 10\): label "WHATEVER" has no mapping/,
  );
  throws(() => replacer(key, { labels: ["DRUG"] }), /clinical/);
  equal(
    replacer(key, { labels: ["DATE"] })(marked("[WHATEVER flu] in [DATE 2020].")).text.startsWith(
      "flu in 20",
    ),
    true,
  );
  const own = new LabelMap({ VILLE: { kind: "LOCATION", sort: "place" } });
  notEqual(replacer(key, {}, own)(marked("She is from [VILLE Osmerby].")).text, "She is from Osmerby.");
});

Deno.test("label_sets.json gives labels the kinds that the finder's evaluation gives them", () => {
  for (const set of Object.values(sets)) {
    for (const [label, { kind }] of Object.entries(set)) equal(phiKindOf(label) ?? null, kind, label);
  }
  equal(Object.keys(sets.meddocan).length, 29);
});

Deno.test("replacer() refuses what is not in order, names letter and span, and quotes nothing", () => {
  const bad = (source: Letter, message: RegExp) => throws(() => replacer(key)(source), message);
  bad(
    marked("Seen [DATE 31/02/2021]."),
    /^Error: letter a: DATE span \[5, 15\): there is no such day in the calendar\. /,
  );
  bad(marked("Seen [DATE 31 February]."), /no such day/);
  bad(marked("Seen [DATE 03/04/0001]."), /leaves the calendar/);
  const text = "Mrs Ortega";
  const overlapping = [{ start: 0, end: 10, label: "PATIENT" }, { start: 4, end: 10, label: "PATIENT" }];
  bad({ id: "a", text, meta: {}, spans: overlapping }, /letter a: PATIENT span \[4, 10\) overlaps/);
  bad(
    { id: "a", text, meta: {}, spans: [{ start: 4, end: 40, label: "PATIENT" }] },
    /lies outside the letter/,
  );
  bad({ id: "a", text, meta: {}, spans: [{ start: 4, end: 4, label: "PATIENT" }] }, /empty/);
  bad(
    marked(
      "Die Patientin [PATIENT Anna Huber] wurde mit Fieber aufgenommen und ist nach der Therapie nicht mehr bei uns.",
    ),
    /letter a: its text is neither English nor Spanish/,
  );
  throws(() => surrogateKey(""), /empty/);
  throws(() => surrogateKey("fifteen bytes !"), /15 bytes/);
  throws(() => replacer(key, { shiftDays: 10 }), /multiple of 7/);
});

Deno.test("replacer() shifts the dates of one patient alike in all letters where that is asked for", () => {
  const source = (id: string, name: string) => marked(`[PATIENT ${name}] seen [DATE 03/05/2021].`, id);
  const date = (id: string, name: string, dates: "letter" | "patient") =>
    replacer(key, { dates })(source(id, name)).text.slice(-11);
  equal(date("a", "Ana Ortega", "patient"), date("b", "ORTEGA, Ana", "patient"));
  notEqual(date("a", "Ana Ortega", "patient"), date("a", "Bea Vidal", "patient"));
  notEqual(date("a", "Ana Ortega", "letter"), date("b", "Ana Ortega", "letter"));
  const told = (id: string) =>
    replacer(key, { dates: "patient" })(marked("Seen [DATE 03/05/2021].", id, { patient: "7" }));
  equal(told("a").text, told("b").text);
  deepEqual(told("a").meta, {});
});

Deno.test("replacer() gives a place one stand-in alone, in an address and in a hospital's name", () => {
  const [town = "", address = "", hospital = ""] = standIns(
    "[LOCATION Osmerby], [LOCATION 14 Tarnwick Lane, Osmerby, OB4 7QX], [ORGANISATION Osmerby Royal Infirmary]",
  );
  ok(address.includes(`, ${town}, `) && /^\d\d \w+ Lane, \w+, [QVX]\w\d \d[A-Z]{2}$/.test(address));
  equal(hospital, `${town} Royal Infirmary`);
  const [street = "", territory = "", centre = ""] = standIns(
    "Vive en la [CALLE Calle Correo 29, 5 A], [TERRITORIO 31008 Pamplona. Navarra], del [CENTRO_SALUD Centro de Salud Chantrea].",
  );
  ok(/^Calle \p{Lu}\p{L}+ \d\d, \d [A-H]$/u.test(street), street);
  ok(/^(?:5[3-9]|[6-9]\d)\d{3} \p{Lu}/u.test(territory), territory);
  ok(/^Centro de Salud \p{Lu}\p{L}+$/u.test(centre), centre);
});

Deno.test("coarseAge() coarsens ages over 89 and infants', and leaves others unless asked", () => {
  const ages = {
    "89": "89",
    "90": "90+",
    "104 años": "90+ años",
    "ninety-three": "over ninety",
    "67 años": "67 años",
  };
  for (const [from, to] of Object.entries(ages)) equal(coarseAge(from, ""), to);
  equal(coarseAge("5", "-month-old boy"), "6");
  equal(coarseAge("10", " days old"), "7");
  equal(coarseAge("7", " weeks"), "8");
  equal(coarseAge("91", "-year-old"), "90+");
  equal(coarseAge("14 meses", ""), "15 meses");
  equal(coarseAge("68", "F", "five-years"), "70");
});

Deno.test("replacer() leaves sex and relations, replaces names among them, and drops what else the file says", () => {
  const [sex, relation, named = "", job] = standIns(
    "[SEXO_SUJETO_ASISTENCIA varón] de 40 años, su [FAMILIARES_SUJETO_ASISTENCIA hermano] y [FAMILIARES_SUJETO_ASISTENCIA madre Teresa Rodríguez], [PROFESION bombero]",
  );
  deepEqual([sex, relation], ["varón", "hermano"]);
  ok(/^madre \p{Lu}\p{L}+ \p{Lu}\p{L}+$/u.test(named) && !/Teresa|Rodr/.test(named));
  notEqual(job, "bombero");
  const letter = marked("[PATIENT Ana Vidal]", "a", {
    patient: "Ana Vidal",
    fold: "2",
    dialogue: "Hello Ana",
  });
  deepEqual(
    replacer(key)({ ...letter, standoff: { names: ["T1"], lines: ["T1", "#1\tNote T1\tAna"] } }).meta,
    { fold: "2" },
  );
  equal("standoff" in replacer(key)(letter), false);
});
