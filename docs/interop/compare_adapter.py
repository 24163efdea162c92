#!/usr/bin/env python3
"""Compares the logits of Amalgam and of peft on the same model with the same LoRA adapter, in f32.

    python3 docs/interop/compare_adapter.py MODEL_DIRECTORY ADAPTER_DIRECTORY

Needs torch, transformers and peft. The adapter may be one of `amalgam export RUN_DIR --adapter` or of peft. peft computes with
the adapter beside the model, Amalgam with the adapter merged. Prints the largest absolute difference per text, and what the
adapter changes at all; exits 1 when a difference exceeds 2e-4 times the largest logit of the text or 2e-4, whichever is
larger. The variable AMALGAM names another launcher than the one of this repository.
"""
import json
import subprocess
import sys
import tempfile

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from compare_logits import LAUNCHER, TEXTS


def ours(model: str, adapter: str, ids: list) -> list:
    """The logits of Amalgam, one tensor per text."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for row in ids:
            file.write(json.dumps({"ids": row}) + "\n")
        file.flush()
        out = subprocess.run(
            [LAUNCHER, "model", "forward", "--model", model, "--adapter", adapter, "--input", file.name],
            check=True, capture_output=True, text=True).stdout
    return [torch.tensor(json.loads(line)["logits"]) for line in out.splitlines()]


def compare(directory: str, adapter: str) -> int:
    """Prints the comparison; 0 when everything is equal within the tolerance."""
    tokenizer = AutoTokenizer.from_pretrained(directory)
    ids = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in TEXTS]
    base = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32).eval()
    with torch.no_grad():
        plain = [base(torch.tensor([row])).logits[0] for row in ids]
        model = PeftModel.from_pretrained(base, adapter).eval()
        theirs = [model(torch.tensor([row])).logits[0] for row in ids]
    worst = 0
    for text, row, without, peft, mine in zip(TEXTS, ids, plain, theirs, ours(directory, adapter, ids), strict=True):
        difference = (mine - peft).abs().max().item()
        largest = peft.abs().max().item()
        agree = (mine.argmax(-1) == peft.argmax(-1)).float().mean().item()
        print(f"{len(row):4d} tokens  max |difference| {difference:.2e}  largest logit {largest:.1f}  "
              f"same top token {100 * agree:.0f} %  the adapter changes {(peft - without).abs().max().item():.2e}  "
              f"{text[:30]!r}")
        worst = max(worst, difference / max(1.0, largest))
    print("equal within 2e-4" if worst <= 2e-4 else f"NOT equal: {worst:.2e} of the largest logit")
    return 0 if worst <= 2e-4 else 1


if __name__ == "__main__":
    sys.exit(compare(sys.argv[1], sys.argv[2]))
