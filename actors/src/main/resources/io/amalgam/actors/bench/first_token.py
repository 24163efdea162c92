"""Time from the path of a model to its first token with transformers.

    python first_token.py MODEL_DIR FORMAT THREADS

Writes one JSON line: "inside_s" is the time of from_pretrained and of one token after a prompt of eight, without the
import of the libraries.
"""
import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM

PROMPT = 8

directory, dtype, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
formats = {"f32": torch.float32, "bf16": torch.bfloat16}
start = time.perf_counter()
model = AutoModelForCausalLM.from_pretrained(directory, dtype=formats[dtype]).eval()
ids = torch.arange(PROMPT).unsqueeze(0)
with torch.inference_mode():
    model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=True, max_new_tokens=1, pad_token_id=0)
print(json.dumps({"inside_s": time.perf_counter() - start, "dtype": dtype}))
