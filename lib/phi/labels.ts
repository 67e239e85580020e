/** Labels of identifying data in corpora, and what kind each is of. @module */

import { phiLabels } from "../corpus/labels.ts";

/** The kinds of identifying data: the labels of the embedded letters. */
export type PhiKind = keyof typeof phiLabels;

/** All kinds of identifying data. */
export const phiKinds: readonly PhiKind[] = Object.keys(phiLabels).filter((label): label is PhiKind =>
  label in phiLabels
);

const own: readonly (readonly [string, PhiKind])[] = phiKinds.map((kind) => [kind, kind]);

/** Labels of MEDDOCAN (Marimon et al., IberLEF 2019). What it calls territory and country are places. */
const meddocan = {
  NOMBRE_SUJETO_ASISTENCIA: "PATIENT",
  NOMBRE_PERSONAL_SANITARIO: "CLINICIAN",
  OTROS_SUJETO_ASISTENCIA: "PERSON",
  CALLE: "LOCATION",
  TERRITORIO: "LOCATION",
  PAIS: "LOCATION",
  HOSPITAL: "ORGANISATION",
  INSTITUCION: "ORGANISATION",
  CENTRO_SALUD: "ORGANISATION",
  FECHAS: "DATE",
  EDAD_SUJETO_ASISTENCIA: "AGE",
  NUMERO_TELEFONO: "PHONE",
  NUMERO_FAX: "FAX",
  CORREO_ELECTRONICO: "EMAIL",
  URL_WEB: "URL",
  ID_SUJETO_ASISTENCIA: "MRN",
  ID_ASEGURAMIENTO: "HEALTH_PLAN",
  ID_TITULACION_PERSONAL_SANITARIO: "LICENSE",
  ID_EMPLEO_PERSONAL_SANITARIO: "LICENSE",
  ID_CONTACTO_ASISTENCIAL: "ID",
  IDENTIF_BIOMETRICOS: "ID",
  IDENTIF_VEHICULOS_NRSERIE_PLACAS: "VEHICLE",
  IDENTIF_DISPOSITIVOS_NRSERIE: "DEVICE",
  NUMERO_BENEF_PLAN_SALUD: "HEALTH_PLAN",
  NUMERO_IDENTIF: "ID",
  DIREC_PROT_INTERNET: "IP",
  OTRO_NUMERO_IDENTIF: "ID",
} as const satisfies Readonly<Record<string, PhiKind>>;

/** Types of i2b2 2014 (Stubbs and Uzuner, JBI 58, 2015) that are called otherwise than here. */
const i2b2 = {
  DOCTOR: "CLINICIAN",
  USERNAME: "ID",
  HOSPITAL: "ORGANISATION",
  STREET: "LOCATION",
  CITY: "LOCATION",
  STATE: "LOCATION",
  COUNTRY: "LOCATION",
  ZIP: "LOCATION",
  "LOCATION-OTHER": "LOCATION",
  ORGANIZATION: "ORGANISATION",
  MEDICALRECORD: "MRN",
  HEALTHPLAN: "HEALTH_PLAN",
  IDNUM: "ID",
  BIOID: "ID",
  IPADDR: "IP",
} as const satisfies Readonly<Record<string, PhiKind>>;

const kinds: ReadonlyMap<string, PhiKind> = new Map<string, PhiKind>([
  ...Object.entries(meddocan),
  ...Object.entries(i2b2),
  ...own,
]);

/**
 * The kind of identifying data that a label stands for, in the labels of the embedded letters, of MEDDOCAN and of i2b2 2014; none for a
 * clinical label, nor for MEDDOCAN's sex, profession and relatives ("hijo"), which name nobody.
 *
 * @example
 * ```ts
 * import { phiKindOf } from "./labels.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["FECHAS", "DOCTOR", "DATE", "DRUG"].map(phiKindOf), ["DATE", "CLINICIAN", "DATE", undefined]);
 * ```
 */
export function phiKindOf(label: string): PhiKind | undefined {
  return kinds.get(label);
}
