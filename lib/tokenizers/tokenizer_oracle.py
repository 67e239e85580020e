"""Writes tokenizer_oracle.json: small tokenizers of each family as the files of a folder, and what Python makes of awkward texts with them.

pip install tokenizers==0.23.3 transformers==5.23.0 sentencepiece==0.2.3 sacremoses==0.2.0 protobuf; python tokenizer_oracle.py FOLDER_OF_MODELS
"""

import base64
import json
import pathlib
import random
import sys
import tempfile

import sentencepiece
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer

TEXTS = [
    "The patient was seen, with a history of Ménière's disease.",
    "FEVER\n\nNo cough;\tyes/no?\r\n10 mg (20%) [5:1] - \"seen\"!",
    "café CAFÉ cafe\u0301 naïve ñandú Straße µ 37.5° ΟΔΟΣ ὈΔΥΣΣΕΎΣ",
    "a [MASK] b [SEP][PAD][UNK] c [mask] the<mask>. x <mask>  </s>y<s> <pad><unk>",
    "東京 was seen 東x京 日本語のテキスト、です。 한국어 텍스트",
    "O'Connor\u2019s \u201cseen\u201d \u2014 no\u2026 x\u00a0x x\u2003x x\u3000x",
    "x\u0000x x\ufffdx x\u200bx x\u00adx x\u200dx \ufeffno x\u0085x\u2028x\u000bx\u000cx\u001fx",
    "x" * 101 + " " + "y" * 100,
    "\U0001f600 \U0001f468\u200d\u2695\ufe0f no\U0001f1ea\U0001f1f8!\U00020000 \U0001d54f",
    "İi \u0130 I\u0307 Dž Ωmega ﬁbre ﬀ ½ ² ™ Ⅷ ㎏ ｆｕｌｌ ｶﾞ",
    "",
    " ",
    " \n ",
    "  two  spaces   three \t tab ",
    "1234567890123456789012345 3,141.59 1/2 10^9 007",
    "Name: ___ born ___, MRN _____ (___)",
    "don't can't won't I'm you're they've she'd we'll it's 'tis y'all's O'n",
    "שלום עולם مرحبا بالعالم नमस्ते ไทย",
    "e\u0301\u0323 \u0301x a\u0308\u0301 x\u0301\u0323 \u1e69 \u212b \u0344",
    "a\r\nb\rc\n\n\nd \u00b4 \u00a8x \u037a",
    "²³ ½ ™ € $5 a_b a+b <no> ~ ^ ` = | \\ {x} @y #z &amp; & <b>",
    "seen... was.. a. b... Dr. No. 5 e.g. this. End.' \"quoted\" `x` ``y''",
    "well-known non-drug-x -- - a-1 3-4 http://a.b/c?d=e&f x@y.org",
    "<extra_id_0> was <extra_id_1>the <extra_id_2> <extra_id_3>",
    "history history history of the the the patient. The patient.The patient",
    "ǅ ﷺ ﷲ ① ⑳ ㋿ … ‥ ‗ ‾ ﹍",
]
WORDS = ["The", "patient", "'s", "Ménière", "10", "mg", "<mask>", "___", "x\u200bx", "\u200b", "東京", "don't", "(seen)", " spaced", "e\u0301", "no."]
SYLLABLES = "the pa ti ent was se en his to ry of fe ver no co ugh ye s x y mg é ñ ö 東 京 1 2 0".split()


def corpus() -> list[str]:
    pick = random.Random(5)
    words = ["".join(pick.choices(SYLLABLES, k=pick.randint(1, 4))) for _ in range(120)] + "the patient was seen history of a no x".split()
    weights = [1 / (1 + i % 40) for i in range(len(words))]
    lines = []
    for _ in range(300):
        line = pick.choices(words, weights, k=9)
        lines.append(" ".join(line[:5]) + pick.choice([", ", "; ", " (", "-", " "]) + " ".join(line[5:]) + pick.choice([".", "!", "", "'s"]))
    return lines + TEXTS * 2


def line(numbers) -> str:
    """Numbers in a string: a formatter would put each on a line of its own."""
    return " ".join(map(str, numbers))


def utf16(text: str, offsets):
    at = [0]
    for character in text:
        at.append(at[-1] + len(character.encode("utf-16-le")) // 2)
    return [[at[start] for start, _ in offsets], [at[end] for _, end in offsets]]


def files_of(folder: pathlib.Path) -> dict:
    files = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json":
            files[path.name] = path.read_text()
        elif path.suffix == ".model":
            files[path.name] = {"base64": base64.b64encode(path.read_bytes()).decode()}
        else:
            files[path.name] = path.read_text()
    return files


def decoded(decode) -> dict:
    """What ids decode to, and what without special tokens where that is something else."""
    whole, skipped = decode(False), decode(True)
    return {"decoded": whole} | ({"skipped": skipped} if skipped != whole else {})


def first_of(word_ids, count):
    return [word_ids.index(i) if i in word_ids else -1 for i in range(count)]


def fast(tokenizer, spaced=None) -> dict:
    """Answers of a tokenizer of Hugging Face's library; `spaced` is the same with a space before words, where that can be asked for."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    cases = []
    for text in TEXTS:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        starts, ends = utf16(text, encoding.offsets)
        cases.append({
            "ids": line(encoding.ids), "starts": line(starts), "ends": line(ends),
            **decoded(lambda skip: tokenizer.decode(encoding.ids, skip_special_tokens=skip)),
        })
    result = {"cases": cases, "around": tokenizer.encode("x").ids, "size": tokenizer.get_vocab_size()}
    for name, one in [("words", tokenizer), ("spacedWords", spaced)]:
        if one is not None:
            encoding = one.encode(WORDS, is_pretokenized=True, add_special_tokens=False)
            result[name] = {"ids": line(encoding.ids), "first": line(first_of(encoding.word_ids, len(WORDS)))}
    return result


def slow(tokenizer) -> dict:
    """Answers of a tokenizer written in Python."""
    cases = []
    for text in TEXTS:
        ids = tokenizer.encode(text, add_special_tokens=False)
        cases.append({"ids": line(ids), **decoded(lambda skip: tokenizer.decode(ids, skip_special_tokens=skip))})
    words = [tokenizer.encode(word, add_special_tokens=False) for word in WORDS]
    first, ids = [], []
    for word in words:
        first.append(len(ids) if word else -1)
        ids += word
    assert ids == tokenizer(WORDS, is_split_into_words=True, add_special_tokens=False)["input_ids"]
    return {"cases": cases, "around": tokenizer.encode("x"), "size": len(tokenizer), "words": {"ids": line(ids), "first": line(first)}}


def special_ids(tokenizer) -> dict:
    roles = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"]
    return {role: getattr(tokenizer, f"{role}_token_id") for role in roles if getattr(tokenizer, f"{role}_token_id") is not None}


def bpe(pre_tokenizer, special, size=380):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(
        corpus(),
        trainers.BpeTrainer(vocab_size=size, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False),
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def json_folder(tokenizer: Tokenizer, config: dict | None = None) -> dict:
    return {"tokenizer.json": tokenizer.to_str()} | ({"tokenizer_config.json": config} if config else {})


def changed(files: dict, of: str, base: dict) -> dict:
    """The parts of a tokenizer.json that another family has otherwise."""
    whole, other = json.loads(files["tokenizer.json"]), json.loads(base["files"]["tokenizer.json"])
    return files | {"tokenizer.json": {"like": of} | {key: value for key, value in whole.items() if other[key] != value}}


def with_prefix_space(tokenizer: Tokenizer) -> Tokenizer:
    return Tokenizer.from_str(tokenizer.to_str().replace('"add_prefix_space":false', '"add_prefix_space":true'))


def word_piece(lowercase: bool) -> Tokenizer:
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]"]
    pieces = """the patient was seen with a history of ##s ##ed ##ing disease men ##iere fev ##er cough no yes mg 10 20 ##0 1 5 . , ' " -
    ( ) [ ] / : % ; ? ! ° µ ß ñandu strass ##e cafe naive o ' connor 東 京 ##x x ##é é ##σ α σ ς ##ς i ##i ##1 mask _ The Mé FEVER CAFÉ""".split()
    letters = list("bcdefghjklmnopqrtuvwyzOΔ")
    vocabulary = list(dict.fromkeys(special + pieces + letters + ["##" + c for c in letters]))
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.add_special_tokens(special[:5])
    return tokenizer


RULES = {
    "\u00a0": " ", "\u3000": " ", "\u2003": " ", "\t": " ", "\n": " ", "\r": " ", "\u200b": " ", "\u0085": " ", "\u2028": " ", "\ufeff": "",
    "\u00ad": "", "e\u0301": "é", "a\u0308": "ä", "a\u0308\u0301": "ǟ", "ﬁ": "fi", "…": "...", "½": "1⁄2", "ｆ": "f", "ｕ": "u",
    "ｌ": "l", "㎏": "kg", "´": " \u0301", "\u0301": "", "İ": "I\u0307", "ﷺ": "صلى الله عليه وسلم", "x\u0301": "y", "한국": "KR",
}


def sentencepiece_model(folder: str, model_type: str, **options) -> bytes:
    """A model with a few rules of its own, because those of NFKC alone would fill 200 kB."""
    rules = pathlib.Path(folder, "rules.tsv")
    hexes = lambda text: " ".join(f"{ord(c):x}" for c in text)
    rules.write_text("".join(f"{hexes(source)}\t{hexes(target)}\n" for source, target in RULES.items()))
    lines = pathlib.Path(folder, "lines.txt")
    lines.write_text("\n".join(line.replace("\n", " ").replace("\0", "") for line in corpus()))
    sentencepiece.SentencePieceTrainer.train(
        input=str(lines), model_prefix=f"{folder}/m", model_type=model_type, normalization_rule_tsv=str(rules), minloglevel=2,
        hard_vocab_limit=False, num_threads=1, **options,
    )
    return pathlib.Path(folder, "m.model").read_bytes()


def families() -> dict:
    result = {}

    for name, lowercase in [("bert-uncased", True), ("bert-cased", False)]:
        tokenizer = word_piece(lowercase)
        result[name] = {"files": json_folder(tokenizer), **fast(tokenizer), "special": {"unk": 1, "sep": 3, "pad": 0, "cls": 2, "mask": 4}}

    mask = AddedToken("<mask>", lstrip=True, special=True)
    names = ["<s>", "<pad>", "</s>", "<unk>"]
    roberta = bpe(pre_tokenizers.ByteLevel(add_prefix_space=False), names + ["<mask>"])
    roberta.add_special_tokens([mask])
    roberta.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), True, False)
    special = {"bos": 0, "eos": 2, "unk": 3, "sep": 2, "pad": 1, "cls": 0, "mask": 4}
    result["roberta"] = {"files": json_folder(roberta), **fast(roberta, with_prefix_space(roberta)), "special": special}
    spaced = with_prefix_space(roberta)
    config = {"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True, "model_max_length": 512}
    files = changed(json_folder(spaced, config), "roberta", result["roberta"])
    result["roberta-spaced"] = {"files": files, **fast(spaced, spaced), "special": special}

    bloom = bpe(
        pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(r" ?[^(\s|[.,!?…。，、।۔،])]+"), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]),
        ["<unk>", "<s>", "</s>", "<pad>"],
    )
    bloom.post_processor = processors.ByteLevel(trim_offsets=False)
    config = {"tokenizer_class": "BloomTokenizerFast"}
    result["bloom"] = {"files": json_folder(bloom, config), **fast(bloom, with_prefix_space(bloom)), "special": {"bos": 1, "eos": 2, "unk": 0, "pad": 3}}

    split = bpe(pre_tokenizers.Split(Regex(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"), "isolated"), ["<|end|>"])
    split.pre_tokenizer = pre_tokenizers.Sequence([split.pre_tokenizer, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    split.normalizer = normalizers.NFC()
    split.add_tokens([AddedToken("History", normalized=True, single_word=True), AddedToken("of the", normalized=True, rstrip=True)])
    result["split"] = {"files": json_folder(split), **fast(split), "special": {}}

    # Llama's kind: spaces to ▁ by normalisation, no splitting, bytes for unknown characters.
    llama = Tokenizer(models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    llama.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    llama.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    alphabet = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    llama.train_from_iterator(corpus()[:280], trainers.BpeTrainer(vocab_size=400, special_tokens=alphabet, limit_alphabet=60, show_progress=False))
    llama = json.loads(llama.to_str())
    llama["added_tokens"] = llama["added_tokens"][:3]
    llama["pre_tokenizer"] = None
    llama = Tokenizer.from_str(json.dumps(llama))
    llama.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(content=" ", left=1)])
    llama.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    result["llama"] = {"files": json_folder(llama), **fast(llama), "special": {"bos": 1, "eos": 2, "unk": 0}}

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "config.json").write_text(json.dumps({"model_type": "bert"}))
        (folder / "tokenizer_config.json").write_text(json.dumps({
            "tokenizer_class": "BertTokenizer", "do_lower_case": False, "tokenize_chinese_chars": False, "strip_accents": True, "model_max_length": 64,
            "added_tokens_decoder": {"9": {"content": "yes", "single_word": True, "lstrip": False, "rstrip": False, "normalized": True, "special": False}},
        }))
        (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\n##s\nseen\nno\nyes\nx\n##x\ne\n.\n,\n東\n京\n")
        tokenizer = AutoTokenizer.from_pretrained(name)
        result["bert-vocab"] = {"files": files_of(folder), **fast(tokenizer.backend_tokenizer), "special": special_ids(tokenizer)}

    gpt2 = bpe(pre_tokenizers.ByteLevel(add_prefix_space=False), ["<|endoftext|>"])
    for family, source, extra in [
        ("gpt2-files", gpt2, {"tokenizer_class": "GPT2Tokenizer"}),
        ("roberta-files", roberta, {"tokenizer_class": "RobertaTokenizer", "mask_token": {"__type": "AddedToken", "content": "<mask>", "lstrip": True, "normalized": False, "rstrip": False, "single_word": False}}),
    ]:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "tokenizer_config.json").write_text(json.dumps(extra))
            source.model.save(name)
            tokenizer = AutoTokenizer.from_pretrained(name)
            spaced = AutoTokenizer.from_pretrained(name, add_prefix_space=True)
            result[family] = {
                "files": files_of(folder), **fast(tokenizer.backend_tokenizer, spaced.backend_tokenizer), "special": special_ids(tokenizer)
            }

    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(name)
        (folder / "spiece.model").write_bytes(
            sentencepiece_model(work, "unigram", vocab_size=300, pad_id=0, eos_id=1, unk_id=2, bos_id=-1, user_defined_symbols=["___"])
        )
        (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "T5Tokenizer", "extra_ids": 5}))
        tokenizer = AutoTokenizer.from_pretrained(name)
        result["t5-files"] = {"files": files_of(folder), **fast(tokenizer.backend_tokenizer), "special": special_ids(tokenizer)}

        # As conversion scripts have written it: no split at other white space, ends stripped, runs of spaces as one.
        converted = tokenizer.backend_tokenizer
        converted.normalizer = normalizers.Sequence([
            converted.normalizer, normalizers.Strip(left=False, right=True), normalizers.Replace(Regex(" {2,}"), "▁"),
        ])
        for scheme in ["always", "first", "never"]:
            converted.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme)
            converted.decoder = decoders.Metaspace(prepend_scheme=scheme)
            files = json_folder(converted, {"tokenizer_class": "T5Tokenizer"})
            if scheme != "always":
                files = changed(files, "t5-always", result["t5-always"])
            result[f"t5-{scheme}"] = {"files": files, **fast(converted), "special": special_ids(tokenizer)}

    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(name)
        (folder / "sentencepiece.bpe.model").write_bytes(sentencepiece_model(work, "unigram", vocab_size=200))
        (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "XLMRobertaTokenizer"}))
        tokenizer = AutoTokenizer.from_pretrained(name)
        result["xlm-roberta-files"] = {"files": files_of(folder), **fast(tokenizer.backend_tokenizer), "special": special_ids(tokenizer)}

    for family, options in [
        ("gpt-sw3", dict(vocab_size=560, byte_fallback=True, remove_extra_whitespaces=False, split_digits=True, user_defined_symbols=["___", "▁▁▁"], character_coverage=0.98, pad_id=3, eos_piece="<|endoftext|>")),
        ("gpt-sw3-plain", dict(vocab_size=260, character_coverage=0.98)),
    ]:
        with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as work:
            folder = pathlib.Path(name)
            (folder / "spiece.model").write_bytes(sentencepiece_model(work, "bpe", **options))
            (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "GPTSw3Tokenizer"}))
            tokenizer = AutoTokenizer.from_pretrained(name)
            result[family] = {"files": files_of(folder), **slow(tokenizer), "special": special_ids(tokenizer)}

    # BioGPT: merges over words that Moses has split, with an end-of-word mark; some symbols on the way are no pieces.
    import sacremoses

    moses = sacremoses.MosesTokenizer(lang="en")
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    lines = [" ".join(moses.tokenize(line, aggressive_dash_splits=True, escape=True)) for line in corpus()]
    tokenizer.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=420, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], end_of_word_suffix="</w>", limit_alphabet=60, show_progress=False))
    saved = json.loads(tokenizer.to_str())["model"]
    vocabulary = {piece: id for piece, id in saved["vocab"].items() if piece not in ("th", "pa", "q")}
    vocabulary = {piece: id for id, piece in enumerate(vocabulary)}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "vocab.json").write_text(json.dumps(vocabulary))
        (folder / "merges.txt").write_text("".join(f"{a} {b} {9}\n" for a, b in saved["merges"]))
        (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BioGptTokenizer"}))
        tokenizer = AutoTokenizer.from_pretrained(name)
        result["biogpt"] = {"files": files_of(folder), **slow(tokenizer), "special": special_ids(tokenizer)}
    return result


if __name__ == "__main__":
    mini = Tokenizer.from_file(f"{sys.argv[1]}/all-MiniLM-L6-v2/tokenizer.json")
    fixture = {
        "tokenizers": tokenizers.__version__,
        "texts": TEXTS,
        "words": WORDS,
        "families": families(),
        "all-MiniLM-L6-v2": [case["ids"] for case in fast(mini)["cases"]],
    }
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, ensure_ascii=True, separators=(",", ":")) + "\n")
    print(path.stat().st_size, {name: family["size"] for name, family in fixture["families"].items()})
