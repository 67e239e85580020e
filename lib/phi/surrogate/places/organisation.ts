/** Hospitals, practices, schools, companies. @module */

import { drawnUntil } from "../lexicon.ts";
import { folded, like } from "../like.ts";
import { placeName, type PlaceSetting } from "./place.ts";

const set = (words: string) => new Set(words.split(" ").map(folded));

/** Words of institutions' names that say what they are, not which. */
const generic = set(
  "hospital hospitals infirmary clinic clinics centre center medical health healthcare care general community regional memorial royal county university universities college school " +
    "high primary secondary elementary academy surgery practice practices unit department service services institute foundation trust group partners associates home nursing rehab rehabilitation residential lodge hospice pharmacy " +
    "laboratory laboratories lab labs company co ltd llc plc inc corporation bank insurance mutual eye heart cancer children's childrens women's mens womens maternity dental dialysis renal kidney cardiac cardiology orthopaedic " +
    "orthopedic internal medicine family physicians surgical specialist specialists trauma emergency daycare nursery playgroup church parish garden farm farms market works factory mill mills foundry hotel inn pub shop store " +
    "stores feed seed hypertension marine p.c pc univ univ. psicosocial rehabilitación ciencias farmacia farmacéutica farmacéutico psiquiatría pediatría forense legal district consolidated schools city state national international saint st of the and at for in on & nicu icu ed nhs gp " +
    "universitario universitaria universitari clínico clínica clínic complejo hospitalario hospitalaria universidad facultad instituto fundación servicio departamento centro centre salud sanitario consultorio ambulatorio residencia " +
    "colegio escuela asociación sociedad laboratorios laboratorio compañía penitenciario provincial comarcal regional militar materno infantil central nacional nuestra señora virgen san santa sant de del la las los el y e i d en para " +
    "médico médica odontología medicina psicología enfermería oftalmología oftalmológico urología oncología oncológico especialidades s.a. sa s.l. sl ancianos mayores unidad policlínica sanatorio área ciudad sanitaria",
);
const types = {
  en: ["Clinic", "Surgery", "Practice", "Infirmary"],
  es: ["Clínica", "Sanatorio", "Policlínica", "Residencia"],
} as const;

/**
 * An institution of the same sort: the words that say what it is stay ("Hospital Universitario", "Surgery"), each run of others becomes
 * the name of a place that does not exist, the same as the place alone has. Names of such words alone get a place's name; letters that stand for a name
 * get others.
 *
 * @example
 * ```ts
 * import { surrogateKey } from "../key.ts";
 * import { organisationLike } from "./organisation.ts";
 * import { ok } from "node:assert/strict";
 * const setting = { key: surrogateKey("0123456789abcdef"), scope: "a", language: "en" } as const;
 * ok(/^[A-Z][a-z]+ Royal Infirmary$/.test(organisationLike("Pellmoor Royal Infirmary", setting)));
 * ```
 */
export function organisationLike(original: string, setting: PlaceSetting): string {
  const { key, scope, language } = setting;
  const draw = key.draw("organisation", scope, folded(original));
  if (/^(?=.*\p{Lu}.*\p{Lu})[\p{Lu}\d.&-]{2,8}$/u.test(original)) {
    return drawnUntil(
      () =>
        original.replace(/\p{L}/gu, () => draw.pick([..."BCDFGHLMNPRSTV"])).replace(
          /\d/g,
          () => String(draw.below(10)),
        ),
      (letters) => letters !== original,
    );
  }
  const tokens = [...original.matchAll(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.'’]*|&/gu)].map(
    ({ 0: text, index }) => {
      const bare = text.replace(/['’]s$/iu, "").replace(/[.'’]+$/, "");
      return { start: index, end: index + bare.length, text: bare, fixed: isGeneric(bare) };
    },
  );
  const runs: { start: number; end: number }[] = [];
  for (const [index, { start, end, fixed }] of tokens.entries()) {
    if (fixed) continue;
    const last = runs.at(-1);
    const before = tokens[index - 1];
    const joins = before && !before.fixed ||
      before && isParticle(before.text) && tokens[index - 2]?.fixed === false;
    if (last && joins && !/[,(/]|\s-\s/.test(original.slice(last.end, start))) last.end = end;
    else runs.push({ start, end });
  }
  if (runs.length === 0) {
    const type = drawnUntil(
      () => draw.pick(types[language]),
      (one) => !folded(original).includes(folded(one)),
    );
    return tokens.length < 2
      ? like(original, type)
      : language === "es"
      ? `${type} de ${placeName(original, setting)}`
      : `${placeName(original, setting)} ${type}`;
  }
  let result = original;
  for (const { start, end } of runs.toReversed()) {
    const old = original.slice(start, end);
    const name = /^\d+$/.test(old)
      ? String(draw.below(28) + 1 === Number(old) ? 29 : draw.below(28) + 1)
      : like(old, placeName(old, setting));
    result = result.slice(0, start) + name + result.slice(end);
  }
  return result === original ? placeName(original, setting) : result;
}

function isGeneric(word: string): boolean {
  return generic.has(folded(word));
}

function isParticle(word: string): boolean {
  return /^(?:de|del|la|las|los|el|y|of|the|and|&|at|san|santa|i|d)$/i.test(word);
}
