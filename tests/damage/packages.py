"""Faults in ZIP packages (docx, xlsx, ofd): a part damaged, lost, emptied or in another's place."""

from __future__ import annotations

import io
import random
import warnings
import zipfile

from tests.damage.contents import another_value, damaged_bytes
from tests.damage.trees import damaged_tree

COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def damaged_package(data: bytes, chance: random.Random) -> bytes:
    """Return a sound package with damaged parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as changed:
        parts = {name: package.read(name) for name in package.namelist()}
        # The largest parts are the documents themselves.
        by_size = sorted(parts, key=lambda name: -len(parts[name]))
        unlucky = chance.choice([by_size[0], chance.choice(by_size)])
        fault = chance.random()
        if fault < 0.04:
            del parts[unlucky]
        elif fault < 0.08:
            parts[unlucky] = parts[chance.choice(by_size)]
        elif fault < 0.6:
            parts[unlucky] = damaged_tree(parts[unlucky], chance)
        elif fault < 0.8:
            parts[unlucky] = damaged_bytes(parts[unlucky], chance, [another_value])
        else:
            parts[unlucky] = damaged_bytes(parts[unlucky], chance)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of names that stand twice.
            for name, part in parts.items():
                for _ in range(2 if chance.random() < 0.01 else 1):
                    changed.writestr(name, part, compress_type=chance.choice(COMPRESSIONS))
    return made.getvalue()
