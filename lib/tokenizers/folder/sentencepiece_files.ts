/** SentencePiece models as tokenizers. @module */

import { template } from "../template.ts";
import { readFile } from "../../read_file.ts";
import { AddedToken, type AddedToken as Added } from "../added_tokens.ts";
import type { Blueprint } from "../blueprint.ts";
import { addedTokens, type Settings } from "./config_files.ts";
import { FAMILIES } from "./families.ts";
import { MODEL, parseSentencePiece, PIECE, type SentencePieceProto } from "./sentencepiece_proto.ts";

/** T5's sentinels where no file says how many. */
const SENTINELS = 100;

/**
 * A tokenizer from a SentencePiece model: T5's and XLM-RoBERTa's as Python's classes of that name make them, with Hugging Face's unigram
 * model; GPT-SW3's with SentencePiece's own rules, by which Python runs it.
 *
 * @throws Error in one line where the file is no SentencePiece model or not of the family's kind, or no family is named
 *
 * @example See {@linkcode Tokenizer.open}.
 */
export async function readSentencePiece(path: string, settings: Settings): Promise<Blueprint> {
  const proto = parseSentencePiece(await readFile(path), path);
  const { family, named } = settings;
  const asked = family === FAMILIES.gptSw3 || (family === FAMILIES.gpt2 && proto.model_type === MODEL.bpe)
    ? MODEL.bpe
    : MODEL.unigram;
  if (family && proto.model_type !== asked) {
    const kinds = ["no", "unigram", "BPE"];
    throw new Error(
      `${path}: a model of ${kinds[proto.model_type] ?? "another"} kind, ${family.name} has ${
        kinds[asked]
      }. ` +
        "Put the files of one model together.",
    );
  }
  switch (family) {
    case FAMILIES.t5:
      return t5(path, proto, settings);
    case FAMILIES.xlmRoberta:
      return xlmRoberta(path, proto, settings);
    case FAMILIES.gptSw3:
    case FAMILIES.gpt2: // as which GPT-SW3's config.json goes
      return gptSw3(path, proto, settings);
    default:
      throw new Error(
        `${path}: tokenizer_class is ${named}; SentencePiece models can be T5's, XLM-RoBERTa's or GPT-SW3's. ` +
          "Name T5Tokenizer, XLMRobertaTokenizer or GPTSw3Tokenizer in tokenizer_config.json.",
      );
  }
}

function t5(where: string, proto: SentencePieceProto, settings: Settings): Blueprint {
  const count = settings.config.extra_ids ?? SENTINELS;
  const sentinels = Array.from({ length: count }, (_, i) => `<extra_id_${count - 1 - i}>`);
  const vocab = [...scored(proto), ...sentinels.map((piece): [string, number] => [piece, 0])];
  const roles = { ...FAMILIES.t5.roles, ...settings.roles };
  const around = template([], [roles.eos], idsOf(vocab));
  return unigram(where, proto, settings, { vocab, unk_id: 2, roles, around, more: sentinels });
}

/** Fairseq's order of special pieces, which the model file does not have. */
function xlmRoberta(where: string, proto: SentencePieceProto, settings: Settings): Blueprint {
  const roles = { ...FAMILIES.xlmRoberta.roles, ...settings.roles };
  const { bos, pad, eos, unk, mask } = roles;
  const special = (piece: string): [string, number] => [piece, 0];
  const vocab = [...[bos, pad, eos, unk].map(special), ...scored(proto).slice(3), special(mask)];
  const around = template([bos], [eos], idsOf(vocab));
  return unigram(where, proto, settings, { vocab, unk_id: 3, roles, around, more: [] });
}

interface UnigramParts {
  readonly vocab: readonly (readonly [string, number])[];
  readonly unk_id: number;
  readonly roles: Blueprint["roles"];
  readonly around: unknown;
  /** Special tokens without a role. */
  readonly more: readonly string[];
}

function unigram(
  where: string,
  proto: SentencePieceProto,
  settings: Settings,
  { vocab, unk_id, roles, around, more }: UnigramParts,
): Blueprint {
  const metaspace = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true };
  const ids = idsOf(vocab);
  const special = [...Object.values(roles), ...more, ...ofType(proto, PIECE.control)];
  const fixed = ofType(proto, PIECE.userDefined).map((content) =>
    AddedToken.parse({ content, id: ids.get(content) })
  );
  return {
    where,
    roles,
    maxLength: settings.maxLength,
    added_tokens: addedTokens(special, ids, { ...settings, added: [...fixed, ...settings.added] }),
    normalizer: { type: "Precompiled", precompiled_charsmap: proto.precompiled_charsmap.toBase64() },
    pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace] },
    post_processor: around,
    decoder: metaspace,
    model: { type: "Unigram", vocab, unk_id },
  };
}

function gptSw3(where: string, proto: SentencePieceProto, settings: Settings): Blueprint {
  if (proto.treat_whitespace_as_suffix) {
    throw new Error(`${where}: spaces after words are not understood. Use a model with spaces before words.`);
  }
  const oneOnly = /gpt-sw3-7b/.test(where);
  const { eos, unk } = { ...FAMILIES.gptSw3.roles, ...settings.roles };
  const defaults = oneOnly ? { pad: unk, bos: eos } : {};
  const roles = { ...FAMILIES.gptSw3.roles, ...defaults, ...settings.roles };
  const vocab = scored(proto);
  const { add_dummy_prefix, remove_extra_whitespaces, escape_whitespaces, byte_fallback, unk_id } = proto;
  const idsOfType = (...types: number[]) =>
    proto.pieces.flatMap(({ type }, id) => types.includes(type) ? [id] : []);
  return {
    where,
    roles,
    maxLength: settings.maxLength,
    added_tokens: withNewIds(Object.values(roles), vocab, settings),
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "GPTSw3" }, {
        type: "SentencePiece",
        precompiled_charsmap: proto.precompiled_charsmap.toBase64(),
        add_dummy_prefix,
        remove_extra_whitespaces,
        escape_whitespaces,
        user_defined: ofType(proto, PIECE.userDefined),
      }],
    },
    pre_tokenizer: undefined,
    post_processor: undefined,
    decoder: {
      type: "SentencePiece",
      special: Object.values(roles),
      control: ofType(proto, PIECE.control),
      byte_fallback,
      add_dummy_prefix,
      remove_extra_whitespaces,
    },
    model: {
      type: "SentencePieceBPE",
      vocab,
      unk_id,
      byte_fallback,
      reserved: idsOfType(PIECE.control, PIECE.unknown, PIECE.byte),
      user_defined: idsOfType(PIECE.userDefined),
      unused: idsOfType(PIECE.unused),
    },
  };
}

/** Special tokens; those that the model does not have get the ids after its pieces, as Python's class gives them. */
function withNewIds(
  contents: readonly string[],
  vocab: readonly [string, number][],
  settings: Settings,
): Added[] {
  const ids = idsOf(vocab);
  const given = new Set(settings.added.map(({ content }) => content));
  const more: Added[] = [];
  let next = settings.added.reduce((next, { id }) => Math.max(next, id + 1), vocab.length);
  for (const content of new Set(contents)) {
    if (!ids.has(content) && !given.has(content)) {
      more.push(AddedToken.parse({ content, id: next++, special: true }));
    }
  }
  return addedTokens(contents, ids, { ...settings, added: [...settings.added, ...more] });
}

function scored({ pieces }: SentencePieceProto): [string, number][] {
  return pieces.map(({ piece, score }) => [piece, score]);
}

function ofType({ pieces }: SentencePieceProto, ...types: number[]): string[] {
  return pieces.filter(({ type }) => types.includes(type)).map(({ piece }) => piece);
}

function idsOf(vocab: readonly (readonly [string, number])[]): Map<string, number> {
  return new Map(vocab.map(([piece], id) => [piece, id]));
}
