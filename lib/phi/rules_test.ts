import { deepEqual, equal, ok } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import { project } from "../project.ts";
import { coverage } from "./coverage.ts";
import { phiFinder } from "./rules.ts";

const finder = phiFinder({ ages: "all" });
const found = (text: string) =>
  finder.find({ id: "a", text, spans: [], meta: {} }).map(({ start, end, label }) =>
    `${label} ${text.slice(start, end)}`
  );

Deno.test("rules find dates in numbers and words, English and Spanish, and no scores, values or durations", () => {
  for (
    const date of [
      ...[
        "12/03/2023",
        "3.2.19",
        "2024-01-15",
        "12 March 2023",
        "3rd of May",
        "March 3, 2021",
        "Mar 2020",
        "21-Jun-2021",
        "Christmas Eve",
      ],
      ...[
        "12 de marzo de 2018",
        "marzo de 2018",
        "Sunday 12 February 2023",
        "2009",
        "early May 2022",
        "summer 2019",
      ],
    ]
  ) deepEqual(found(`Seen on ${date} again`), [`DATE ${date}`], date);
  for (
    const text of [
      "BP 120/80",
      "pain 8/10",
      "for 3 months",
      "5.2 mmol/L",
      "in 2 weeks",
      "at 10:30",
      "ratio 1.5",
      "she may go",
      "a 3/7 course",
    ]
  ) {
    deepEqual(found(text), [], text);
  }
});

Deno.test("rules find telephone and fax numbers, and no laboratory values", () => {
  deepEqual(found("Tel 01632 960417   Fax 01632 960418"), ["PHONE 01632 960417", "FAX 01632 960418"]);
  deepEqual(found("call (212) 555-0123 or bleep 4412"), ["PHONE (212) 555-0123", "PHONE 4412"]);
  deepEqual(found("Tfno: 912 345 678"), ["PHONE 912 345 678"]);
  deepEqual(found("T 38.1, HR 104, pH 7.32, range 751-1560"), []);
});

Deno.test("rules find electronic addresses", () => {
  deepEqual(found("a.b@clinic.example, www.example.org/x?y=1, 192.0.2.7"), [
    "EMAIL a.b@clinic.example",
    "URL www.example.org/x?y=1",
    "IP 192.0.2.7",
  ]);
});

Deno.test("rules find numbers behind what they are numbers of, and long ones anywhere", () => {
  deepEqual(found("MRN: AB-12345; SSN 000-12-3456, GMC 0074419"), [
    "MRN AB-12345",
    "SSN 000-12-3456",
    "LICENSE 0074419",
  ]);
  deepEqual(found("NHS no. 999 418 2290, plate AX19 QVJ, s/n DG-710553"), [
    "MRN 999 418 2290",
    "VEHICLE AX19 QVJ",
    "DEVICE DG-710553",
  ]);
  deepEqual(found("NHC: 1928374. NASS: 28 12345678 90. NºCol: 28 28 12345."), [
    "MRN 1928374",
    "HEALTH_PLAN 28 12345678 90",
    "LICENSE 28 28 12345",
  ]);
  deepEqual(found("platelets 250, visit in 3 weeks, case 2 of 3, HR 104"), []);
});

Deno.test("rules find names behind titles, in fields, behind relations, before roles, and wherever they stand again", () => {
  deepEqual(found("Mrs Odalys Pell saw Dr. J. Osei-Mensah. Pell is well."), [
    "PATIENT Odalys Pell",
    "CLINICIAN J. Osei-Mensah",
    "PATIENT Pell",
  ]);
  deepEqual(found("Patient: Ann Vant\nConsultant: Bo Lindqvist"), [
    "PATIENT Ann Vant",
    "CLINICIAN Bo Lindqvist",
  ]);
  deepEqual(found("Her wife Shirin came. Tuan Ferreira, RN, helped."), [
    "PERSON Shirin",
    "CLINICIAN Tuan Ferreira",
  ]);
  deepEqual(found("Kind regards,\n\nRuaridh Penhallow"), ["CLINICIAN Ruaridh Penhallow"]);
  deepEqual(found("Nombre: María.\nApellidos: Gómez de la Peña.\nMédico: José Muñoz"), [
    "PATIENT María",
    "PATIENT Gómez de la Peña",
    "CLINICIAN José Muñoz",
  ]);
  deepEqual(found("Her mother had a stroke. GCS 15. The Doctor on call agreed."), []);
});

Deno.test("rules find addresses, places and institutions", () => {
  deepEqual(found("14 Tarnwick Lane, Osmerby, OB4 7QX"), ["LOCATION 14 Tarnwick Lane, Osmerby, OB4 7QX"]);
  deepEqual(found("418 Slate Run, Corbel, WV 26001"), ["LOCATION 418 Slate Run, Corbel, WV 26001"]);
  deepEqual(found("Domicilio: Calle Mayor 3, 2º B"), ["LOCATION Calle Mayor 3, 2º B"]);
  deepEqual(found("Pellmoor Royal Infirmary. Remitida al Hospital Clínico de Valdemora"), [
    "ORGANISATION Pellmoor Royal Infirmary",
    "ORGANISATION Hospital Clínico de Valdemora",
  ]);
  deepEqual(found("Past Medical History, General Surgery, Hospital Course"), []);
});

Deno.test("rules find every age where all are asked for, and those over 89 where not", () => {
  const text = "A 68-year-old, her mother aged 93, a 91yo, varón de 95 años, edad: 40, baby of 92 days";
  const ages = (which: "all" | "over-89") =>
    phiFinder({ ages: which }).find({ id: "a", text, spans: [], meta: {} }).map(({ start, end }) =>
      text.slice(start, end)
    );
  deepEqual(ages("all"), ["68", "93", "91", "95 años", "40"]);
  deepEqual(ages("over-89"), ["93", "91", "95 años"]);
});

Deno.test("rules give spans in order, apart, each with the rule that found it", async () => {
  for (const letter of (await letters(project.letters)).slice(0, 40)) {
    let end = 0;
    for (const span of finder.find(letter)) {
      ok(span.start >= end && span.end > span.start && span.by !== "");
      equal(letter.text.slice(span.start, span.end).trim().length > 0, true);
      end = span.end;
    }
  }
});

Deno.test("rules find of the embedded letters' identifying data what they found when this was written", async () => {
  const { kinds, harmless, surplus } = coverage(await letters(project.letters), finder);
  const [spans, covered] = [
    kinds.reduce((n, kind) => n + kind.spans, 0),
    kinds.reduce((n, kind) => n + kind.covered, 0),
  ];
  ok(covered / spans > 0.86, `recall ${covered / spans}`);
  ok(surplus / harmless < 0.004, `over-redaction ${surplus / harmless}`);
});

Deno.test("rules take no time out of proportion for text made to mislead them", () => {
  const began = performance.now();
  for (const piece of ["Dr ", "A. ", "1-", "Aa Bb ", "12 ", "a.", "12/", "De la ", "@", "AB12 ", "May "]) {
    found(piece.repeat(3000));
  }
  ok(performance.now() - began < 15_000);
});

Deno.test("rules find in text with doubled blanks what they find in it with single ones, at its own places", () => {
  const text =
    "Dr Ama Osei saw Mrs Pell (aged 91) on 3 May 2021 at Osmerby General Hospital. Tel 01632 960417.";
  const doubled = text.replaceAll(" ", "  ");
  deepEqual(found(doubled), found(text).map((one) => one.replace(/(?<= .*) /g, "  ")));
  ok(found(text).length >= 5);
});
