/** Check digits of numbers that people are known by. @module */

/** The check digit of the first nine digits of an NHS number (weights 10 to 2, modulo 11); none where no such number is given out. */
export function nhsCheckDigit(nine: string): number | undefined {
  const sum = [...nine].reduce((sum, digit, i) => sum + Number(digit) * (10 - i), 0);
  const check = (11 - sum % 11) % 11;
  return check === 10 ? undefined : check;
}

/** The digit that makes a number pass the Luhn check (ISO/IEC 7812-1) when it is put behind it. */
export function luhnDigit(digits: string): number {
  const sum = [...digits].toReversed().reduce((sum, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - sum % 10) % 10;
}

/** The letter of a Spanish NIF; of a NIE with X, Y, Z read as 0, 1, 2. */
export function nifLetter(digits: string): string {
  return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Number(digits) % 23);
}

/** The last two digits of a Spanish social security number (NASS): the ten before them modulo 97, where the sixth to the tenth begin with no zero. */
export function nassCheck(ten: string): string {
  const [province, rest] = [ten.slice(0, 2), ten.slice(2)];
  const number = Number(rest) < 10_000_000 ? BigInt(rest) + BigInt(province) * 10_000_000n : BigInt(ten);
  return String(number % 97n).padStart(2, "0");
}

/** The two check digits of an IBAN (ISO 13616) for a country and the digits and letters behind them. */
export function ibanCheck(country: string, account: string): string {
  const digits = (account + country + "00").replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return String(98n - BigInt(digits) % 97n).padStart(2, "0");
}

/** Whether a number passes. */
export const passes = {
  nhs: (digits: string) => /^\d{10}$/.test(digits) && nhsCheckDigit(digits.slice(0, 9)) === Number(digits[9]),
  luhn: (digits: string) =>
    /^\d{12,19}$/.test(digits) && luhnDigit(digits.slice(0, -1)) === Number(digits.at(-1)),
  nass: (digits: string) => /^\d{12}$/.test(digits) && nassCheck(digits.slice(0, 10)) === digits.slice(10),
  nif: (text: string) => /^\d{8}[A-Z]$/.test(text) && nifLetter(text.slice(0, 8)) === text[8],
  nie: (text: string) =>
    /^[XYZ]\d{7}[A-Z]$/.test(text) &&
    nifLetter(text.replace(/^[XYZ]/, (c) => String("XYZ".indexOf(c))).slice(0, 8)) === text[8],
  iban: (text: string) =>
    /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) &&
    ibanCheck(text.slice(0, 2), text.slice(4)) === text.slice(2, 4),
} as const;
