import { deepEqual, equal, throws } from "node:assert/strict";
import { key, otherKey, standIns } from "../fixture.ts";
import { dayOf } from "./calendar.ts";
import { dateOrder, drawnShift } from "./setting.ts";
import { type DateSetting, shiftedDates } from "./shift.ts";

const anchor = dayOf(2024, 3, 1) ?? 0;
const british: DateSetting = { shift: -700, order: "dmy", language: "en", anchor };
const spanish: DateSetting = { ...british, language: "es" };

Deno.test("shiftedDates() keeps every way a date is written", () => {
  const written = {
    "04/11/2019": "04/12/2017",
    "4/3/23": "3/4/21",
    "2023-12-03": "2022-01-02",
    "2019/02/21": "2017/03/23",
    "23.8.1985": "23.9.1983",
    "20230515": "20210614",
    "5th March 2025": "5th April 2023",
    "23rd of October": "22nd of November",
    "April 25th, 2019": "May 25th, 2017",
    "Jan. 19, 2024": "Feb. 18, 2022",
    "18-Sep-2022": "18-Oct-2020",
    "MARCH 2022": "APRIL 2020",
    "mid-June": "mid-July",
    "06/2019": "07/2017",
    "2018": "2016",
    "Thursday 6 July 2023": "Thursday 5 August 2021",
    "3-5 March 2021": "3-5 April 2019",
    "10/12/2020 14:30": "10/01/2019 14:30",
    "autumn 2021": "autumn 2019",
    "2015/16": "2013/14",
    "2015-2018": "2013-2016",
    "the 1990s": "the 1980s",
  };
  for (const [from, to] of Object.entries(written)) equal(shiftedDates(from, british), to, from);
  const spanishDates = {
    "octubre de 2004": "noviembre de 2002",
    "21 de febrero de 2002": "23 de marzo de 2000",
    "27-octubre-2016": "27-noviembre-2014",
    "diciembre-03": "enero-02",
    "Junio 04": "Julio 02",
    "año 2003": "año 2001",
    "febrero y abril de 2002": "marzo y mayo de 2000",
    "12/04 /2011": "12/05 /2009",
    "24-9-10": "24-10-08",
    "sep-04": "oct-02",
    "septiembre del año 2000": "octubre del año 1998",
  };
  for (const [from, to] of Object.entries(spanishDates)) equal(shiftedDates(from, spanish), to, from);
});

Deno.test("shiftedDates() refuses days that are not, numbers that are no date, and shifts out of the calendar", () => {
  for (
    const impossible of [
      "31/02/2022",
      "31 February",
      "29/02/2023",
      "0/10/2017",
      "45/13/2020",
      "2023-02-30",
      "31 de febrero de 2020",
    ]
  ) {
    throws(() => shiftedDates(impossible, british), /no such day|no date/, impossible);
  }
  throws(() => shiftedDates("26708/2017", british), /read as no date/);
  throws(() => shiftedDates("03/04/0001", british), /leaves the calendar/);
  throws(() => shiftedDates("03/04/9999", { ...british, shift: 700 }), /leaves the calendar/);
  equal(shiftedDates("29 February", british), "31 March"); // of the leap year before the anchor
});

Deno.test("drawnShift() is whole weeks, leaves no month and no year as it was, and hangs on the key", () => {
  const shifts = Array.from({ length: 300 }, (_, i) => drawnShift(key.draw("shift", String(i))));
  equal(shifts.every((shift) => shift % 7 === 0 && shift < -390 && shift > -3700), true);
  equal(new Set(shifts).size > 100, true);
  for (const shift of shifts) {
    for (const date of ["January", "June 2020", "2018", "15 November", "31/12/2019"]) {
      const moved = shiftedDates(date, { ...british, shift });
      equal(moved?.toLowerCase().includes(date.toLowerCase()), false, `${date} by ${shift}`);
    }
  }
  equal(drawnShift(key.draw("a")) === drawnShift(otherKey.draw("a")), false);
});

Deno.test("dateOrder() goes by dates that can be read one way, then by dates in words", () => {
  deepEqual(
    [
      dateOrder("", ["04/05/2021", "13/05/2021"], "en"),
      dateOrder("", ["04/05/2021", "05/13/2021"], "en"),
      dateOrder("", ["04/05/2021", "March 6, 2024"], "en"),
      dateOrder("", ["04/05/2021", "6 March 2024"], "en"),
      dateOrder("", ["04/05/2021"], "es"),
    ],
    ["dmy", "mdy", "mdy", "dmy", "dmy"],
  );
});

Deno.test("replacer() keeps intervals between the dates of a letter, whatever they are written as", () => {
  const [a = "", b = ""] = standIns("Born [DATE 02/01/2020], seen [DATE 2020-01-23].");
  const [day = 0, month = 0, year = 0] = a.split("/").map(Number);
  equal((dayOf(...split(b)) ?? 0) - (dayOf(year, month, day) ?? 0), 21);
});

function split(iso: string): [number, number, number] {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  return [year, month, day];
}
