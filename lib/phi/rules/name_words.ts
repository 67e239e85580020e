/** How names are written. @module */

const set = (words: string) => new Set(words.split(" "));

/** A part of a name: a capital, then letters, apostrophes and hyphens; or an initial. */
const part = String.raw`(?:\p{Lu}(?:\p{L}|['’-](?=\p{L}))*\p{L}|\p{Lu}\.?(?=[ \n]\p{Lu}))`;
/** Stands in lower case between parts. */
const particle = String
  .raw`(?:de la|de los|de las|de|del|la|y|i|van der|van den|van|von|der|den|da|dos|di|du|le|bin|ibn|al|el|st\.?|ap|ter)`;

/** A name on one line: up to five parts, with particles between. */
export const namePattern = String.raw`${part}(?:[ ](?:${particle}[ ])?${part}){0,4}`;

/** Words with a capital that end a name, or are none: roles, places of work, titles of sections, days and months. */
export const notNames = set(
  "Consultant Registrar Specialist Specialty Surgeon Physician Cardiologist Neurologist Nurse Sister Doctor Dr Prof Mr Mrs Ms Miss Clinic " +
    "Hospital Ward Unit Department Dept Surgery Practice Centre Center Team Service Services Care Emergency Medicine Medical Clinical General " +
    "Date Dob DOB Age Sex Gender Address Tel Telephone Phone Fax Email Re RE MRN NHS No Number ID Id Dear Yours Kind Regards Sincerely " +
    "Thank Thanks Diagnosis History Plan Patient Name The This That She He They We It His Her Their Our Your And But For From With Without " +
    "Was Is Has Had Will Would Can Could Should If In On At As To Of By An A Monday Tuesday Wednesday Thursday Friday Saturday Sunday " +
    "January February March April May June July August September October November December Street Road Avenue Lane House " +
    "Seen Reviewed Discussed Discharge Admission Letter Report Summary Assessment Impression Examination Review Referral Referring " +
    "GP MD RN NP PA DO MBBS FRCP FRCS MRCP PhD SHO SpR ST FY ED ICU ITU HDU OPD MDT PCP CNS SW OT PT Attending Resident Fellow Partner " +
    "Médico Médica Especialista Servicio Hospital Clínica Unidad Paciente Nombre Apellidos Fecha Edad Sexo Domicilio Localidad Provincia " +
    "Historia Ingreso Urgencias El La Los Las En Con Por Para Se No Correo Email Teléfono Remitido España Centro Dirección CP NHC NIF DNI NASS " +
    "There Here Today Pain Who What Presents Presenting Her Rash Cough Fever " +
    "Rapid Obstetric Urine Serum Blood Score Haematologist GMC NMC ENT " +
    "Calle Plaza Plaça Paseo Avenida Avda Av Apartado Carretera Ctra Camino Ronda Rambla NºCol Nº Dra DR DRA PROF Sr Sra MR MRS CCU HEMS " +
    "Wife Husband Son Daughter Mother Father Brother Sister Informant Interpreter Carer He She No Not Also Then Now Today Yesterday Who Which " +
    "Jefe Adjunto Departamento Sección Servicio Cirugía Medicina Urología Pediatría Col Colegiado Informe Antecedentes Motivo",
);

/** The words of a name that stand before the first that is none; the length of the stretch they take, 0 where there is none. */
export function nameLength(stretch: string): number {
  let end = 0;
  for (const { 0: word, index } of stretch.matchAll(/[^ \n,]+/g)) {
    if (notNames.has(word.replace(/[.'’]s?$/u, "")) || notNames.has(word)) break;
    if (/^\p{Lu}/u.test(word)) end = index + word.length;
  }
  return end;
}
