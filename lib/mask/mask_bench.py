"""Masks letters with NLTK, as Synthetic4Health's authors do: a line of JSON for each line on stdin.

In: {"strategy", "ratio", "letters": [{"text", "spans": [[start, end], ...]}, ...]}. Out: {"ms", "masked", "words"}.
Written after the description of their code in the paper: sentences by sent_tokenize, tokens by word_tokenize, for classes of words
pos_tag and the stopword list; protected are tokens within a gold span, section titles, what is not letters only or all in capitals, and
matches of a mark before a digit; of the rest floor(n * ratio) by random.sample. Where NLTK's own weights of the tagger are not
installed, those of textblob-aptagger, which it was made from, stand in: the work is the same.
"""

import importlib.util
import json
import os
import pickle
import random
import re
import sys
import time

import nltk
from nltk.corpus import stopwords
from nltk.tag.perceptron import PerceptronTagger
from nltk.tokenize import sent_tokenize, word_tokenize

SMALL = set("a the of in on at or by for with about as an to".split())
STOP = set(stopwords.words("english"))
MARK = re.compile(r"\w\s*[^\w\s]\s*\d")
CLASSES = {"nouns": "NN", "verbs": "VB", "adjectives": "JJ", "adverbs": "RB"}


def load_tagger():
    try:
        nltk.data.find("taggers/averaged_perceptron_tagger_eng")
        return PerceptronTagger()
    except LookupError:
        pass
    folder = os.path.dirname(importlib.util.find_spec("textblob_aptagger").origin)
    with open(os.path.join(folder, "trontagger-0.1.0.pickle"), "rb") as file:
        weights, tagdict, classes = pickle.load(file, encoding="latin1")
    tagger = PerceptronTagger(load=False)
    tagger.model.weights, tagger.tagdict = weights, tagdict
    tagger.model.classes = tagger.classes = set(classes)
    return tagger


TAGGER = load_tagger()


def located(text, tokens, at):
    """Where each token stands; NLTK rewrites quotes, which then are not found and stay where the last token ended."""
    places = []
    for token in tokens:
        found = text.find(token, at)
        start = found if found >= 0 else at
        places.append((start, start + len(token)))
        at = start + len(token) if found >= 0 else at
    return places, at


def mask(text, spans, strategy, ratio):
    touched = [match.span() for match in MARK.finditer(text)]
    candidates, n, at = [], 0, 0
    for sentence in sent_tokenize(text):
        tokens = word_tokenize(sentence)
        places, at = located(text, tokens, at)
        tags = TAGGER.tag(tokens) if strategy in CLASSES else None
        titles = set()
        for i, token in enumerate(tokens):
            if token == ":" or token.endswith(":"):
                for j in range(i, -1, -1):
                    if tokens[j][:1].islower() and tokens[j] not in SMALL:
                        break
                    titles.add(j)
        for i, (token, (start, end)) in enumerate(zip(tokens, places)):
            n += 1
            if i in titles or not token.isalpha() or token.isupper():
                continue
            if any(a < end and b > start for a, b in spans) or any(a < end and b > start for a, b in touched):
                continue
            if strategy == "stopwords" and token.lower() not in STOP:
                continue
            if tags is not None and not tags[i][1].startswith(CLASSES[strategy]):
                continue
            candidates.append((start, end))
    random.seed(42)
    chosen = sorted(random.sample(candidates, int(len(candidates) * ratio)))
    parts, at = [], 0
    for start, end in chosen:
        parts += [text[at:start], "<mask>"]
        at = end
    return "".join([*parts, text[at:]]), len(chosen), n


for line in sys.stdin:
    ask = json.loads(line)
    began = time.perf_counter()
    masked = words = 0
    for letter in ask["letters"]:
        _, chosen, n = mask(letter["text"], letter["spans"], ask["strategy"], ask["ratio"])
        masked += chosen
        words += n
    print(json.dumps({"ms": (time.perf_counter() - began) * 1000, "masked": masked, "words": words}), flush=True)
