"""Encodes texts with tokenizers as Python opens them, and prints a digest of all ids for each.

python data_oracle.py FILE FOLDER...   FILE is a JSON array of texts; the folders have a tokenizer.json.
"""

import array
import hashlib
import json
import sys

from tokenizers import Tokenizer

texts = json.load(open(sys.argv[1], encoding="utf-8"))
digests = {}
for folder in sys.argv[2:]:
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    digest = hashlib.sha256()
    count = 0
    for text in texts:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        at = [0]
        for character in text:
            at.append(at[-1] + (2 if ord(character) > 0xFFFF else 1))
        count += len(encoding.ids)
        flat = array.array("i", encoding.ids)
        for start, end in encoding.offsets:
            flat.append(at[start])
            flat.append(at[end])
        digest.update(flat.tobytes())
    digests[folder] = {"pieces": count, "sha256": digest.hexdigest()}
try:
    from transformers import AutoTokenizer
except ImportError:
    AutoTokenizer = None
for folder in sys.argv[2:] if AutoTokenizer else []:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    digests[folder]["auto"] = [tokenizer(text)["input_ids"] for text in texts[:3]]
print(json.dumps(digests))
