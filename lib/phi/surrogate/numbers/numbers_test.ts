import { equal, notEqual, ok } from "node:assert/strict";
import { key, standIns } from "../fixture.ts";
import { luhnDigit, nassCheck, nhsCheckDigit, nifLetter, passes } from "./check_digits.ts";
import { identifierLike, plateLike } from "./identifier.ts";
import { phoneLike } from "./phone.ts";

Deno.test("check digits are those of published examples", () => {
  equal(nhsCheckDigit("943476591"), 9);
  equal(luhnDigit("7992739871"), 3);
  equal(nifLetter("12345678"), "Z");
  equal(passes.nie("X1234567L"), true);
  equal(passes.iban("GB82WEST12345698765432"), true);
  equal(passes.nass("2812345678" + nassCheck("2812345678")), true);
});

Deno.test("identifierLike() keeps form and check digits, and stays out of ranges in use", () => {
  const one = (original: string) => identifierLike(original, key, "letter a");
  const bare = (text: string) => text.replace(/[^A-Z0-9]/g, "");
  for (let i = 0; i < 40; i++) {
    const drawn = identifierLike("943 476 5919", key, `letter ${i}`);
    ok(/^999 \d{3} \d{4}$/.test(drawn) && passes.nhs(bare(drawn)));
    ok(passes.luhn(bare(identifierLike("4111-1111-1111-1111", key, `letter ${i}`))));
    const nif = identifierLike("12345678-Z", key, `letter ${i}`);
    ok(/^99\d{6}-[A-Z]$/.test(nif) && passes.nif(bare(nif)));
    const nie = identifierLike("X1234567L", key, `letter ${i}`);
    ok(/^Z9/.test(nie) && passes.nie(nie));
    const nass = identifierLike("28 12345678 40", key, `letter ${i}`);
    ok(/^99 \d{8} \d\d$/.test(nass) && passes.nass(bare(nass)));
    ok(/^(?:000|666)-\d\d-\d{4}$/.test(identifierLike("123-45-6789", key, `letter ${i}`)));
    ok(passes.iban(bare(identifierLike("ES91 2100 0418 4502 0005 1332", key, `letter ${i}`))));
  }
  ok(/^MRN [1-9]\d-\d{5}$/.test(one("MRN 77-04419")));
  ok(/^[A-Z]{2}-\d{4}\/[a-z]$/.test(one("AB-1234/x")));
  ok(/^9\d{6}$/.test(one("0074419")));
  equal(one("943 476 5919").replaceAll(" ", ""), one("9434765919"));
  notEqual(one("7"), "7");
  ok(/^Q[A-Z]\d\d [A-Z]{3}$/.test(plateLike("AX19 WQZ", key, "a")));
  ok(/^\d{4} Z[A-Z]{2}$/.test(plateLike("1234 BCD", key, "a")));
});

Deno.test("phoneLike() reaches nobody in America, Britain and Spain, in the original's writing", () => {
  const phone = (text: string, language: "en" | "es") => phoneLike(text, key, "letter a", language);
  ok(/^\d{3}-555-01\d\d$/.test(phone("617-253-1000", "en")));
  ok(/^\+1 \(\d{3}\) 555-01\d\d$/.test(phone("+1 (617) 253-1000", "en")));
  ok(/^555-01\d\d x\d{3}$/.test(phone("253-1000 x214", "en")));
  ok(/^020 7946 0\d{3}$/.test(phone("020 7123 4567", "en")));
  ok(/^\+44 7700 900\d{3}$/.test(phone("+44 7911 123456", "en")));
  ok(/^\+44 \(0\)20 7946 0\d{3}$/.test(phone("+44 (0)20 7123 4567", "en")));
  ok(/^0\d{3} 4960\d{3}$|^0\d{3} 49[68] ?0\d{3}$/.test(phone("0121 4541234", "en")));
  ok(/^99\d \d\d \d\d \d\d$/.test(phone("913 36 80 00", "es")));
  ok(/^79\d{7}$/.test(phone("656352534", "es")));
  ok(/^\+34 79\d{7}$/.test(phone("+34 656352534", "es")));
  ok(/^99\d{7} ext \d{4}$/.test(phone("986413144 ext 1530", "es")));
  ok(/^\d{4}$/.test(phone("4471", "en")));
});

Deno.test("addresses of mail follow the people of the letter, at hosts that are nobody's; so do pages and machines", () => {
  const [name = "", mail = "", short = "", page = "", ip = "", mac = ""] = standIns(
    "[CLINICIAN Raquel Santos] at [EMAIL raquel.santos@hotmail.com] or [EMAIL rsantos@salud.es], [URL https://www.salud.es/portal/x12], [IP 10.1.2.3], [IP 3c:22:fb:01:02:03]",
  );
  const [given = "", surname = ""] = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(" ");
  ok(mail.startsWith(`${given}.${surname}@`) && /\.example\.(?:org|com|net)$/.test(mail));
  ok(short.startsWith(`${given[0]}${surname}@`));
  ok(/^https:\/\/www\.[a-z]+\d+\.example\.(?:org|com|net)\/portal\/[a-z]+\d\d$/.test(page), page);
  ok(/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/.test(ip));
  ok(/^00:00:5e:00:53:[0-9a-f]{2}$/.test(mac));
});
