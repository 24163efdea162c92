#!/usr/bin/env python3
"""Compares the logits of Amalgam and of transformers on the same Hugging Face directory, in f32.

    python3 docs/interop/compare_logits.py MODEL_DIRECTORY

Needs torch and transformers. Prints the largest absolute difference per text; exits 1 when one exceeds 2e-4 times the
largest logit of the text or 2e-4, whichever is larger. The variable AMALGAM names another launcher than the one of this
repository.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

LAUNCHER = os.environ.get("AMALGAM", str(pathlib.Path(__file__).resolve().parents[2] / "amalgam"))
TEXTS = [
    "A river does not hurry, and yet it arrives. Count the bridges between the spring and the sea: 12 + 30 = 42.",
    "def fold(xs):\n    return sum(x * x for x in xs)  # 数えて 🙂",
    "<|im_start|>user\nHow many legs have two spiders and a cat?<|im_end|>\n<|im_start|>assistant\n",
]


def main() -> int:
    directory = sys.argv[1]
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32).eval()
    ids = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in TEXTS]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for row in ids:
            file.write(json.dumps({"ids": row}) + "\n")
        file.flush()
        out = subprocess.run(
            [LAUNCHER, "model", "forward", "--model", directory, "--input", file.name],
            check=True, capture_output=True, text=True).stdout
    ours = [torch.tensor(json.loads(line)["logits"]) for line in out.splitlines()]
    worst = 0
    for text, row, mine in zip(TEXTS, ids, ours, strict=True):
        with torch.no_grad():
            theirs = model(torch.tensor([row])).logits[0]
        difference = (mine - theirs).abs().max().item()
        largest = theirs.abs().max().item()
        agree = (mine.argmax(-1) == theirs.argmax(-1)).float().mean().item()
        print(f"{len(row):4d} tokens  max |difference| {difference:.2e}  largest logit {largest:.1f}  "
              f"same top token {100 * agree:.0f} %  {text[:30]!r}")
        worst = max(worst, difference / max(1.0, largest))
    print("equal within 2e-4" if worst <= 2e-4 else f"NOT equal: {worst:.2e} of the largest logit")
    return 0 if worst <= 2e-4 else 1


if __name__ == "__main__":
    sys.exit(main())
