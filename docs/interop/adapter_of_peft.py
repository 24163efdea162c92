#!/usr/bin/env python3
"""Has peft train a LoRA adapter for a few steps and save it, and compares what Amalgam makes of it.

    python3 docs/interop/adapter_of_peft.py MODEL_DIRECTORY OUT_DIRECTORY [--rank 8] [--alpha 16] [--targets all-linear] [--rslora]

--targets is "all-linear", a regular expression, or names separated by commas. Needs torch, transformers and peft.
"""
import argparse
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from compare_adapter import compare
from compare_logits import TEXTS


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("out")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--alpha", type=float, default=16)
    parser.add_argument("--targets", default="all-linear")
    parser.add_argument("--rslora", action="store_true")
    args = parser.parse_args()
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    base = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32)
    targets = args.targets.split(",") if "," in args.targets else args.targets
    if isinstance(targets, str) and targets.endswith("_proj"):
        targets = [targets]
    model = get_peft_model(base, LoraConfig(r=args.rank, lora_alpha=args.alpha, target_modules=targets,
                                            use_rslora=args.rslora, task_type="CAUSAL_LM"))
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
    for text in TEXTS:
        ids = torch.tensor([tokenizer(text, add_special_tokens=False)["input_ids"]])
        loss = model(ids, labels=ids).loss
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        print(f"loss {loss.item():.3f}")
    model.save_pretrained(args.out)
    del model, base
    return compare(args.model, args.out)


if __name__ == "__main__":
    sys.exit(main())
