/** Places and addresses. @module */

import type { Language } from "../../../text/language.ts";
import type { Draw, SurrogateKey } from "../key.ts";
import { drawnUntil, inventedPlace, lexicons } from "../lexicon.ts";
import { folded, like } from "../like.ts";
import { digits } from "../numbers/identifier.ts";
import { postcode, postcodeLike } from "./postcode.ts";

/** What places are drawn with. */
export interface PlaceSetting {
  readonly key: SurrogateKey;
  readonly scope: string;
  readonly language: Language;
}

const words = (list: string) => list.split(" ").join("|");
const streetWord = new RegExp(
  `(?<![\\p{L}])(?:${
    words(
      "Street St Road Rd Avenue Ave Lane Ln Drive Dr Court Ct Close Crescent Terrace Row Mews Wynd Way Place Square Hill Rise Steps Stair Ghyll Loop Run Yard " +
        "Boulevard Blvd Parkway Pkwy Highway Hwy Trail Circle Gardens Grove Walk View Quay Wharf Passage Alley Green Park Parade Bank Gate Broadway Route",
    )
  })(?![\\p{L}])`,
  "iu",
);
const spanishStreet =
  /^(?:c\/|c\.|calle|cl\.?|avda\.?|av\.?|avenida|avinguda|plaza|plaça|pza\.?|pl\.?|paseo|passeig|pº|p\.º|carretera|ctra\.?|camino|ronda|rambla|travesía|glorieta|urb\.?|urbanización|polígono|barrio|bº|vía|gran vía|alameda|cuesta|pasaje|carrer)(?![\p{L}])/iu;
const word = String.raw`(?![ºª])\p{L}(?:[\p{L}\p{M}'’.-]*\p{L})?\.?`;
const wordRun = new RegExp(String.raw`(?<![\p{L}\d])${word}(?:\s+${word})*`, "gu");
/** Words of an address that name nothing. */
const generic = new Set(
  ("flat apt apartment suite unit room floor house hall cottage court the old upper lower north south east west little great block box po p.o. building no number st street road rd avenue ave lane ln drive dr ct close " +
    "crescent terrace row mews wynd way place square hill rise steps stair ghyll loop run yard boulevard blvd parkway pkwy highway hwy trail circle gardens grove walk view quay wharf passage alley park parade route and of on " +
    "c calle cl avda av avenida avinguda plaza plaça pza pl paseo passeig pº p carretera ctra camino ronda rambla travesía glorieta urb urbanización polígono barrio bº vía alameda cuesta pasaje carrer " +
    "de del la las los el y i s n sn nº num número piso puerta bajo bloque portal escalera esc izq izda izquierda dcha der dcho derecha planta apdo apartado correos km local edificio casa colonia col º ª o a provincia comarca")
    .split(" "),
);
const states = new Set(lexicons.en.states?.map(folded));
const codes = new Set(lexicons.en.state_codes);
const countries = new Set(
  [
    ...Object.values(lexicons).flatMap(({ countries }) => countries),
    ...("England Scotland Wales France Germany Spain Portugal India China Japan Brazil Mexico Poland " +
      "España México Colombia Argentina Chile Perú Venezuela Marruecos Francia Alemania Portugal Brasil Cuba")
      .split(" "),
  ].map(folded),
);
const moreStates = new Set([
  "new york",
  "new mexico",
  "new jersey",
  "new hampshire",
  "north carolina",
  "south carolina",
  "north dakota",
  "south dakota",
  "rhode island",
  "west virginia",
]);

/** The stand-in of a name of a place (folded): the same for a town alone, in an address and in a hospital's name. */
export function placeName(name: string, { key, scope, language }: PlaceSetting): string {
  const draw = key.draw("place", scope, folded(name));
  return drawnUntil(() => inventedPlace(draw, language), (place) => !folded(place).includes(folded(name)));
}

/** A country; the letter's other words are not looked at. */
export function countryLike(original: string, { key, scope, language }: PlaceSetting): string {
  const draw = key.draw("country", scope, folded(original).replace(/[^\p{L}]/gu, ""));
  const drawn = drawnUntil(
    () => draw.pick(lexicons[language].countries),
    (one) => folded(one) !== folded(original),
  );
  return like(/^[\p{Lu}. ]{2,8}$/u.test(original) ? "Xx" : original, drawn);
}

/**
 * A place or an address: postcodes, house numbers, streets, towns and American states each for their like, the words that name nothing ("Flat",
 * "Lane", "C/") and the punctuation as they stand.
 *
 * @example
 * ```ts
 * import { surrogateKey } from "../key.ts";
 * import { placeLike } from "./place.ts";
 * import { ok } from "node:assert/strict";
 * const setting = { key: surrogateKey("0123456789abcdef"), scope: "a", language: "en" } as const;
 * const [street, town] = placeLike("14 Tarnwick Lane, Osmerby, OB4 7QX", setting, false).split(", ");
 * ok(/^\d\d [A-Z][a-z]+ Lane$/.test(street ?? ""));
 * ok(town === placeLike("Osmerby", setting, false));
 * ```
 */
export function placeLike(original: string, setting: PlaceSetting, street: boolean): string {
  const pieces = original.split(/(,\s*|\s+-\s+|;\s*|\n|\()/u);
  const done = pieces.map((piece, index) => {
    if (index % 2 === 1 || piece.trim() === "") return piece;
    const spanish = setting.language === "es" && (spanishStreet.test(piece.trim()) || street && index === 0);
    const english = setting.language === "en" &&
      (streetWord.test(piece) || /^\s*(?:\d|flat|suite|apt)/iu.test(piece));
    return pieceLike(piece, setting, spanish || english || street);
  }).join("");
  return done === original ? placeName(original, setting) : done;
}

/** One part of an address, between commas. */
function pieceLike(piece: string, setting: PlaceSetting, street: boolean): string {
  const { key, scope, language } = setting;
  const codesDone: string[] = [];
  const held = piece.replace(postcode, (code) => {
    if (street && /^\d{5}$/.test(code) && language === "en" && /^\s*\d{5}\s+\p{L}/u.test(piece)) return code; // a house number
    codesDone.push(postcodeLike(code, key, scope, language));
    return `\u{F0000}${codesDone.length - 1}\u{F0001}`;
  });
  const numbered = held.replace(
    /(?<=(?<!\p{L})n[ºo°]?\.?)\d+|(?<![\p{L}\d\u{F0000}])\d+/giu,
    (number) => houseNumber(number, key.draw("house", scope, folded(piece), number)),
  );
  const named = numbered.replace(
    wordRun,
    (run) => runLike(run, setting, street),
  );
  return named.replace(/\u{F0000}(\d+)\u{F0001}/gu, (_, index: string) => codesDone[Number(index)] ?? "");
}

/** Another number of as many digits. */
function houseNumber(number: string, draw: Draw): string {
  return drawnUntil(
    () => String(1 + draw.below(9)) + digits(draw, number.length - 1),
    (drawn) => drawn !== number,
  );
}

/** Words in a row: those that name nothing stay, each run of others becomes one name. */
function runLike(run: string, setting: PlaceSetting, street: boolean): string {
  const { key, scope, language } = setting;
  if (/^(?:USA?|UK|U\.S\.A?|U\.K\.|EE\.? ?UU\.?)$/.test(run) || countries.has(folded(run))) {
    return countryLike(run, setting);
  }
  if (language === "en" && codes.has(run)) {
    const draw = key.draw("state", scope, run);
    return drawnUntil(() => draw.pick(lexicons.en.state_codes ?? []), (code) => code !== run);
  }
  if (language === "en" && (states.has(folded(run)) || moreStates.has(folded(run)))) {
    const draw = key.draw("state", scope, folded(run));
    return like(
      run,
      drawnUntil(() => draw.pick(lexicons.en.states ?? []), (state) => folded(state) !== folded(run)),
    );
  }
  const tokens = run.split(/(\s+)/u);
  const result: string[] = [];
  let name: string[] = [];
  let dropped = -1;
  const flush = () => {
    if (name.length > 0) result.push(nameLike(name.join(""), setting, street));
    name = [];
  };
  for (const [index, token] of tokens.entries()) {
    const bare = folded(token).replace(/[^\p{L}ºª]/gu, "");
    const fixed = index % 2 === 0 &&
      (generic.has(token.toLowerCase().replace(/[.'’-]/g, "")) || generic.has(bare));
    const alone = !street && tokens.length === 1;
    const particle = /^(?:de|del|la|las|los|el|y|of|on|the|and)$/i.test(token) && name.length > 0 &&
      index < tokens.length - 1;
    if (language === "es" && street && name.length === 0 && /^(?:la|las|los)$/i.test(token)) {
      dropped = index + 1;
    }
    if (index <= dropped) continue; // "Calle de las …" need not agree with what follows
    if (index % 2 === 1) (name.length > 0 ? name : result).push(token);
    else if (fixed && !alone && !particle) {
      const blanks = takeBlanks(name);
      flush();
      result.push(...blanks, token);
    } else name.push(token);
  }
  const blanks = takeBlanks(name);
  flush();
  return result.join("") + blanks.join("");
}

function takeBlanks(name: string[]): string[] {
  const blanks: string[] = [];
  while (name.length > 0 && /^\s*$/.test(name.at(-1) ?? "x")) blanks.unshift(name.pop() ?? "");
  return blanks;
}

function nameLike(name: string, setting: PlaceSetting, street: boolean): string {
  const { key, scope, language } = setting;
  if (/^\p{L}$/u.test(name)) { // a door: "4 D"
    const draw = key.draw("door", scope, name.toUpperCase());
    return like(
      name,
      drawnUntil(() => draw.pick([..."ABCDEFGH"]), (letter) => letter !== name.toUpperCase()),
    );
  }
  if (!street) return like(name, placeName(name, setting));
  const draw = key.draw("street", scope, folded(name));
  return like(
    name,
    drawnUntil(() => draw.pick(lexicons[language].streets), (one) => !folded(one).includes(folded(name))),
  );
}
