"""Measures tasks of reasoning_gym: problems generated and answers scored per second, in one thread.

    python bench_tasks.py SECONDS < NAMES

Reads names of tasks from standard input, one per line. Writes JSON lines: first the version that is measured, or
an error if there is none, then one line per task. Each figure is measured for SECONDS of
processor time after a warm-up as long.
"""
import json
import sys
import time

SEED = 42
SIZE = 500
SCORED_PROBLEMS = 8
LEAST_BATCHES = 20
WRONG = "no answer of this task"


def per_second(step, seconds):
    """What step() counts, per second, after a warm-up; at least one step is made."""
    for _phase in ("warm-up", "measured"):
        done = 0
        batch = 1
        start = time.thread_time()
        elapsed = 0.0
        while elapsed < seconds:
            for _ in range(batch):
                done += step()
            elapsed = time.thread_time() - start
            # the clock is read after so many steps that reading it costs next to nothing
            if elapsed < seconds / LEAST_BATCHES:
                batch *= 2
    return done / elapsed


class Generation:
    def __init__(self, dataset):
        self.dataset = dataset
        self.index = 0

    def __call__(self):
        index = self.index % SIZE
        self.index += 1
        try:
            self.dataset[index]
        except Exception:
            return 0
        return 1


class Scoring:
    """Scores three answers to one problem after the other: the reference, a wrong one, an empty one."""

    def __init__(self, dataset):
        self.dataset = dataset
        self.turn = 0
        self.questions = []
        entries = []
        for index in range(SCORED_PROBLEMS):
            try:
                entries.append(dataset[index])
            except Exception:
                pass
        for i, entry in enumerate(entries):
            others = [e["answer"] for e in entries[i + 1:] + entries[:i]]
            wrong = [a for a in others if isinstance(a, str) and a != entry["answer"]]
            right = entry["answer"] if isinstance(entry["answer"], str) else WRONG
            self.questions.append((entry, (right, wrong[0] if wrong else WRONG, "")))

    def __call__(self):
        if not self.questions:
            return 0
        entry, answers = self.questions[self.turn]
        self.turn = (self.turn + 1) % len(self.questions)
        for answer in answers:
            try:
                self.dataset.score_answer(answer, entry)
            except Exception:
                pass
        return len(answers)


def measured(create, name, seconds):
    try:
        dataset = create(name, seed=SEED, size=SIZE)
        return {
            "task": name,
            "problems_per_s": per_second(Generation(dataset), seconds),
            "answers_per_s": per_second(Scoring(dataset), seconds),
        }
    except Exception as e:
        return {"task": name, "error": f"{type(e).__name__}: {e}"}


def main():
    out = sys.stdout
    # what a task prints must not be taken for a figure
    sys.stdout = sys.stderr

    def say(row):
        out.write(json.dumps(row) + "\n")
        out.flush()

    try:
        import reasoning_gym
        from importlib.metadata import version
    except ImportError as e:
        say({"error": str(e)})
        return 1
    say({"version": version("reasoning-gym")})
    for line in sys.stdin:
        if line.strip():
            say(measured(reasoning_gym.create_dataset, line.strip(), float(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
