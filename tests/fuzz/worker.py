"""Reads one hostile input after the other, within a second of processor time each and 200 MB in all.

Arguments: the first seed, the last (exclusive), the step, and a file that holds the seed now being read, so that
whoever started this knows which input ended it. The clock that ends it counts processor time, not the time of day.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from fuzz.hostile import FACTS, POLICIES, Hostile, Kind, hostile, sources
from goodstanding.clause.parse import Conditions
from goodstanding.clause.untyped import evaluate
from goodstanding.clause.verdict import read_verdict
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.cli.files import text_of
from goodstanding.errors import ConditionError, InputError, PolicyError, Problem
from goodstanding.policy.document import read_policy
from goodstanding.policy.render import diagnostics
from property.conditions import BINDINGS, CONDITIONS, NOW, VARIABLES, FactsIn, random_facts, seeded

SECONDS = 1.0
MEMORY = 200 * 1024 * 1024

_WORDS = read_vocabulary((POLICIES / "vocabulary.yaml").read_text(encoding="utf-8"), file="vocabulary.yaml")
_POLICY_CONDITIONS = Conditions(_WORDS)
_FILE = Path(tempfile.mkdtemp()) / "hostile.md"


def attempt(given: Hostile) -> str:
    """Read one input; what became of it."""
    try:
        match given.kind, given.content:
            case Kind.CONDITION, str(text):
                return _condition(text)
            case Kind.POLICY, str(text):
                return _policy(text)
            case Kind.EXPRESSION, str(text):
                return _expression(text)
            case Kind.VOCABULARY, str(text):
                read_vocabulary(text, file="hostile.yaml")
            case Kind.FILE, bytes(written):
                _FILE.write_bytes(written)
                return _policy(text_of(_FILE))
    except (ConditionError, InputError) as error:
        return _refused(error)
    return "read"


def _refused(error: ConditionError | InputError) -> str:
    """A refusal, every problem of which is one line."""
    for problem in error.problems:
        assert problem.message
        assert "\n" not in problem.message + problem.hint, problem
    return "refused"


def _condition(text: str) -> str:
    condition = CONDITIONS.read(text, variables=VARIABLES)
    reading = read_verdict(condition, BINDINGS, FactsIn(random_facts(seeded(text.encode("utf-8", "replace")))), now=NOW)
    return f"read, {reading.verdict}"


def _expression(text: str) -> str:
    """An expression without types answers always, and in JSON."""
    chance = seeded(text.encode("utf-8", "replace"))
    given = evaluate(
        text, {name: chance.choice(FACTS) for name in ("a", "b", "c.d", "c", "g") if chance.random() < 0.8}
    )
    assert "\n" not in (given.error or ""), given
    json.dumps(given.as_json(), allow_nan=False)
    return "error" if given.error else "unknown" if given.value is None else "value"


def _policy(text: str) -> str:
    try:
        read_policy(text, file="hostile.md", vocabulary=_WORDS, conditions=_POLICY_CONDITIONS)
    except PolicyError as error:
        _check_places(error, text)
        raise
    return "read"


def _check_places(error: PolicyError, text: str) -> None:
    assert diagnostics(error.problems, text)
    for problem in error.problems:
        _check_place(problem, text)


def _check_place(problem: Problem, text: str) -> None:
    """A problem stands in the file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert problem.place is not None, problem
    assert problem.place.line <= len(lines), problem
    assert problem.place.column <= len(lines[problem.place.line - 1]) + 1, problem


def run(seeds: range, progress: int) -> Counter[str]:
    """Read every input; `progress` is the descriptor of the file that holds the seed."""
    whole = sources()
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        os.pwrite(progress, f"{seed:12}".encode(), 0)
        given = hostile(seed, whole)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # its signal ends the process, even inside a library
        try:
            outcomes[f"{given.kind} {attempt(given)}"] += 1
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return outcomes


def main() -> None:
    """Read a range of seeds."""
    first, last, step, file = sys.argv[1:]
    CONDITIONS.read("account.flag", variables=VARIABLES)
    _policy((POLICIES / "ads.md").read_text(encoding="utf-8"))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Path(file).open("wb") as progress:
        for outcome, times in sorted(run(range(int(first), int(last), int(step)), progress.fileno()).items()):
            print(f"{times:7} {outcome}")


if __name__ == "__main__":
    try:
        main()
    except Exception:  # noqa: BLE001  whatever it is, it is what this looks for
        traceback.print_exc(limit=-8)
        sys.exit(1)
