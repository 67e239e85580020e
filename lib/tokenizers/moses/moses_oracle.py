"""Writes moses_oracle.json: how sacremoses, by which BioGPT's texts were split, takes texts apart and puts them together again.

pip install sacremoses==0.2.0; python moses_oracle.py
"""

import hashlib
import json
import pathlib
import random

from sacremoses import MosesDetokenizer, MosesTokenizer

PARTS = """the patient Dr. No. 5 pp. x No. Art. 3 e.g. U.S. a.b. end. Mr Jones' house isn't O'Connor's 'tis 1990's 5,300 a,b 1,x ,5 ... .. . ,
' " `` '' ` „ “ ” ( ) [ ] { } < > & | non-drug x-ray - -- 3-4 $5 €7 £ ¿ ¡ ? ! : ; % / \\ 10% DOTMULTI DOTDOTMULTI @-@ &amp; é ñandú 東京 한국 ｱ ａ १२ ⅷ ½
ﬁ \u0301 \u200b \u00ad \u0000 \u001f \u0085 \u00a0 \t ___ http://a.b/c?d=e x@y.org #tag \U0001f600 क़ \u25cc s S lower Upper""".split(" ")
pick = random.Random(3)
texts = [" ".join(pick.choices(PARTS, k=pick.randint(1, 9))) for _ in range(120)]
texts += ["".join(pick.choices(PARTS + [" "] * 40, k=pick.randint(1, 14))) for _ in range(160)]

tokenizer, detokenizer = MosesTokenizer(lang="en"), MosesDetokenizer(lang="en")
cases = []
for text in texts:
    words = tokenizer.tokenize(text, aggressive_dash_splits=True, return_str=False, escape=True)
    cases.append([text, words, detokenizer.detokenize(words)])

# Characters one by one: between letters, whether a word that begins so keeps the full stop before it, and beside marks. All up to U+3000, and
# of the others every 101st, because a million take minutes.
codes = [code for code in [*range(0x3000), *range(0x3000, 0x110000, 101)] if not 0xD800 <= code <= 0xDFFF]
every = hashlib.sha256()
for code in codes:
    for text in [f"a{chr(code)}b", f"xx. {chr(code)}", f"{chr(code)}'{chr(code)},{chr(code)}"]:
        every.update(("\n".join(tokenizer.tokenize(text, aggressive_dash_splits=True, escape=True)) + "\t").encode())
together = hashlib.sha256()
for code in codes:
    together.update((detokenizer.detokenize(["x", chr(code), f"'{chr(code)}", "y"]) + "\t").encode())

fixture = {"cases": cases, "every": every.hexdigest(), "together": together.hexdigest()}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
