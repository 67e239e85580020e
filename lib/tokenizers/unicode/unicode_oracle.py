"""Writes unicode_oracle.json: how Hugging Face's tokenizers sort and normalise every character, as digests, and a few texts with offsets.

pip install tokenizers==0.23.3; python unicode_oracle.py
"""

import hashlib
import json
import pathlib
import random

import tokenizers
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

# Characters of Unicode 17, which the library's language knows and JavaScript does not yet.
LATER = {0xA7CE, 0xA7D2, 0xA7D4, *range(0x16EA0, 0x16EB9), *range(0x11DE0, 0x11DEA), *range(0x16FF4, 0x16FF7)}
CODES = [code for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF and code not in LATER]


def digest(parts) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def flags(test) -> str:
    return digest("1" if test(chr(code)) else "0" for code in CODES)


def split_off(pre_tokenizer):
    return lambda character: len(pre_tokenizer.pre_tokenize_str(f"a{character}b")) == 3


clean = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
accents = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
ideographs = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=False)
combining = normalizers.StripAccents()
white = pre_tokenizers.WhitespaceSplit()

kinds = {
    "removed": flags(lambda c: clean.normalize_str(f"a{c}b") == "ab"),
    "white": flags(lambda c: len(white.pre_tokenize_str(f"a{c}b")) == 2),
    "punctuation": flags(split_off(pre_tokenizers.Punctuation())),
    "numeric": flags(split_off(pre_tokenizers.Digits(individual_digits=True))),
    "nonspacing": flags(lambda c: accents.normalize_str(f"a{c}b") == "ab"),
    "combining": flags(lambda c: combining.normalize_str(f"a{c}b") == "ab"),
    "ideograph": flags(lambda c: ideographs.normalize_str(c) == f" {c} "),
}
forms = {name: digest(getattr(normalizers, name)().normalize_str(chr(code)) for code in CODES) for name in ["NFC", "NFD", "NFKC", "NFKD", "Lowercase"]}

POOL = "e a o é ṩ \u0301 \u0323 \u0307 \u0308 ﬁ ắ 가 ᄀ ᅡ ᆨ \u0345 α ᾳ \u0344 Å x ½ Ω क़ གྷ ｶ ﾞ".split() + [" "]
pick = random.Random(1)
aligned = []
for form in ["NFC", "NFD", "NFKC", "NFKD"]:
    tokenizer = Tokenizer(models.WordLevel({"x": 0}, unk_token="x"))
    tokenizer.normalizer = getattr(normalizers, form)()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("(?m:.)"), "isolated")
    for _ in range(60):
        text = "".join(pick.choices(POOL, k=pick.randint(2, 7)))
        aligned.append([form, text, tokenizer.normalizer.normalize_str(text), tokenizer.encode(text).offsets])

fixture = {"tokenizers": tokenizers.__version__, "later": sorted(LATER), "kinds": kinds, "forms": forms, "aligned": aligned}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
