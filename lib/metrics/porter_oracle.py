"""Writes porter_oracle.json: words, and their stems by NLTK's Porter stemmer (mode NLTK_EXTENSIONS).

    pip install nltk==3.10.4 && python porter_oracle.py && deno fmt porter_oracle.json
"""

import json
from pathlib import Path

from nltk.stem.porter import PorterStemmer

from oracle_texts import AWKWARD, WORDS

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
STRANGE = """
😀s 😀es a😀😀ing 😀ies xx😀y 😀 s' -ing .ed e. 's n't b.d. élèves año's naïvely ing ed eed ies ss y yy 1s 2nd i̇s ﬁlling 𝒜𝒜ed o𝒜𝒜ed
""".split()


def main():
    stemmer = PorterStemmer()
    texts = [text for references, candidate in AWKWARD for text in [*references, candidate]]
    words = {root + end.strip("-") for root in ROOTS for end in ENDINGS} | {*IRREGULAR, *WORDS, *STRANGE}
    words |= {word.lower() for text in texts for word in text.split()}
    stems = "\n".join(f"{word} {stemmer.stem(word)}" for word in sorted(words))
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps({"stems": stems}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
