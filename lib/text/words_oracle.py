"""Writes words_oracle.json: where the Rust `tokenizers` (pip install tokenizers) puts the borders of BERT's words.
Offsets are turned from code points into UTF-16 code units. Run in this folder: python words_oracle.py"""
import json
from tokenizers import Tokenizer, __version__
from tokenizers.models import WordLevel
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

TEXTS = [
    "BP 120/80, SpO2 97% on air (resting).",
    "Dr. O'Neill: patient's e-mail is a.b@example.org; isn't it?",
    "___ was seen on ___ at ___.",
    "Temp 38.5\u00b0C, 5\u00b5g \u2265 3\u00d7/day \u2014 \u201cfine\u201d \u2026 caf\u00e9 \u00bd tab\u2122",
    "tabs\tand\r\nbreaks\n\nhere  twice",
    "no\u00a0break\u2003em\u3000wide\u200bzero\u00adsoft\ufeffbom",
    "line\u2028sep\u2029par",
    "bell\u0007in word \u0001 alone \ufffd and\ufffdin",
    "form\ffeed vertical\u000btab \f",
    "\u60a3\u8005\u306f\u767a\u71b1 BP\u9ad8 \u3400\U00020000x\U0002ceb0y\uf900",
    "smile \U0001F642ok\U0001F642 \U0001D504x",
    "na\u00efve nai\u0308ve \u0301alone",
    "a\u2260b $5+3=8 ^caret `tick` ~til| <x>",
    "\u00bfQu\u00e9? \u00abs\u00ed\u00bb \u00a7 4 \u00b6 \u00b7dot\u2022 \u00a9",
    "\u0441\u0435\u0440\u0434\u0446\u0435 \u03ba\u03b1\u03c1\u03b4\u03af\u03b1; \u0642\u0644\u0628\u060c",
    "",
    " \n ",
]

tokenizer = Tokenizer(WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
tokenizer.normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False)
tokenizer.pre_tokenizer = BertPreTokenizer()


def units(text, point):
    return len(text[:point].encode("utf-16-le")) // 2


cases = [
    {"text": text, "words": [[units(text, a), units(text, b)] for a, b in tokenizer.encode(text).offsets]}
    for text in TEXTS
]
with open("words_oracle.json", "w") as file:
    json.dump({"tokenizers": __version__, "cases": cases}, file, ensure_ascii=True, indent=1)
    file.write("\n")
