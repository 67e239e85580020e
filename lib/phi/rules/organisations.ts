import type { Found, PhiRule } from "./rule.ts";

const cap = String.raw`(?:St\.|\p{Lu}[\p{L}'’&-]*)`;
const institutions =
  "Hospitals?|Infirmary|Surgery|Medical Cent(?:re|er)|Medical Practice|Medical Group|Clinic|Health Cent(?:re|er)|Health System|Health|Healthcare|" +
  "NHS (?:Foundation )?Trust|Trust|University|School|Primary School|High School|College|Academy|Ltd|Limited|Inc|LLC|plc|Pharmacy|Chemist|Hospice|" +
  "Laborator(?:y|ies)|Labs|Institute|Nursing Home|Care Home|Lodge|Foundation|Practice|Cent(?:re|er)|Insurance|Mutual|Assurance|Physicians|Associates|" +
  "Partners|Partnership|Doctors|Royal|General|Memorial|Memorial Hall|Network|Rehabilitation|Ambulance|Council|Church|Bank|Bakery|Foods|Logistics|Motors|" +
  "Brewery|Mills?|Dental|Company|Orthopaedics|Unit|Pavilion|Opticians|Hall|Neurosciences Unit";
const english = new RegExp(
  String
    .raw`(?<![\p{L}\p{N}])(?:${cap}[ ](?:(?:of|and|the)[ ](?:the[ ])?)?){1,5}(?:${institutions})(?:[ ](?:of|for|at)(?:[ ]the)?(?:[ ]${cap}){1,3})?(?![\p{L}])(?:,[ ]\p{Lu}\p{Ll}+(?:[ ]\p{Lu}\p{Ll}+)?(?=\n|$))?`,
  "gu",
);
const noPart =
  "Servicio|Calle|Avda|Avenida|Carretera|Ctra|Plaza|Paseo|Planta|Email|Correo|Departamento|Sección|Unidad|Médico|Jefe|Dr|Dra|C|Altos|E-mail|NºCol|España|Apartado|Av";
const spanish = new RegExp(
  String
    .raw`(?<![\p{L}\p{N}])(?:Complejo|Complexo|Hospital|Hospitales|Clínica|Policlínica|Policlínico|Centro de Salud|Centro Médico|Centro|Consultorio|Ambulatorio|Universidad|Facultad|Instituto|Fundación|Fundació|Mutua|Sanatorio|Residencia|Colegio|Corporació|Consorcio|Consorci|Asociación|Laboratorios)(?:[ ](?:(?:de|del|la|las|los|el|y|i|d|para)[ ])*["“'«]?(?!(?:${noPart})(?![\p{L}]))\p{Lu}[\p{L}'’´.-]*["”'»]?){1,6}`,
  "gu",
);
const university = new RegExp(
  String
    .raw`(?<![\p{L}\p{N}])(?:University|College|Bank|School|Church|Borough|City|County) of (?:the )?${cap}(?:[ ]${cap}){0,2}`,
  "gu",
);
const fields = new RegExp(
  String
    .raw`(?<=(?:^|\n|[;|])[ \t]*(?:Hospital|Practice|Clinic|Employer|Insurer|Insurance|School|Facility|Pharmacy|Centro|Institución|Empresa)[ \t]*:[ \t]*)${cap}[^\n;,.(]{1,50}`,
  "gu",
);
const employers = new RegExp(
  String
    .raw`(?<=(?<![\p{L}])(?:works?|worked|working|employed|teaches|trabaja|empleado)[ ](?:for|at|with|by|en|para)[ ](?:the[ ])?)${cap}(?:[ ](?:${cap}|and|&|of)){0,3}`,
  "gu",
);

/** Words with a capital that name no institution by themselves: "General Surgery", "Past Medical". */
const generic = new Set(
  ("Past Brief General Community Mental Family Social Medical Surgical Hospital Day Emergency Outpatient Inpatient Public Home Clinical Clinic Surgery " +
    "Sexual Health Balance Syncope Oncology Cardiology Urology Neurology Nephrology Renal Eye Ear Pain Memory Falls Fracture Breast Heart Stroke " +
    "Diabetes Asthma Respiratory Chest Rheumatology Dermatology Orthopaedic Orthopaedics Orthopedic Orthopedics Vascular Plastic Paediatric Pediatric " +
    "Maternity Antenatal Gynaecology Obstetric Infectious Diseases Travel HIV Liver Gastroenterology Endocrine Endocrinology Haematology Hematology " +
    "Acute Primary Secondary Tertiary Care Intensive Critical Psychiatry Psychiatric Liaison Service Services Team Unit Ward Department Course In " +
    "Occupational Physical Therapy Speech Rehabilitation Rehab Medicine Internal Nuclear Radiation Cancer Centre Center Specialist Outpatients Local " +
    "District County Regional National University School College The A An Of And For At Her His My Our Your This That Their Royal Ambulance " +
    "Foundation Trust NHS Practice Nursing Pharmacy Hospice Church Bank Insurance Laboratory Institute Group Referral Discharge Admission Transfer " +
    "Centro Médico Hospital Referencia Salud Clínica Universitario Provincial Día Atención Primaria Especializada Unidad Dietética Nutrición " +
    "Universidad Instituto Medicina Consulta Consultas Externas Urgencias Complejo Hospitalario Facultad Laboratorios Asociación Fundación")
    .split(" "),
);

/** Hospitals, practices, schools, employers and insurers, by the word that says what they are. English and Spanish. */
export const organisations: PhiRule = {
  name: "organisation",
  find: (text) =>
    [english, spanish, university, fields, employers].flatMap((pattern) => named(text, pattern)),
};

/** Matches of which some word is a name. */
function named(text: string, pattern: RegExp): Found[] {
  const found: Found[] = [];
  for (const { 0: whole, index } of text.matchAll(pattern)) {
    const name = whole.replace(/[\s.,;:]+$/u, "");
    const words = name.match(/\p{Lu}[\p{L}'’-]*/gu) ?? [];
    if (words.every((word) => generic.has(word) || generic.has(word[0] + word.slice(1).toLowerCase()))) {
      continue;
    }
    found.push({ start: index, end: index + name.length, label: "ORGANISATION" });
  }
  return found;
}
