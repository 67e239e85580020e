/** Addresses of mail, of pages and of machines. @module */

import type { Language } from "../../../text/language.ts";
import type { SurrogateKey } from "../key.ts";
import { drawnUntil, lexicons } from "../lexicon.ts";
import { folded } from "../like.ts";
import type { People } from "../names/people.ts";
import { identifierLike } from "./identifier.ts";

/** What addresses are made with. */
export interface ElectronicSetting {
  readonly key: SurrogateKey;
  readonly scope: string;
  readonly language: Language;
  readonly people: People;
}

/** A host below example.org, example.com or example.net (RFC 2606), the same for the same host. */
function hostLike(host: string, setting: ElectronicSetting): string {
  const { key, scope, language } = setting;
  const [www = "", name = host] = /^(www\.)(.*)$/iu.exec(host)?.slice(1) ?? ["", host];
  const draw = key.draw("host", scope, folded(name));
  const label = drawnUntil(() => draw.pick(lexicons[language].words), (word) => !folded(name).includes(word));
  const domain = drawnUntil(
    () => draw.pick(["example.org", "example.com", "example.net"]),
    (domain) => !folded(name).endsWith(`.${domain}`) || draw.below(4) === 0,
  );
  return `${www}${label}${draw.below(90) + 10}.${domain}`;
}

/** A word or digits of an address: as the letter's people are called now, else drawn. */
function runLike(run: string, { key, scope, language, people }: ElectronicSetting, domain: string): string {
  if (/^\d+$/.test(run)) return identifierLike(run, key, scope);
  const word = folded(run);
  const own = people.word(word);
  if (own !== undefined) return folded(own);
  for (const [given, surname, standIn, standInSurname] of people.initialled()) {
    const one = standIn.charAt(0);
    if (word === given.charAt(0) + surname) return one + standInSurname;
    if (word === surname + given.charAt(0)) return standInSurname + one;
    if (word === given + surname) return standIn + standInSurname;
    if (word === given + surname.charAt(0)) return standIn + standInSurname.charAt(0);
  }
  const draw = key.draw(domain, scope, word);
  if (word.length === 1) {
    return drawnUntil(() => draw.pick([..."abcdefghijklmnoprstvw"]), (one) => one !== word);
  }
  return drawnUntil(() => draw.pick(lexicons[language].words), (one) => one !== word);
}

const plain = (text: string) => text.replace(/[^a-z0-9]/gi, "");

/**
 * A mail address below example.org, .com or .net: names in it follow the people of the letter, other words and digits are drawn, dots and
 * hyphens stay.
 */
export function emailLike(original: string, setting: ElectronicSetting): string {
  const runs = (text: string) => text.replace(/\p{L}+|\d+/gu, (run) => plain(runLike(run, setting, "mail")));
  if (!original.includes("@")) return runs(original);
  return original.replace(
    /([^\s,;<>@]+)(\s*@\s*)([^\s,;<>@]+)/g,
    (_, local: string, at: string, host: string) => {
      const end = /[.]$/.exec(host)?.[0] ?? "";
      return runs(local) + at + hostLike(host.slice(0, host.length - end.length), setting) + end;
    },
  );
}

const kept = /^(?:https?|ftp|html?|php|aspx?|jsp|pdf|index|www|com|org|net|es|uk|login|portal|home)$/i;

/** A page's address at a host that does not exist; the path has as many parts. */
export function urlLike(original: string, setting: ElectronicSetting): string {
  if (original.includes("@") && !original.includes("/")) return emailLike(original, setting);
  const [, scheme = "", host = "", port = "", path = ""] =
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#:]*)(:\d+)?(.*)$/isu.exec(original) ?? [];
  const rest = path.replace(
    /\p{L}+|\d+/gu,
    (run) => kept.test(run) ? run : plain(runLike(run, setting, "path")),
  );
  return `${scheme}${hostLike(host, setting)}${port}${rest}`;
}

/** A machine's address of the ranges for documentation (RFC 5737, RFC 3849, RFC 7042). */
export function ipLike(original: string, { key, scope }: Pick<ElectronicSetting, "key" | "scope">): string {
  const draw = key.draw("ip", scope, original.toLowerCase());
  const hex = (count: number) => Array.from({ length: count }, () => draw.below(16).toString(16)).join("");
  if (/^\s*(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\s*$/i.test(original)) {
    const separator = original.includes("-") ? "-" : ":";
    return ["00", "00", "5e", "00", "53", hex(2)].join(separator);
  }
  if (/^[0-9a-f:]+$/i.test(original) && original.includes(":")) {
    return `2001:db8:${hex(4)}:${hex(4)}::${hex(4)}`;
  }
  return drawnUntil(
    () => `${draw.pick(["192.0.2", "198.51.100", "203.0.113"])}.${1 + draw.below(254)}`,
    (address) => address !== original.trim(),
  ) + (/[:/]\d+\s*$/.exec(original)?.[0] ?? "");
}
