/** Spanish words of the closed classes, and the irregular forms of common verbs. @module */

import type { PartOfSpeech } from "../part_of_speech.ts";

const classes: readonly (readonly [PartOfSpeech, string])[] = [
  [
    "DET",
    "el la los las un una unos unas este esta estos estas ese esa esos esas aquel aquella aquellos aquellas " +
    "mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra cada todo toda todos todas " +
    "algún alguna algunos algunas ningún ninguna ningunos ningunas otro otra otros otras ambos ambas " +
    "cualquier dicho dicha dichos dichas varios varias mucho mucha muchos muchas poco poca pocos pocas " +
    "demás cierto cierta ciertos ciertas cuyo cuya cuyos cuyas tal tales",
  ],
  [
    "ADP",
    "a al ante bajo con contra de del desde durante en entre hacia hasta mediante para por según sin sobre " +
    "tras vía excepto salvo versus",
  ],
  [
    "PRON",
    "yo tú él ella ello ellos ellas usted ustedes nosotros nosotras me te se le les lo nos os mí ti sí " +
    "consigo quien quienes cual cuales qué quién cuál algo alguien nada nadie ninguno alguno esto eso " +
    "aquello éste ésta éstos éstas ése ésa aquél aquélla uno",
  ],
  ["CCONJ", "y e o u ni pero sino mas"],
  ["SCONJ", "que si porque aunque como cuando donde mientras pues así"],
  [
    "ADV",
    "no más menos muy ya también tampoco bien mal aquí allí ahora después antes luego entonces siempre nunca " +
    "además sólo solo aún todavía casi tan tanto bastante demasiado apenas hoy ayer mañana posteriormente " +
    "actualmente incluso quizás quizá asimismo",
  ],
  [
    "AUX",
    "ser es son era eran fue fueron sido siendo sea sean será serán sería serían fuera fuese soy eres somos " +
    "estar está están estaba estaban estuvo estuvieron estado estando esté estén estará estarán estoy " +
    "haber ha han había habían hubo hubieron haya hayan habrá habrán habría habrían hubiera hubiese hay " +
    "habiendo habido he hemos",
  ],
  [
    "VERB",
    "tiene tienen tenía tenían tuvo tuvieron tenido tengo tenga tendrá hace hacen hacía hizo hicieron hecho " +
    "puede pueden podía podían pudo pudieron pueda podría podrían debe deben debía debían debió va van iba " +
    "iban ir dice dijo dijeron dio dieron da dan daba ve ven vio vieron visto puso pusieron puesto pone " +
    "viene vienen vino vinieron venía sabe supo quiere quiso trae trajo sale salió mantuvo obtuvo obtuvieron " +
    "produjo condujo introdujo redujo redujeron propuso dispuso expuso sufrió refiere refirió presenta " +
    "presentaba acude acudió consulta ingresa ingresó niega toma tomaba muestra mostró evidencia vive fuma bebe " +
    "acuden muestran realizan realiza recibe inicia precisa",
  ],
  ["NUM", "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cien mil"],
];

/** Part of speech of each word of a closed class, in lower case. */
export const closedClass: ReadonlyMap<string, PartOfSpeech> = new Map(
  classes.flatMap(([tag, words]) => words.split(" ").map((word): [string, PartOfSpeech] => [word, tag])),
);

/** Unstressed pronouns, which stand before a conjugated verb and nothing else. */
export const clitics: ReadonlySet<string> = new Set("me te se le les lo la los las nos os".split(" "));

/** Forms of "haber", which a participle follows as part of the verb. */
export const haber: ReadonlySet<string> = new Set(
  "ha han había habían hubo haya hayan habrá habría hubiera haber habiendo he hemos".split(" "),
);

/** Forms of "ser", whose participle is a verb in the passive voice. */
export const ser: ReadonlySet<string> = new Set(
  "es son era eran fue fueron ser siendo sea sean sido será serán".split(" "),
);
