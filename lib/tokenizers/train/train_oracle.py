"""Writes train_oracle.json: vocabularies that Hugging Face's trainers learn from words of invented syllables.

The WordPiece trainer numbers ## characters as it meets them, in the order of a hash map that is seeded anew in each run, and breaks ties
by these numbers. Named up front as special tokens, in the order that train_wordpiece.ts gives them, they have fixed numbers.

pip install tokenizers==0.23.3; python train_oracle.py
"""

import json
import pathlib
import random

import tokenizers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SYLLABLES = "ba na an ab ca lo ol mi im ti it re er Per pso á é ü ñ ß 5 0 mg aa".split()


def invented(seed: int, words: int) -> list[str]:
    pick = random.Random(seed)
    vocabulary = ["".join(pick.choices(SYLLABLES, k=pick.randint(1, 5))) for _ in range(words // 4)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    lines = []
    for _ in range(words // 12):
        line = pick.choices(vocabulary, weights, k=12)
        lines.append(" ".join(line[:6]) + pick.choice([", ", "; ", " (", "-", "\n", "\u3000"]) + " ".join(line[6:]) + ".")
    return lines


def word_piece(texts: list[str], size: int, min_frequency: int) -> list[str]:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words = [
        word
        for text in texts
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text))
    ]
    characters = sorted({c for word in words for c in word})
    inside = sorted({c for word in words for c in word[1:]})
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        min_frequency=min_frequency,
        special_tokens=SPECIAL + characters + ["##" + c for c in inside],
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().__getitem__)


def bpe(texts: list[str], size: int, min_frequency: int) -> dict:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=min_frequency,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    pieces = sorted(model["vocab"], key=model["vocab"].get)
    assert model["vocab"] == {piece: id for id, piece in enumerate(pieces)}
    return {"pieces": pieces[257:], "merges": [" ".join(merge) for merge in model["merges"]]}


def unigram(texts: list[str], size: int) -> dict:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=["<unk>"], unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    pieces = sum(len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts)
    return {"vocabulary": sorted(tokenizer.get_vocab()), "pieces": pieces}


cases = []
for seed, words, size, min_frequency in [(1, 1200, 200, 2), (2, 2400, 5000, 2), (3, 600, 5000, 5)]:
    texts = invented(seed, words)
    cases.append({
        "texts": texts,
        "minFrequency": min_frequency,
        "wordPiece": {"size": size, "pieces": word_piece(texts, size, min_frequency)},
        "bpe": {"size": size + 200, **bpe(texts, size + 200, min_frequency)},
        "unigram": {"size": 150, **unigram(texts, 150)},
    })
path = pathlib.Path(__file__).with_suffix(".json")
fixture = {"tokenizers": tokenizers.__version__, "cases": cases}
path.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n")
print(path.stat().st_size)
