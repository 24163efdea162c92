"""A task of one's own for Amalgam: spell a word backwards. One JSON object per line in, one out."""
import json
import random
import sys

WORDS = ["amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "hazel", "inlet", "jetty"]


def problem(request):
    draw = random.Random(request["seed"] * 1_000_003 + request["index"])
    word = "".join(draw.choice(WORDS) for _ in range(draw.randint(1, 2)))
    return {
        "question": f"Write this word backwards: {word}",
        "answer": word[::-1],
        "metadata": {"word": word},
    }


def score(request):
    answer, wanted = request["answer"], request["problem"]["answer"]
    if answer is None:
        return {"score": 0.0}
    if len(answer) > 1000:
        return {"invalid": "longer than any word"}
    hits = sum(a == b for a, b in zip(answer.strip(), wanted))
    return {"score": hits / max(len(answer.strip()), len(wanted))}


for line in sys.stdin:
    request = json.loads(line)
    reply = problem(request) if request["op"] == "problem" else score(request)
    print(json.dumps(reply), flush=True)
