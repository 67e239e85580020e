/** Places and institutions as people write them. @module */

import type { Random } from "../../random.ts";
import { lexicons } from "../surrogate/lexicon.ts";
import { formed, pick, weighted } from "./choice.ts";
import { listOf, type Lists } from "./lists.ts";
import type { NamePools } from "./name_pools.ts";

const STREETS =
  "Street St St. Avenue Ave Ave. Road Rd Rd. Lane Ln Drive Dr Court Ct Boulevard Blvd Way Place Close Crescent Terrace Circle Parkway Trail Square Highway Gardens"
    .split(" ");
const FLATS = [" Apt 9", ", Apt 9A", ", Apt. 99", " #899", ", Unit 8", ", Suite 899", ""];
const TREES =
  "Maple Oak Pine Cedar Elm Main Park Lake Hill River Church Mill Station High Spring Walnut Chestnut Willow Sunset Ridge Washington Lincoln Jefferson Franklin King Queen Victoria 2nd 5th 14th 42nd First Third"
    .split(" ");

/** Draws places of the lists of a part. */
export class Places {
  readonly #chance: Random;
  readonly #lists: Lists;
  readonly #pools: NamePools;

  constructor(chance: Random, lists: Lists, pools: NamePools) {
    [this.#chance, this.#lists, this.#pools] = [chance, lists, pools];
  }

  /** A real town, or one that does not exist. */
  town(): string {
    const chance = this.#chance;
    return weighted(chance, [
      [50, () => this.#of("cities_us")],
      [20, () => this.#of("cities_world")],
      [24, () => pick(chance, lexicons.en.places.first) + pick(chance, lexicons.en.places.last)],
      [
        6,
        () =>
          `${this.#pools.surname(chance)}${
            pick(chance, ["ville", "ton", " Falls", " Springs", "burg", " Heights"])
          }`,
      ],
    ])();
  }

  townAndState(): string {
    const chance = this.#chance;
    const [town, code, state] = [
      this.town(),
      pick(chance, lexicons.en.state_codes ?? []),
      pick(chance, lexicons.en.states ?? []),
    ];
    return weighted(chance, [[60, `${town}, ${code}`], [20, `${town}, ${state}`], [10, `${town} ${code}`], [
      10,
      `${town}, ${this.country()}`,
    ]]);
  }

  state(): string {
    return pick(
      this.#chance,
      this.#chance.next() < 0.6 ? lexicons.en.states ?? [] : lexicons.en.state_codes ?? [],
    );
  }

  country(): string {
    const one = this.#chance.next() < 0.7
      ? this.#of("countries_more")
      : pick(this.#chance, lexicons.en.countries);
    return one.replace(/^the (?=[A-Z])/, "");
  }

  place(): string {
    const chance = this.#chance;
    return weighted(chance, [
      [45, () => this.town()],
      [20, () => this.townAndState()],
      [15, () => this.country()],
      [10, () => this.state()],
      [10, () => this.county()],
    ])();
  }

  county(): string {
    return this.#of("counties").replace(/^the (?=[A-Z])/, "");
  }

  zip(): string {
    return formed(
      this.#chance,
      weighted(this.#chance, [[70, "89999"], [8, "89999-9999"], [10, "AA9 9AA"], [6, "A99 9AA"], [
        6,
        "AA99 9AA",
      ]]),
    );
  }

  street(): string {
    const chance = this.#chance;
    const name = weighted(chance, [
      [40, () => pick(chance, TREES)],
      [35, () => pick(chance, lexicons.en.streets)],
      [15, () => this.#pools.surname(chance)],
      [
        10,
        () => `${pick(chance, ["N", "S", "E", "W", "North", "West", "Old", "New"])} ${pick(chance, TREES)}`,
      ],
    ])();
    return `${formed(chance, pick(chance, ["89", "899", "8999", "8", "89A", "89999"]))} ${name} ${
      pick(chance, STREETS)
    }`;
  }

  address(): string {
    const chance = this.#chance;
    const [street, flat] = [
      this.street(),
      formed(chance, chance.next() < 0.35 ? quoted(pick(chance, FLATS)) : ""),
    ];
    const code = pick(chance, lexicons.en.state_codes ?? []);
    return weighted(chance, [
      [40, () => `${street}${flat}, ${this.town()}, ${code} ${formed(chance, "89999")}`],
      [
        12,
        () =>
          `${street}${flat}, ${this.town()}, ${pick(chance, lexicons.en.states ?? [])} ${
            formed(chance, "89999")
          }`,
      ],
      [8, () => `${street}${flat} ${this.town()} ${code} ${formed(chance, "89999")}`],
      [16, () => `${street}${flat}, ${this.town()}`],
      [12, () => `${street}, ${this.town()} ${this.zip()}`],
      [8, () => `${street}${flat}`],
      [
        4,
        () =>
          `${formed(chance, quoted("PO Box ") + "899")}, ${this.town()}, ${code} ${formed(chance, "89999")}`,
      ],
    ])();
  }

  hospital(): string {
    const chance = this.#chance;
    const stem = weighted(chance, [
      [50, () => this.#of("hospital_stems")],
      [25, () => this.town()],
      [15, () => this.#pools.surname(chance)],
      [
        10,
        () =>
          `${this.town()} ${
            pick(chance, ["General", "County", "Valley", "Community", "Royal", "Memorial", "Family"])
          }`,
      ],
    ])();
    if (chance.next() < 0.04) {
      return formed(chance, pick(chance, ["AAH", "AAMC", "AGH", quoted("St. ") + "A", quoted("U") + "AMC"]));
    }
    if (chance.next() < 0.1 && / |'s$/.test(stem)) return stem;
    return `${stem} ${this.#of("hospital_types")}`;
  }

  organisation(): string {
    const chance = this.#chance;
    return weighted(chance, [
      [55, () => this.#of("employers").replace(/^the (?=[A-Z])/, "")],
      [
        25,
        () =>
          `${this.#pools.surname(chance)} ${
            pick(chance, [
              "& Sons",
              "Logistics",
              "Construction",
              "Farms",
              "Industries",
              "Ltd",
              "Inc.",
              "LLC",
              "Foods",
              "Law Group",
              "Motors",
              "Bakery",
            ])
          }`,
      ],
      [
        20,
        () =>
          `${this.town()} ${
            pick(chance, [
              "Mills",
              "Steel",
              "Library",
              "Fire Department",
              "Brewery",
              "Police Department",
              "Airport",
              "Council",
              "Transit",
            ])
          }`,
      ],
    ])();
  }

  school(): string {
    const chance = this.#chance;
    const stem = chance.next() < 0.5 ? this.town() : this.#pools.surname(chance);
    return `${stem} ${
      pick(chance, [
        "High School",
        "Elementary School",
        "Elementary",
        "Middle School",
        "Primary School",
        "Academy",
        "College",
        "University",
        "Montessori",
        "Preschool",
        "Daycare",
      ])
    }`;
  }

  insurer(): string {
    return this.#of("insurers");
  }

  pharmacy(): string {
    return this.#chance.next() < 0.7
      ? this.#of("pharmacies")
      : `${this.town()} ${pick(this.#chance, ["Pharmacy", "Drugs", "Apothecary"])}`;
  }

  #of(list: string): string {
    return pick(this.#chance, listOf(this.#lists, list));
  }
}

/** A form's words that stay as they are. */
function quoted(text: string): string {
  return text.replace(/[A-Za-z]{2,}\.?/g, '"$&"');
}
