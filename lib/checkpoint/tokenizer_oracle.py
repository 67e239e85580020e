"""Writes tokenizer_oracle.json: what Python's tokenizers make of a few texts, with a small tokenizer and with all-MiniLM-L6-v2.

pip install tokenizers==0.23.3; python tokenizer_oracle.py FOLDER_OF_MODELS
"""

import json
import pathlib
import sys

import tokenizers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, decoders

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]"]
PIECES = """the patient was seen with a history of ##s ##ed ##ing disease men ##iere fev ##er cough no yes mg 10 20 ##0 1 5 . , ' " -
( ) [ ] / : % ; ? ! ° µ ß ñandu strass ##e cafe naive o ' connor 東 京 ##x x é ##é α σ ς ##σ ##ς i ##i ##1 mask""".split()
TEXTS = [
    "The patient was seen, with a history of Ménière's disease.",
    "FEVER\n\nNo cough;\tyes/no?\r\n10 mg (20%) [5:1] - \"seen\"!",
    "café CAFÉ cafe\u0301 naïve ñandú Straße µ 37.5°",
    "a [MASK] b [SEP][PAD][UNK] c [mask] [CLS]the[MASK].",
    "東京 was seen 東x京",
    "O'Connor\u2019s \u201cseen\u201d \u2014 no\u2026 x\u00a0x x\u2003x x\u3000x",
    "x\u0000x x\ufffdx x\u200bx x\u00adx x\u200dx \ufeffno",
    "x" * 101 + " " + "x" * 100 + " \U0001f600 \U0001f468\u200d\u2695\ufe0f no",
    "İi \u0130 I\u0307 Dž Ωmega ﬁbre",
    "",
    " \n ",
    "[unused1] 1.5mg/10 x\u0301\u0323 \u0301x x\u000bx x\u0085x x\u2028x",
    "²³ ½ ™ € $5 a_b a+b <no> ~ ^ ` = |",
]


def small() -> Tokenizer:
    pieces = list(dict.fromkeys(SPECIAL + PIECES + list("bcdefghjklmnopqrtuvwyz") + ["##" + c for c in "abcdfghjklmnopqrtuvwyz"]))
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.add_special_tokens(SPECIAL[:5])
    return tokenizer


def ids(tokenizer: Tokenizer) -> list[list[int]]:
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]


tokenizer = small()
fixture = {
    "tokenizers": tokenizers.__version__,
    "texts": TEXTS,
    "small": {"tokenizer": json.loads(tokenizer.to_str()), "ids": ids(tokenizer)},
    "all-MiniLM-L6-v2": ids(Tokenizer.from_file(f"{sys.argv[1]}/all-MiniLM-L6-v2/tokenizer.json")),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(fixture) + "\n")
