/** Places that are known by name: states, countries and provinces. @module */

import { patternRule } from "./rule.ts";

/** The United States' states, by abbreviation and name, as alternatives of a pattern. */
export const states =
  "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|" +
  "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|" +
  "Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|" +
  "New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|" +
  "Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming";
const stateNames = states.slice(states.indexOf("Alabama"));
const provinces =
  "Álava|Albacete|Alicante|Almería|Asturias|Ávila|Badajoz|Barcelona|Burgos|Cáceres|Cádiz|Cantabria|Castellón|Ciudad Real|Córdoba|" +
  "Cuenca|Gerona|Girona|Granada|Guadalajara|Guipúzcoa|Huelva|Huesca|Jaén|La Coruña|A Coruña|La Rioja|Las Palmas|León|Lérida|Lleida|Lugo|Madrid|" +
  "Málaga|Murcia|Navarra|Orense|Ourense|Palencia|Pontevedra|Salamanca|Segovia|Sevilla|Soria|Tarragona|Tenerife|Teruel|Toledo|Valencia|Valladolid|" +
  "Vizcaya|Bizkaia|Gipuzkoa|Zamora|Zaragoza|Ceuta|Melilla|Mallorca|Ibiza|Menorca|Bilbao|Vigo|Gijón|Oviedo|Santander|Pamplona|San Sebastián|" +
  "Andalucía|Aragón|Cataluña|Galicia|Extremadura|Castilla y León|Castilla-La Mancha|País Vasco|Comunidad Valenciana|Canarias|Baleares";
const countries =
  "España|Spain|France|Francia|Germany|Alemania|Italy|Italia|Portugal|England|Scotland|Wales|Ireland|Irlanda|Reino Unido|Morocco|Marruecos|" +
  "Algeria|Argelia|Senegal|Nigeria|Ghana|Kenya|Kenia|Uganda|Ethiopia|Etiopía|Eritrea|Somalia|Sudan|Egypt|Egipto|India|Pakistan|Pakistán|Bangladesh|" +
  "Sri Lanka|Nepal|China|Japan|Japón|Vietnam|Thailand|Tailandia|Philippines|Filipinas|Indonesia|Malaysia|Australia|New Zealand|Canada|Canadá|" +
  "Mexico|México|Guatemala|Honduras|El Salvador|Nicaragua|Costa Rica|Panamá|Cuba|Haiti|Haití|República Dominicana|Jamaica|Colombia|Venezuela|" +
  "Ecuador|Perú|Peru|Bolivia|Chile|Argentina|Uruguay|Paraguay|Brasil|Brazil|Romania|Rumanía|Bulgaria|Poland|Polonia|Ukraine|Ucrania|Russia|Rusia|" +
  "Greece|Grecia|Turkey|Turquía|Syria|Siria|Iraq|Irak|Iran|Irán|Afghanistan|Lebanon|Israel|Estados Unidos|Suiza|Switzerland|Bélgica|Holanda|Suecia";

/** Names of states, provinces and countries, wherever they stand. */
export const places = patternRule("place", [
  [
    "LOCATION",
    new RegExp(
      String.raw`(?<![\p{L}\p{N}-])(?:${provinces}|${countries}|${stateNames})(?![\p{L}\p{N}-])`,
      "gu",
    ),
  ],
]);
