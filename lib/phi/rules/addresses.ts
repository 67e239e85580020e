import { foundOn, type KindPattern, matches, patternRule, type PhiRule } from "./rule.ts";
import { states } from "./places.ts";

const cap = String.raw`(?:St\.|\p{Lu}\p{Ll}[\p{L}'’-]*)`;
const ways =
  "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Court|Ct|Terrace|Place|Pl|Crescent|Gardens|Square|Hill|Row|Walk|Boulevard|" +
  "Blvd|Grove|Park|Mews|Green|Parade|View|Rise|Highway|Hwy|Circle|Trail|Wharf|Quay|Gate|End|Fold|Croft|Yard|Loop|Pike|Alley|Bridge|House|Buildings|Cottages?|Farm|Path";
const postcode = String.raw`[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}`;
const zip = String.raw`(?:${states})\.?,? \d{5}(?:-\d{4})?`;
const town = String.raw`${cap}(?:[ -](?:${cap}|on|upon|under|in|le|la|de|del|the)){0,4}`;
const rest = String.raw`(?:,?[ ]*(?:\n[ ]*)?(?:${postcode}|${zip}|\d{5})(?![\p{L}\p{N}]))`;
const calles = String
  .raw`(?:[Cc]alle|[Cc]\/|[Aa]v(?:da|enida)?\.?|Plaza|[Pp]za\.?|[Pp]laça|[Pp]aseo|[Pp]º|Pasaje|Camino|[Cc]arretera|[Cc]tra\.?|[Tt]ravesía|Ronda|[Uu]rbanización|[Uu]rb\.?|[Gg]lorieta|[Rr]ambla|Vía|Gran Vía|Barrio|[Pp]olígono|[Aa]vinguda|[Cc]arrer)`;

/** What stands behind a Spanish street: number, floor, door. */
const door = String
  .raw`(?:[ ,.]*(?:nº|n\.º|núm\.?|s\/n|km|bloque|planta|piso|portal|bajo|izda?\.?|dcha\.?|P?-?\d+[ºª°]?\w?(?:[-–,]\d+)*[ºª°]?|[A-Z](?![\p{L}]))|[ ]?[-–])*`;

/** Behind a colon. */
const fields: readonly KindPattern[] = [
  [
    "LOCATION",
    /(?<=(?:^|\n|[;.|])[ \t]*(?:Address|Home address|Residence|Domicilio|Dirección)[ \t]*:[ \t]*)[^\n;]{3,80}?(?=[ \t]*(?:\n|$|\.[ \t]*\n|;|Tel|Phone))/gu,
  ],
  [
    "LOCATION",
    /(?<=(?:Localidad|Provincia|Población|Municipio|Ciudad|City|Town|State|County|País|Country|Localidad\/ ?Provincia|Lugar de nacimiento|Place of birth|Birthplace)[ \t]*:[ \t]*)\p{Lu}[^\n;:,.]{1,40}/gu,
  ],
];

const elsewhere = patternRule("address", [
  [
    "LOCATION",
    new RegExp(
      String
        .raw`(?<![\p{L}\p{N}])(?:(?:Flat|Apt|Apartment|Unit|Suite|Room)[ ]?\d+\w?,?[ ])?\d{1,5}[A-Za-z]?(?:[-–]\d+)?,?[ ](?:${cap}[ ]){1,4}?(?:${ways})(?![\p{L}])\.?(?:,[ ]?(?:Apt|Flat|Suite|Unit|#)[ ]?\d+\w?)?(?:,[ ]*(?!(?:${states})[ ]\d)${town}){0,3}${rest}?`,
      "gu",
    ),
  ],
  [
    "LOCATION",
    new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${town},[ ]){0,2}(?:${postcode})(?![\p{L}\p{N}])`, "gu"),
  ],
  ["LOCATION", new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${town},[ ])?${zip}(?![\p{L}\p{N}])`, "gu")],
  ["LOCATION", new RegExp(String.raw`(?<![\p{L}\p{N}])${town},[ ](?:${states})(?![\p{L}\p{N}])`, "gu")],
  ["LOCATION", /(?<=(?:C\.?P\.?|Código postal|Postcode|Zip(?: code)?)[ \t]*[:.]?[ \t]*)\d{5}(?!\d)/giu],
  [
    "LOCATION",
    new RegExp(
      String
        .raw`(?<![\p{L}\p{N}])${calles}\.?[ ]?(?:(?:de|del|la|las|los|el)[ ])*\p{Lu}[\p{L}'’´.-]*(?:[ ](?:(?:de|del|la|las|los|el|y)[ ])*(?!NºCol)\p{Lu}[\p{L}'’´.-]*){0,5}${door}`,
      "gu",
    ),
  ],
  [
    "LOCATION",
    new RegExp(
      String
        .raw`(?<![\p{L}\p{N}-])(?:E-)?(?:0[1-9]|[1-4]\d|5[0-2])\d{3}[ ,.]{1,2}(?:-[ ])?${town}(?![\p{L}])`,
      "gu",
    ),
  ], // 28029 Madrid
  [
    "LOCATION",
    new RegExp(
      String
        .raw`(?<![\p{L}\p{N}])(?:(?:Flat|Apt)[ ]\d+\w?,[ ])?\d{1,5}[A-Za-z]?[ ]${cap}(?:[ ]${cap}){0,3},[ ](?:${town},?[ ]){0,2}(?:${postcode}|${zip}|(?:${states})(?![\p{L}]))`,
      "gu",
    ),
  ],
  [
    "LOCATION",
    new RegExp(
      String
        .raw`(?<=(?<![\p{L}])(?:lives?|lived|living|resides?|residing|moved|born|grew up|raised|travel(?:l?ed)|holiday(?:ing|ed)?|visit(?:ed|ing)?|vive|reside|residente|natural|procedente|nacid[oa]|viaje|viajó)[ ](?:alone[ ]|back[ ]|recently[ ]|to[ ]|in[ ]|from[ ]|at[ ]|near[ ]|outside[ ]|en[ ]|de[ ]|a[ ]){1,3})${town}`,
      "gu",
    ),
  ],
]);

/** Streets with their towns and postcodes, and what labelled fields say of where somebody lives. English and Spanish. */
export const addresses: PhiRule = {
  name: elsewhere.name,
  find: (text) => [
    ...elsewhere.find(text),
    ...foundOn(
      text,
      (line) => line.includes(":"),
      (lines) => fields.flatMap(([label, pattern]) => matches(lines, label, pattern)),
    ),
  ],
};
