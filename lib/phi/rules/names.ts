import type { PhiKind } from "../labels.ts";
import { nameLength, namePattern } from "./name_words.ts";
import { type Found, foundOn, type PhiRule } from "./rule.ts";

/** A pattern whose match ends where a name begins, and whose name it is; with `:` it needs one on the line. */
type Opening = readonly [PhiKind, string, string, ":"?];

const blank = String.raw`[ \t]`;
const doctors = String
  .raw`(?:Drs?|DRS?|Dra|DRA|Prof(?:essor|esor|esora)?|PROF|Doctor|Doctora|Nurse|Sister|Matron|Midwife|Rev(?:erend)?|Chaplain|Fr)`;
const people = String
  .raw`(?:Mrs?|MRS?|Ms|MS|Miss|MISS|Mx|Master|Sir|Lady|Mme|Sra?|SRA?|Srta|Dña|DÑA|Don|Doña|D(?=\.))`;
const relatives =
  "goddaughter|godson|flatmate|housemate|wife|husband|spouse|partner|son|daughter|mother|father|mum|mom|dad|brother|sister|aunt|uncle|niece|nephew|grandson|granddaughter|grandmother|" +
  "grandfather|cousin|friend|neighbou?r|carer|caregiver|girlfriend|boyfriend|fiancée?|twin|stepson|stepdaughter|next of kin|NOK|" +
  "esposa|marido|hijo|hija|madre|padre|hermano|hermana|tía|tío|sobrin[oa]|abuel[oa]|nieto|nieta";

const roles =
  "transplant MD|health adviser|coordinator|paramedic|dietitian|dietician|physiotherapist|physiologist|nurse|surgeon|midwife|scribe|registrar|consultant|anaesthetist|anesthesiologist|key worker|" +
  "interpreter|speech therapist|occupational therapist|pharmacist|psychologist|social worker|care coordinator|health visitor|technician|radiographer|audiologist|" +
  "optometrist|PC|officer|RN|NP|PA|TTL|SpR|SHO|enfermer[oa]";

const deeds =
  "handed over|seen|reviewed|reported|performed|led|done|taken|interrogated|discussed|assisted|counselled|accompanied|witnessed|agreed|" +
  "spoke|spoken|met|meet|caught up|begun|plan|hear|weekly";

const patientFields = String
  .raw`(?:Patient(?: name)?|Pt|Pt name|Name|Full name|Surname|First name|Forename|Known as|Re|RE|Regarding|PATIENT|NAME|Nombre|NOMBRE|Nombre y apellidos|Apellidos?|APELLIDOS|Paciente)`;
const staffFields = String
  .raw`(?:Consultant|Consultants|Attending|Physician|Provider|Surgeon|Assistant|Anaesthetist|Anesthesiologist|Anesthesia|Doctor|GP|PCP|Registrar|Resident|Operator|Seen by|Reviewed by|Dictated by|Signed|Signed by|Electronically signed by|Author|From|To|Cc|CC|cc|Referring (?:physician|doctor|GP)|Referred by|Copies? to|Reported by|Verified by|Radiologist|Pathologist|Discussed with|Clinician|Médico|Médica|Médico responsable|Remitido por|Responsable clínico|Facultativo|Firmado|Fdo)`;
const otherFields = String
  .raw`(?:Next of kin|NOK|Emergency contact|Contact|Carer|Mother|Father|Wife|Husband|Guardian|Witness|Informant|Interpreter|Employer|Madre|Padre|Contacto)`;
const staffBehind =
  "MD|M\\.D\\.|DO|RN|NP|PA-C|PA|MBBS|MBChB|FRC[A-Z]+|MRC[A-Z]+|PhD|FACS|FACP|DPM|PharmD|RGN|CNS|RM|LCSW|SLP|OT|PT|DNP|" +
  "[Cc]onsultant|[Rr]egistrar|[Ss]pecialist|[Ss]pecialty|[Gg]eneral practitioner|GP|SHO|SpR|ST\\d|FY\\d|CT\\d|[Ss]taff nurse|[Ss]enior|[Cc]harge nurse|" +
  "[Hh]ead of|[Pp]hysiotherapist|[Dd]ietitian|[Pp]harmacist|[Rr]esident|[Ff]ellow|[Aa]ttending|[Ll]ead|[Ss]urgeon|[Cc]linical|[Mm]idwife|[Hh]ealth visitor|" +
  "[Oo]rthogeriatric|[Oo]ptometrist|[Dd]ietician|[Pp]sychologist|[Aa]udiologist|PGY-\\d|EM|[Oo]perator|[Aa]naesthetist|[Hh]aematologist|[Cc]ardiologist|[Ss]peech|[Cc]oordinator|[Ss]ecretary|[Nn]urse|[Ff]oundation|[Aa]dvanced|[Cc]ommunity|[Ss]ocial worker|[Pp]ractice nurse|[Pp]artner";

const openings: readonly Opening[] = [
  [
    "CLINICIAN",
    "name after a title",
    String
      .raw`(?<![\p{L}\p{N}])${doctors}\.?(?:${blank}*(?:\/|and|y)${blank}*${doctors}\.?)?${blank}+(?:${people}\.?${blank}+)?`,
  ],
  ["PATIENT", "name after a title", String.raw`(?<![\p{L}\p{N}])${people}(?:\.\s?ª?|ª)?${blank}+`],
  [
    "PATIENT",
    "name in a field",
    String
      .raw`(?<=^|[\n;|,]${blank}*)${patientFields}(?:${blank}*:${blank}*|${blank}+)(?:${people}\.?${blank}+)?`,
  ],
  [
    "CLINICIAN",
    "name in a field",
    String
      .raw`(?<=^|[\n;|,.(]${blank}*)${staffFields}${blank}*:${blank}*(?:(?:${doctors}|dr|dra)[.:]*${blank}*)?(?:D\.${blank}*|Dña\.?${blank}*)?`,
    ":",
  ],
  [
    "PERSON",
    "name in a field",
    String
      .raw`(?<=^|[\n;|,.(]${blank}*)${otherFields}${blank}*(?:\([^)\n]{1,20}\))?${blank}*:${blank}*(?:${people}\.?${blank}+)?`,
    ":",
  ],
  [
    "PERSON",
    "name after a relation",
    String
      .raw`(?<![\p{L}\p{N}])(?i:${relatives})(?:,${blank}*|${blank}*\(|${blank}+(?:named|called|is|was)?${blank}*)(?:(?:Mr|Mrs|Ms|Miss)\.?${blank}+)?`,
  ],
  [
    "CLINICIAN",
    "name in a signature",
    String
      .raw`(?<=^|\n)${blank}*(?:(?:Yours|With|Kind|Best|Warm|Many|Un|Atentamente|Sincerely|Regards|Respectfully)[^\n]{0,40}[,.]?)${blank}*\n+${blank}*(?:${doctors}\.?${blank}+|${people}\.?${blank}+)?`,
  ],
  [
    "PATIENT",
    "name after a greeting",
    String
      .raw`(?<=(?:^|\n)${blank}*)(?:Dear|Hi|Hello|Estimad[oa])${blank}+(?:colleague${blank}+)?(?=\p{Lu}\p{Ll})`,
  ],
  [
    "CLINICIAN",
    "name after a role",
    String
      .raw`(?<![\p{L}\p{N}])(?i:${roles})(?:,${blank}*|${blank}*:${blank}*|${blank}+(?:is${blank}+|was${blank}+)?)`,
  ],
  [
    "CLINICIAN",
    "name after a deed",
    String
      .raw`(?<![\p{L}\p{N}])(?i:signed|dictated|(?:${deeds})${blank}(?:by|with|to|from)(?:${blank}our)?)${blank}+`,
  ],
  [
    "PERSON",
    "name after a verb of naming",
    String.raw`(?<![\p{L}\p{N}])(?:named|called|known as|se llama|llamad[oa])${blank}+`,
  ],
];

const compiled = openings.map(([label, , source, colon]) => (
  { label, colon, pattern: new RegExp(source + `(?<name>${namePattern})`, "gu") }
));
const opened = compiled.filter(({ colon }) => colon === undefined);
const fields = compiled.filter(({ colon }) => colon !== undefined);
const inFields = (text: string) => fields.flatMap((one) => openedBy(text, one));
/** Behind a name: what its bearer is ("Ann Other, consultant cardiologist", "A. Other MD"); … */
const role = String.raw`,?[ \n]\(?(?:${staffBehind})(?![\p{L}])`;
/** … how a note begins: "Ann Other is a 50-year-old", "Ann Other presents"; … */
const story = String
  .raw`[ ](?:is[ ]an?[ ](?:\p{L}+[ ]){0,2}\d|presents[ ](?:today|to|with|for|here)|returns[ ](?:today|to|for)|is[ ](?:here|seen)[ ])`;
/** … its bearer's date of birth, age or number. */
const number = String
  .raw`(?:[ ,;/(]{1,3}|[ ]{2,}|\n)(?:[Dd]\.?[Oo]\.?[Bb]|born|NHS|MRN|CHI|Hosp|[MF][ ]?\d|\d{2}(?:[,;)]|[ ]?[yYMF](?![\p{L}][\p{L}]?[\p{L}]?[\p{Lu}])))`;
const before = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?<name>${namePattern})(?=(?<role>${role})|(?<story>${story})|${number})`,
  "gu",
);
/** A name that a form turns round: "OTHER, Ann". */
const turnedRound = /(?<![\p{L}\p{N}])(?<name>\p{Lu}{3,}(?:[-'’]\p{Lu}+)?, \p{Lu}\p{Ll}+)/gu;

/** Names behind titles, in labelled fields, behind relations, in signatures and before roles. */
export const names: PhiRule = {
  name: "name",
  find: (text) => [
    ...opened.flatMap((one) => openedBy(text, one)),
    ...foundOn(text, (line) => line.includes(":"), inFields),
    ...Array.from(text.matchAll(before), (match) => {
      const { role, story } = match.groups ?? {};
      return namesIn(match, role === undefined ? "PATIENT" : "CLINICIAN", story === undefined ? 2 : 1);
    }).flat(),
    ...Array.from(text.matchAll(turnedRound), (match) => namesIn(match, "PATIENT")).flat(),
  ],
};

function openedBy(text: string, { label, pattern }: typeof compiled[number]): Found[] {
  return Array.from(text.matchAll(pattern), (match) => namesIn(match, label)).flat();
}

/** The name that ends a match, if it is one of so many words or more. */
function namesIn(match: RegExpExecArray, label: PhiKind, least = 1): Found[] {
  const name = match.groups?.["name"] ?? "";
  const start = match.index + match[0].length - name.length;
  const length = nameLength(name);
  if (length < 2 || !isName(name.slice(0, length)) || name.slice(0, length).split(" ").length < least) {
    return [];
  }
  return [{ start, end: start + length, label }];
}

/** Not an abbreviation: some part has small letters, or four capitals or more. */
function isName(name: string): boolean {
  return /\p{Lu}\p{L}*\p{Ll}|\p{Lu}{4}/u.test(name);
}
