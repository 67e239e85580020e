"""Writes rouge_oracle.json: texts, and what Python's rouge_score 0.1.2 (with NLTK's Porter stemmer) says of them.

    pip install rouge_score==0.1.2 nltk==3.10.4 && python rouge_oracle.py && deno fmt rouge_oracle.json
"""

import json
import random
from pathlib import Path

from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer

TYPES = ["rouge1", "rouge2", "rougeL", "rougeLsum"]

ROOTS = """
a ab am be by ag agre bl troubl conflat siz hopp tann fall hiss fizz fail fil plaster motor sing happ enjo fl sk sp tr d di
relat condit ration valenc hesit digit conform radic differ vil analog vietnam predic oper feud decis hope callous formal
sensitiv sensibl triplic format electr good reviv allow infer airlin gyroscop adjust defens irrit replac adopt homolog
commun activ angul effect bowdler prob rat ceas control roll geo theo archaeo use full toy syzyg yy yyy oo x9 2019 box
""".split()
ENDINGS = """
- s es ies ss sses ed eed ied ing ings y ly ally ational tional enci anci izer izers ization ation ations ator alism iveness
fulness ousness aliti iviti biliti bli alli entli eli ousli fulli logi icate ative alize iciti ical ful ness al ance ence er
ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e ll lle bled ating izing yed ying
""".split()
IRREGULAR = "sky skies dying lying tying news innings inning outings outing cannings canning howe proceed exceed succeed".split()

WORDS = """
the patient was admitted with chest pain and shortness of breath he denied fever chills nausea started on metoprolol 25 mg
daily discharged home in stable condition follow up cardiology weeks echocardiogram showed ejection fraction reduced blood
pressure controlled medications aspirin continued renal function improving no acute distress relational conditions
""".split()


def note(rng, lines):
    return "\n".join(
        " ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 14))) + rng.choice([".", ",", "", " ;"])
        for _ in range(lines)
    )


def edited(rng, text):
    """The text with some words replaced, dropped and doubled: what a filled letter looks like."""
    lines = []
    for line in text.split("\n"):
        words = []
        for word in line.split(" "):
            change = rng.random()
            words += [] if change < 0.07 else [word, word] if change < 0.1 else [rng.choice(WORDS)] if change < 0.35 else [word]
        lines.append(" ".join(words))
    if rng.random() < 0.3:
        rng.shuffle(lines)
    return "\n".join(lines)


def cases():
    rng = random.Random(42)
    yield ["The quick brown fox jumps over the lazy dog"], "The quick brown dog jumps on the log."
    yield [""], ""
    yield [""], "one word"
    yield ["word"], ""
    yield ["word"], "word"
    yield ["¿?… — ·"], "..."
    yield ["El médico recetó 5mg; año 2019"], "El medico receto 5 mg año 2019"
    yield ["İstanbul K 37\u00a0°C Straße ΟΔΟΣ"], "istanbul k 37 c strasse οδος"
    yield ["a b c\nd e f\n\na a a"], "a a\nc b a f\r\ne"
    yield ["one two three four\nfive six"], "four three two one\n\n"
    yield ["running dogs", "the dog runs", "dogs"], "dogs running the dog"
    yield ["x y", "y x"], "x z y"
    for lines in [1, 1, 2, 3, 5, 8, 8, 13, 40]:
        text = note(rng, lines)
        yield [text], edited(rng, text)
    for _ in range(4):
        text = note(rng, 4)
        yield [edited(rng, text) for _ in range(3)], text


def main():
    scorers = {"no": RougeScorer(TYPES, use_stemmer=False), "yes": RougeScorer(TYPES, use_stemmer=True)}
    stemmer = PorterStemmer()
    words = sorted({root + end.strip("-") for root in ROOTS for end in ENDINGS} | set(IRREGULAR) | set(WORDS))
    fixture = {
        "stems": " ".join(f"{word}:{stemmer.stem(word)}" for word in words),
        "cases": [
            {
                "references": references,
                "candidate": candidate,
                "stem": {
                    stem: {kind: list(score) for kind, score in scorer.score_multi(references, candidate).items()}
                    for stem, scorer in scorers.items()
                },
            }
            for references, candidate in cases()
        ],
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
