/** A language model as a judge of letters. @module */

import { checkWhole } from "../check_whole.ts";
import { canonical } from "../experiment/hash.ts";
import { progress } from "../progress.ts";
import { project } from "../project.ts";
import { random } from "../random.ts";
import { sha256 } from "../sha256.ts";
import { choiceOf } from "./choice.ts";
import {
  addedTokens,
  type Asker,
  completionsUrl,
  type Endpoint,
  type Reply,
  type Tokens,
} from "./endpoint.ts";
import { openAsker } from "./ask_apart.ts";
import { keptAnswers } from "./kept_answers.ts";
import { type Asked, askedOf, type Message, type Question } from "./question.ts";

/** How a judge is asked; all but the endpoint has a default. */
export interface JudgeSettings extends Endpoint {
  /** How often each question is asked, each time with the options in another order; default 3. */
  readonly repeats?: number;
  /** Of the order of options and letters; default 42. */
  readonly seed?: number;
  /** Default 0. */
  readonly temperature?: number;
  /** The most tokens of an answer; default 16. Models that think before they answer need more. */
  readonly mostTokens?: number;
  /** Questions at once; default 4. */
  readonly parallel?: number;
  /** Milliseconds that an answer may take; default 60,000. */
  readonly timeout?: number;
  /** Milliseconds before each further try where the endpoint does not answer. */
  readonly waits?: readonly number[];
  /** The folder where answers are kept; left out: below `.cache`. */
  readonly answers?: string;
}

/** Something that is judged. */
export interface Judged {
  readonly id: string;
  readonly question: Question;
  /** One letter, or two. */
  readonly texts: readonly string[];
}

/** The answers about it, one a repeat. */
export interface Verdicts {
  readonly id: string;
  /** The value of each answer; of two letters that of the letters as they were given. `null` where there is no answer. */
  readonly values: readonly (string | null)[];
}

/** What came of it all. */
export interface Judgement {
  /** In the order of what was judged. */
  readonly verdicts: readonly Verdicts[];
  /** Why there is no answer, and how often, the most frequent first. */
  readonly unanswered: readonly { readonly reason: string; readonly times: number }[];
  readonly questions: number;
  /** Of all answers, kept ones too; `uncounted` answers came without a count. */
  readonly tokens: Tokens & { readonly uncounted: number };
  /** Of them, what was asked in this run, answers that were of no use among it. */
  readonly spent: Tokens & { readonly questions: number };
}

/** Where answers are kept. */
export const ANSWERS = `${project.root}/.cache/judge`;

/** So often a model is reminded that it has to choose one of the options. */
const REMINDERS = 2;
const REMINDER: Message = {
  role: "user",
  content:
    "Your last answer was none of the options. Answer with the capital letter of one option, and nothing else.",
};

/** After so many questions on end without an answer the endpoint counts as gone. */
const MOST_DOWN = 4;

/**
 * Asks a language model about letters. What is answered is kept under the hash of all that was asked, so that a run that was cut
 * goes on where it was, and a second one asks nothing. A question without an answer is never a score: what the endpoint does
 * not answer is tried again, nonsense is asked for anew, and what stays without an answer is counted with its reason, and asked
 * again by the next run. Where the endpoint has gone, the rest is not asked.
 *
 * @param open how the endpoint is opened; left out: here where this process may reach it, else in one that may
 * @throws {Error} in one line, where the endpoint's address makes no sense, it does not let us in, or answers can't be kept
 *
 * @example
 * ```ts
 * import { project } from "../project.ts";
 * import { judge } from "./judge.ts";
 * import { readQuestion } from "./question.ts";
 * import { deepEqual } from "node:assert/strict";
 * const question = await readQuestion(`${project.lib}/judge/prompts/preference.md`);
 * const first = { kind: "answer" as const, text: "A", cut: false, tokens: null }; // a judge that likes the first option
 * const asker = { ask: () => Promise.resolve(first), [Symbol.asyncDispose]: () => Promise.resolve() };
 * const settings = { url: "http://127.0.0.1:1/v1", model: "m", answers: await Deno.makeTempDir() };
 * const { verdicts, questions } = await judge([{ id: "a", question, texts: ["A", "B"] }], settings, () => asker);
 * deepEqual([verdicts[0]?.values.length, questions], [3, 3]);
 * ```
 */
export async function judge(
  items: readonly Judged[],
  settings: JudgeSettings,
  open: () => Asker | Promise<Asker> = () => openAsker(settings, waitingOf(settings)),
): Promise<Judgement> {
  const { repeats, seed, parallel, answers } = checked(settings);
  completionsUrl(settings); // a wrong address fails here, before any work
  const kept = keptAnswers(answers);
  const jobs = items.flatMap((item, i) =>
    Array.from({ length: repeats }, (_, repeat) => ({ item, i, repeat }))
  );
  const values = items.map(() => Array<string | null>(repeats).fill(null));
  const reasons = new Map<string, number>();
  const tokens = { prompt: 0, completion: 0, uncounted: 0 };
  const spent = { prompt: 0, completion: 0, questions: 0 };
  const bar = progress(`judge ${settings.model}`, jobs.length, { unit: "questions" });
  let asker: Promise<Asker> | undefined;
  let [done, downInARow, next] = [0, 0, 0];
  const unanswered = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const count = (of: Tokens | null, into: { prompt: number; completion: number }) => {
    into.prompt += of?.prompt ?? 0;
    into.completion += of?.completion ?? 0;
  };
  const one = async ({ item, i, repeat }: typeof jobs[number]): Promise<void> => {
    const key = `${seed}/${item.id}`;
    const asked = askedOf(item.question, item.texts, key, repeat);
    const hash = hashOf(settings, asked, repeat);
    let found = await kept.get(hash);
    if (found === undefined) {
      if (downInARow >= MOST_DOWN) return void unanswered("not asked: the endpoint had stopped answering");
      spent.questions++;
      asker ??= Promise.resolve(open());
      const reply = await chosen(await asker, asked, settings, random(`${key}/${repeat}`).below(2 ** 31));
      count(reply.tokens, spent);
      downInARow = reply.kind === "none" && reply.down ? downInARow + 1 : 0;
      if (reply.kind === "none") return void unanswered(reply.reason);
      found = { value: reply.value, tokens: reply.tokens };
      await kept.put(hash, found);
    }
    values[i]![repeat] = found.value; // one an item
    count(found.tokens, tokens);
    if (found.tokens === null) tokens.uncounted++;
  };
  const work = async () => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      await one(job);
      bar.update(++done);
    }
  };
  try {
    const workers = await Promise.allSettled(Array.from({ length: parallel }, async () => {
      try {
        await work();
      } catch (error) {
        next = jobs.length; // the others end with what they are at
        throw error;
      }
    }));
    for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  } finally {
    await bar.done();
    await (await asker?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
  return {
    verdicts: items.map(({ id }, i) => ({ id, values: values[i] ?? [] })),
    unanswered: [...reasons].map(([reason, times]) => ({ reason, times }))
      .sort((a, b) => b.times - a.times || (a.reason < b.reason ? -1 : 1)),
    questions: jobs.length,
    tokens,
    spent,
  };
}

/** The value that is chosen, or why there is none, with all the tokens that it took. */
type Chosen =
  | { readonly kind: "chosen"; readonly value: string; readonly tokens: Tokens | null }
  | Extract<Reply, { kind: "none" }>;

async function chosen(asker: Asker, asked: Asked, settings: JudgeSettings, seed: number): Promise<Chosen> {
  const { temperature, mostTokens } = checked(settings);
  let tokens: Tokens | null = null;
  let cut = false;
  for (let reminders = 0; reminders <= REMINDERS; reminders++) {
    const messages = [...asked.messages, ...reminders > 0 ? [REMINDER] : []];
    const reply = await asker.ask({ messages, seed: seed + reminders, temperature, mostTokens });
    if (reply.kind === "refused") throw new Error(reply.message);
    tokens = addedTokens(tokens, reply.tokens);
    if (reply.kind === "none") return { ...reply, tokens };
    cut = reply.cut;
    const option = choiceOf(reply.text, asked.options);
    if (option) return { kind: "chosen", value: asGiven(option.value, asked.swapped), tokens };
  }
  const reason = cut
    ? `the answer was cut off after ${mostTokens} tokens`
    : "the answer is none of the options";
  return { kind: "none", reason, down: false, tokens };
}

/** Of two letters that were shown the other way round, the one that is meant. */
function asGiven(value: string, swapped: boolean): string {
  if (!swapped || value === "neither") return value;
  return value === "first" ? "second" : "first";
}

function hashOf(settings: JudgeSettings, { messages, swapped }: Asked, repeat: number): string {
  const { seed, temperature, mostTokens } = checked(settings);
  const url = completionsUrl(settings).href;
  const content = messages.map(({ role, content }) => [role, content]);
  return sha256(
    canonical({ url, model: settings.model, content, swapped, repeat, seed, temperature, mostTokens }),
  );
}

/** The settings with their defaults. */
function checked(
  { repeats = 3, seed = 42, temperature = 0, mostTokens = 16, parallel = 4, answers = ANSWERS }:
    JudgeSettings,
) {
  for (const [name, value] of Object.entries({ repeats, mostTokens, parallel })) {
    checkWhole(`judge: ${name}`, value);
  }
  if (!(temperature >= 0 && temperature <= 2)) {
    throw new Error(`judge: temperature ${temperature}: choose a number from 0 to 2.`);
  }
  return { repeats, seed, temperature, mostTokens, parallel, answers };
}

function waitingOf({ timeout, waits }: JudgeSettings) {
  return { ...timeout !== undefined && { timeout }, ...waits && { waits } };
}
