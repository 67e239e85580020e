"""Writes wordpiece_oracle.json: vocabularies that Hugging Face's WordPieceTrainer learns from words of invented syllables.

The trainer numbers ## characters as it meets them, in the order of a hash map that is seeded anew in each run, and breaks ties
by these numbers. Named up front as special tokens, in the order that train_wordpiece.ts gives them, they have fixed numbers.

pip install tokenizers==0.23.3; python wordpiece_oracle.py
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


def train(texts: list[str], size: int, min_frequency: int) -> list[str]:
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


cases = []
for seed, words, size, min_frequency in [(1, 1200, 200, 2), (2, 2400, 5000, 2), (3, 600, 5000, 5)]:
    texts = invented(seed, words)
    cases.append({"texts": texts, "size": size, "minFrequency": min_frequency, "pieces": train(texts, size, min_frequency)})
path = pathlib.Path(__file__).with_suffix(".json")
fixture = {"tokenizers": tokenizers.__version__, "cases": cases}
path.write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n")
print([len(case["pieces"]) for case in cases])
