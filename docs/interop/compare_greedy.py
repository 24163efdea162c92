#!/usr/bin/env python3
"""Compares greedy continuations of Amalgam and of transformers for the same Hugging Face directory.

    python3 docs/interop/compare_greedy.py MODEL_DIRECTORY [TOKENS]

Needs torch and transformers. Transformers computes in f32; Amalgam in f32, whose tokens must be equal, and in bf16, whose
tokens are counted up to the first that differs. The end tokens end nothing, 64 tokens are compared unless told otherwise.
Exits 1 when tokens in f32 differ. The variable AMALGAM names another launcher than the one of this repository.
"""
import json
import subprocess
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

from compare_logits import LAUNCHER, TEXTS


def ours(directory: str, ids: list, tokens: int, dtype: str) -> list:
    """The new tokens of Amalgam."""
    out = subprocess.run(
        [LAUNCHER, "model", "generate", "--model", directory, "--ids", ",".join(map(str, ids)), "--greedy",
         "--ignore-eos", "--max-new-tokens", str(tokens), "--dtype", dtype],
        check=True, capture_output=True, text=True)
    return json.loads(out.stdout)["ids"]


def same(a: list, b: list) -> int:
    """How many tokens are equal before the first that differs."""
    return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def main() -> int:
    directory = sys.argv[1]
    tokens = int(sys.argv[2]) if len(sys.argv) > 2 else 64
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32)
    model.eval()
    # none of the penalties that a generation_config.json may ask for, which fill what is left open below
    model.generation_config = GenerationConfig(pad_token_id=0)
    greedy = GenerationConfig(do_sample=False, max_new_tokens=tokens, pad_token_id=0)
    failed = False
    for text in TEXTS:
        ids = tokenizer(text)["input_ids"]
        with torch.no_grad():
            theirs = model.generate(torch.tensor([ids]), generation_config=greedy)[0, len(ids):].tolist()
        equal = same(ours(directory, ids, tokens, "f32"), theirs)
        rounded = same(ours(directory, ids, tokens, "bf16"), theirs)
        failed |= equal < tokens
        print(f"{len(ids):4d} tokens  f32: {equal} of {tokens} equal  bf16: {rounded} of {tokens} before the first other"
              f"  {text[:30]!r}")
    print("NOT EQUAL" if failed else f"{tokens} greedy tokens equal in f32")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
