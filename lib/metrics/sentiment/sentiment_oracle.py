"""Writes sentiment_oracle.json: what TextBlob 0.20.1 says of the texts of oracle_texts.py and of texts with feeling.

    pip install textblob==0.20.1 && python sentiment_oracle.py && deno fmt sentiment_oracle.json
"""

import json
import random
import sys
from pathlib import Path

from textblob import TextBlob
from textblob._text import EMOTICONS
from textblob.en import parser, sentiment

sys.path.append(str(Path(__file__).parent.parent))
from oracle_texts import pairs

FEELING = """
The patient was not very happy, but really not in bad shape.|She isn't terribly unwell!!! He is VERY well (!)
What a wonderful, wonderful result! Absolutely not good. Never better?!|No. Not. Never. n't no good
Mr. Smith, Dr. Jones et al. saw her at 5 p.m. e.g. in the U.S. She was "fine". 'Good', he said.|extremely extremely bad
:-) :( good :c) bad :c ) :o) ;-) <3 XD >:( :'( 8-) o_O :/ =D|Hello:) nice:( (great)... ...awful!!!
“Lovely” ‘terrible’ it’s ugly; they'd've loved it, we'll hate it|a.m. b.d. t.i.d. prn. Nice. Rx. mg. ABC. Mr..
good\n\n\nbad\r\n\r\nnot\n\ngood|not a good day|not the at of good|really is a good|quickly good slowly bad
Γοοδ ΟΔΟΣ. 😀 great 😀! ☺ nice 💔|He had pain ( ! ) and ( !) felt (! ) awful|END-OF-SENTENCE good. END-OF-SENTENCE
-- good -- _bad_ *awful* #great @nice $bad & good + bad = ~worse|good,bad;worse:best?worst!|..... good..... bad..
not "good"|"not" good "not" "bad" !|!|(!)|good!|!good|terrible !!!!!!|very|very very very|very good very|not|isn't
""".strip()


def main():
    rng = random.Random(3)
    lexicon = sorted(dict(sentiment)) if len(dict(sentiment)) else sorted(sentiment.keys())
    glue = "not no never n't very really extremely , . ! ? ( ) a the of patients with (!) \" ' :-) :( ; - absolutely hardly".split()
    texts = [text.replace("\\n", "\n").replace("\\r", "\r") for line in FEELING.split("\n") for text in line.split("|")]
    texts += [text for references, candidate in pairs() for text in [references[0], candidate]]
    texts += [" ".join(rng.choice(lexicon if rng.random() < 0.5 else glue) for _ in range(rng.randint(1, 25))) for _ in range(150)]
    texts += ["".join(rng.choice(sorted(e)) + rng.choice([" ", "", ". ", ", "]) for e in EMOTICONS.values()) for _ in range(20)]
    fixture = {
        "texts": texts,
        "words": [" ".join(word.lower() for word in " ".join(parser.find_tokens(text)).split()) for text in texts],
        "polarity": [TextBlob(text).sentiment.polarity for text in texts],
        "subjectivity": [TextBlob(text).sentiment.subjectivity for text in texts],
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
