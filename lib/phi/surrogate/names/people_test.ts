import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { key, marked, standIns } from "../fixture.ts";
import { replacer } from "../replace.ts";
import { genderOf, givenNamesOf, surnamesOf } from "./origin.ts";
import { surrogateKey } from "../key.ts";

Deno.test("People: partial, inflected, inverted and shouted mentions and initials follow the full name", () => {
  const [full = "", last, genitive, initials, doctor, inverted, joined] = standIns(
    "Re: [PATIENT Juan Ortega]. Mr [PATIENT Ortega] came. [PATIENT Ortega's] wife. [PATIENT J.O.] was well. Dr [CLINICIAN J. Ortega] agreed. " +
      "[PATIENT ORTEGA, Juan] [PATIENT JO]",
  );
  const [given = "", surname = ""] = full.split(" ");
  equal(last, surname);
  equal(genitive, `${surname}'s`);
  equal(initials, `${given[0]}.${surname[0]}.`);
  equal(doctor, `${given[0]}. ${surname}`);
  equal(inverted, `${surname.toUpperCase()}, ${given}`);
  equal(joined, `${given[0]}${surname[0]}`);
  ok(!/Juan|Ortega/i.test(full));
});

Deno.test("People: a title in the span stays, and what is behind it is the surname of the full name", () => {
  const [full = "", titled, doctor] = standIns(
    "[PATIENT Maud Elkington], [PATIENT Mrs Elkington], [CLINICIAN Dr. Elkington].",
  );
  const surname = full.split(" ")[1];
  deepEqual([titled, doctor], [`Mrs ${surname}`, `Dr. ${surname}`]);
});

Deno.test("People: relatives keep one surname, hyphens stay hyphens, namesakes are told apart", () => {
  const [a = "", b = "", c = ""] = standIns(
    "[PATIENT Ivy Okafor-Tran], [PERSON Emeka Okafor-Tran], [CLINICIAN Ivy Marsh].",
  );
  equal(a.split(" ")[1], b.split(" ")[1]);
  ok(/^\w+-\w+$/.test(a.split(" ")[1] ?? ""));
  notEqual(a.split(" ")[0], c.split(" ")[0]);
});

Deno.test("People: Spanish fields of first name and surnames make one person", () => {
  const [given = "", surnames = "", again, both] = standIns(
    "Nombre: [NOMBRE_SUJETO_ASISTENCIA Rafael].\nApellidos: [NOMBRE_SUJETO_ASISTENCIA Calvo Martín].\n" +
      "El paciente [NOMBRE_SUJETO_ASISTENCIA Rafael] y D. [NOMBRE_SUJETO_ASISTENCIA Rafael Calvo] es el mismo.",
  );
  equal(again, given);
  equal(both, `${given} ${surnames.split(" ")[0]}`);
});

Deno.test("People: gender is kept by the name, the title or the letter, or is neutral as asked", () => {
  const [maria = "", pedro = ""] = standIns(
    "La paciente [PATIENT María Gil] con el Dr. [CLINICIAN Pedro Sanz].",
    { culture: "letter" },
  );
  equal(genderOf(maria.split(" ")[0] ?? "", "es"), "female");
  equal(genderOf(pedro.split(" ")[0] ?? "", "es"), "male");
  const [unknown = ""] = standIns("Mrs [PATIENT Zulmira Quist] says she feels that her cough is better.");
  equal(genderOf(unknown.split(" ")[0] ?? "", "en"), "female");
  const [neutral = ""] = standIns("Mrs [PATIENT Mary Quist] was seen.", { gender: "neutral" });
  equal(genderOf(neutral.split(" ")[0] ?? "", "en"), "either");
});

Deno.test("People: initials are kept where that is asked for", () => {
  const [name = "", initials] = standIns("[PATIENT Tamsin Weller] was seen. [PATIENT T.W.] is well.", {
    initials: "keep",
  });
  deepEqual([name.split(" ").map((word) => word[0]).join(""), initials], ["TW", "T.W."]);
});

Deno.test("People: in a corpus a person has one stand-in in all letters, in the scope of a letter another one in each", () => {
  const source = "[PATIENT Odile Brankov] was seen.";
  const names = (scope: "letter" | "corpus") =>
    ["a", "b", "c"].map((id) => replacer(key, { scope })(marked(source, id)).text);
  equal(new Set(names("corpus")).size, 1);
  equal(new Set(names("letter")).size, 3);
  notEqual(
    replacer(surrogateKey("yet another key for tests"), { scope: "corpus" })(marked(source)).text,
    names("corpus")[0],
  );
});

Deno.test("People: all names are of one culture where that is asked for, and an unknown one is refused", () => {
  const [maria = "", osei = ""] = standIns("[PATIENT Mary Quist] was seen by Dr [CLINICIAN Osei].", {
    culture: "south_asian",
  });
  const [given = "", surname = ""] = maria.split(" ");
  ok(givenNamesOf("south_asian", "female")?.includes(given));
  for (const name of [surname, osei]) ok(surnamesOf.get("south_asian")?.includes(name), name);
  throws(
    // A caller without types.
    () => replacer(key, JSON.parse('{"culture": "african_"}')),
    /unknown culture "african_"\. The nearest is african\./,
  );
});
