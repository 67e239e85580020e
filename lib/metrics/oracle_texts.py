"""Texts for the oracles of metrics that compare a candidate with references: plain, edited and awkward ones."""

import random

WORDS = """
the patient was admitted with chest pain and shortness of breath he denied fever chills nausea started on metoprolol 25 mg
daily discharged home in stable condition follow up cardiology weeks echocardiogram showed ejection fraction reduced blood
pressure controlled medications aspirin continued renal function improving no acute distress relational conditions children
improved improvement improves physician doctor illness sick disease happy glad joyful large big huge began begun started
""".split()

AWKWARD = [
    (["The quick brown fox jumps over the lazy dog"], "The quick brown dog jumps on the log."),
    ([""], ""),
    ([""], "one word"),
    (["word"], ""),
    (["word"], "word"),
    (["a b c"], "a b c"),
    (["three words here"], "three other words"),
    (["¿?… — ·"], "..."),
    (["!!! ??? ,,,"], "!!! ,,, ???"),
    (["El médico recetó 5mg; año 2019"], "El medico receto 5 mg año 2019"),
    (["İstanbul K 37\u00a0°C Straße ΟΔΟΣ"], "istanbul k 37 c strasse οδος"),
    (["a b c\nd e f\n\na a a"], "a a\nc b a f\r\ne"),
    (["one two three four\nfive six"], "four three two one\n\n"),
    (["line one\r\nline two\r\n"], "line one\nline two\n"),
    (["running dogs", "the dog runs", "dogs"], "dogs running the dog"),
    (["x y", "y x"], "x z y"),
    (["😀 pain 😀😀 gone 👩‍⚕️"], "😀 no pain 😀 👩‍⚕️"),
    (["cafe\u0301 nai\u0308ve re\u0301sume\u0301"], "café naïve résumé"),
    (["הכאב חלף לגמרי היום", "الألم اختفى اليوم"], "הכאב חלף היום 5 מ\"ג"),
    (["患者は発熱した。血圧は高い。"], "患者は高熱。血圧は高い。"),
    (["tab\tand\u000bvertical\u001fseparator\u0085next\u2003em"], "tab and vertical separator next em"),
    (["BP 120/80, HR 72; SpO2 97%. Dose 2.5mg (b.i.d.), 1-2 weeks; cost $1,000.50!"],
     "BP 120/80 , HR 75; SpO2 97 %. Dose 2.5 mg (b.i.d.) , 1-2 weeks; cost 1,000.50"),
    (["a..5 7,,8 9... ...10 x,,,3 5-6--7 -8 on 3.,4 end."], "a.5 7,8 9.. ..10 x,,3 5 - 6 - 7 -8 on 3,.4 end ."),
    (["non-\nadherent &quot;ok&quot; &amp;lt; <skipped> it's O'Neill's &lt;5"], "nonadherent \"ok\" < it 's O'Neill's <5-\n"),
    (["ends in a year 2019.  "], "ends in a year 2019."),
    (["___ was seen on ___ by Dr. ___"], "___ was met on ___ by Dr. ___"),
]


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


def pairs():
    """Pairs of a list of references and a candidate, always the same."""
    rng = random.Random(42)
    yield from AWKWARD
    for lines in [1, 1, 2, 3, 5, 8, 8, 13, 30]:
        text = note(rng, lines)
        yield [text], edited(rng, text)
    for _ in range(4):
        text = note(rng, 4)
        yield [edited(rng, text) for _ in range(3)], text
