"""What reading three clauses on twelve facts costs: compiled conditions, hand-written Python and other rule languages.

The claim: with the facts in a dictionary at each call, the plain compiled verdict costs at most `LIMITS["plain"]` times
hand-written Python that knows two values only; three of them together are `LIMITS["peer"]` times as fast as the fastest
peer, and the explained verdict costs no more than that peer. Every contender gives the same answers, or the run stops.
Peers are timed with the three clauses one by one and, where they can give a list, in one expression; the better form
counts. Prepared contexts, which spare the peer the dictionary, are printed beside and don't count. Peers that are not
installed are named; `requirements/peers.txt` has them all. No engine of Rego is among them: no wheel of `regorus` could
be had to measure, and `regopy` crashes in a process that has loaded the others.

Run `python benchmarks/clause.py`; it ends with 1 when a limit is passed. `--markdown` prints the table of the guide.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from goodstanding.clause.compiled.reading import compile_condition, compile_together
from goodstanding.clause.model import Cell, Known, Unknown, Verdict, Why
from goodstanding.clause.parse import Conditions
from goodstanding.clause.values import EntityRef
from goodstanding.clause.verdict import read_verdict
from goodstanding.clause.vocabulary_document import read_vocabulary

LIMITS = {"plain": 3.0, "peer": 5.0, "explained": 1.0}
ROUNDS, BATCH_NS = 101, 400_000
HAND, PLAIN, TOGETHER = "hand-written Python, two-valued", "goodstanding, plain", "goodstanding, plain, together"
EXPLAINED = "goodstanding, explained"
NOW = datetime(2031, 5, 1, tzinfo=UTC)

CLAUSES = (
    'balance > 0 && days_overdue >= 30 && !on_payment_plan && country in ["DE", "FR", "IT", "ES"]',
    "(!identity_verified || age_in_days < 14) && spend > 500.0 && !is_news_medium",
    "strikes >= 3 || (share_disapproved > 0.2 && ads >= 20) || order_in_force",
)
FACTS = {
    "balance": (250, 0, 90, 12),
    "days_overdue": (45, 0, 31, 4),
    "on_payment_plan": (False, False, False, True),
    "country": ("DE", "DE", "SE", "IT"),
    "identity_verified": (True, False, True, True),
    "age_in_days": (400, 3, 90, 2),
    "spend": (812.5, 900.0, 20.0, 501.5),
    "is_news_medium": (False, False, True, False),
    "strikes": (1, 0, 3, 0),
    "share_disapproved": (0.05, 0.5, 0.0, 0.25),
    "ads": (12, 30, 400, 8),
    "order_in_force": (False, False, False, True),
}
"""Each fact of four accounts; the answers differ from account to account."""

UNKNOWN = ("country", "spend", "ads")
"""A quarter of the facts, for the lines that leave them out."""

Facts = Mapping[str, Any]
Answers = tuple[Any, ...]


class Contender(NamedTuple):
    """One way to read the clauses: facts made ready outside the timing, then answers from a dictionary."""

    name: str
    ready: Callable[[Facts], Any]
    read: Callable[[Any], Answers]


def accounts() -> list[Facts]:
    """The four accounts."""
    return [{name: values[number] for name, values in FACTS.items()} for number in range(4)]


# ---------------------------------------------------------------------------------------------------- ours and by hand


def keyed(facts: Facts) -> Facts:
    """Facts as compiled conditions take them."""
    return {f"account.{name}": value for name, value in facts.items()}


def with_unknown(facts: Facts) -> Facts:
    """The same with a quarter of them left out."""
    return {f"account.{name}": value for name, value in facts.items() if name not in UNKNOWN}


def by_hand(f: Facts) -> Answers:
    """What a programmer writes who needs neither unknown facts nor types nor reasons."""
    return (
        f["account.balance"] > 0
        and f["account.days_overdue"] >= 30  # noqa: PLR2004  a clause is its numbers
        and not f["account.on_payment_plan"]
        and f["account.country"] in {"DE", "FR", "IT", "ES"},
        (not f["account.identity_verified"] or f["account.age_in_days"] < 14)  # noqa: PLR2004  a clause is its numbers
        and f["account.spend"] > 500.0  # noqa: PLR2004  a clause is its numbers
        and not f["account.is_news_medium"],
        f["account.strikes"] >= 3  # noqa: PLR2004  a clause is its numbers
        or (f["account.share_disapproved"] > 0.2 and f["account.ads"] >= 20)  # noqa: PLR2004  a clause is its numbers
        or f["account.order_in_force"],
    )


class InDictionary:
    """Facts for the tree."""

    def __init__(self, known: Facts) -> None:
        """Facts by name."""
        self.known = known

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        return Known(self.known[cell.fact]) if cell.fact in self.known else Unknown(Why.NO_EVIDENCE)


def ours() -> Iterator[Contender]:
    """Hand-written Python, the compiled forms, the tree."""
    words = {bool: "bool", int: "int", float: "double", str: "string"}
    lines = [
        f"{name}: {{type: {words[type(values[0])]}, label: the {name}, accepts: [finding], changed_by: platform"
        + (", holds: is so, holds_not: is not so}" if type(values[0]) is bool else "}")
        for name, values in FACTS.items()
    ]
    head = "id: words\nversion: 1\nlanguage: en\ncapabilities: {advertise: promote posts}\ntopics: {}\naudiences: {}\n"
    kinds = ["  account:", "    label: the account", "    facts:", *("      " + line for line in lines)]
    for kind in ("owner", "ad"):
        kinds += [f"  {kind}:", f"    label: the {kind}", "    facts: {}"]
    conditions = Conditions(read_vocabulary(head + "entities:\n" + "\n".join(kinds) + "\n", file="words.yaml"))
    read = [conditions.read(in_accounts(clause), variables={"account": "account"}) for clause in CLAUSES]
    one, two, three = (compile_condition(condition).plain for condition in read)
    why_one, why_two, why_three = (compile_condition(condition).explained for condition in read)

    def plain(facts: Facts) -> Answers:
        return one(facts, NOW), two(facts, NOW), three(facts, NOW)

    def explained(facts: Facts) -> Answers:
        return why_one(facts, NOW), why_two(facts, NOW), why_three(facts, NOW)

    bound = {"account": EntityRef("account", "a")}

    def tree(facts: InDictionary) -> Answers:
        return tuple(read_verdict(condition, bound, facts, now=NOW) for condition in read)

    yield Contender(HAND, keyed, by_hand)
    together = compile_together(read)
    yield Contender(PLAIN, keyed, plain)
    yield Contender(EXPLAINED, keyed, explained)
    yield Contender(TOGETHER, keyed, lambda facts: together(facts, NOW))
    yield Contender("goodstanding, plain, a quarter of the facts unknown", with_unknown, plain)
    yield Contender("goodstanding, explained, a quarter of the facts unknown", with_unknown, explained)
    yield Contender("goodstanding, the tree with all sets of facts", InDictionary, tree)


def in_accounts(clause: str) -> str:
    """A clause with its facts named as facts of the account."""
    for name in sorted(FACTS, key=len, reverse=True):
        clause = clause.replace(name, f"account.{name}")
    return clause


# --------------------------------------------------------------------------------------------------------------- peers


def zen_engine() -> Iterator[Contender]:
    """GoRules: its own expression language."""
    zen = import_module("zen")
    words = [c.replace("&&", "and").replace("||", "or").replace("!", "not ") for c in CLAUSES]
    each = [zen.compile_expression(clause) for clause in words]
    whole = zen.compile_expression(f"[{', '.join(words)}]")
    yield Contender("zen-engine", dict, lambda facts: tuple([clause.evaluate(facts) for clause in each]))
    yield Contender("zen-engine, one list", dict, whole.evaluate)


def common_expression_language() -> Iterator[Contender]:
    """CEL in Rust."""
    cel = import_module("cel")
    each = [cel.compile(clause) for clause in CLAUSES]
    whole = cel.compile(f"[{', '.join(CLAUSES)}]")

    def context(facts: Facts) -> Any:  # noqa: ANN401  the peer's own type
        return cel.Context(variables=dict(facts))

    yield Contender("common-expression-language", dict, lambda facts: tuple([clause.execute(facts) for clause in each]))
    yield Contender("common-expression-language, one list", dict, whole.execute)
    yield Contender("common-expression-language, prepared context", context, whole.execute)


def cel_expr_python() -> Iterator[Contender]:
    """Google's CEL in C++."""
    cel = import_module("cel_expr_python").cel
    types = {bool: cel.Type.BOOL, int: cel.Type.INT, float: cel.Type.DOUBLE, str: cel.Type.STRING}
    environment = cel.NewEnv(variables={name: types[type(values[0])] for name, values in FACTS.items()})
    each = [environment.compile(clause) for clause in CLAUSES]
    whole = environment.compile(f"[{', '.join(CLAUSES)}]")

    def one_by_one(facts: Facts) -> Answers:
        return tuple([clause.eval(data=facts).value() for clause in each])

    def listed(facts: Facts) -> Answers:
        return tuple([answer.value() for answer in whole.eval(data=facts).value()])

    def activated(activation: Any) -> Answers:  # noqa: ANN401  the peer's own type
        return tuple([answer.value() for answer in whole.eval(activation).value()])

    yield Contender("cel-expr-python", dict, one_by_one)
    yield Contender("cel-expr-python, one list", dict, listed)
    yield Contender(
        "cel-expr-python, prepared activation", lambda facts: environment.Activation(dict(facts)), activated
    )


def cel_python() -> Iterator[Contender]:
    """CEL in Python."""
    cel = import_module("celpy")
    environment = cel.Environment(runner_class=cel.CompiledRunner)
    whole = environment.program(environment.compile(f"[{', '.join(CLAUSES)}]"))

    def read(facts: Facts) -> Answers:
        return tuple(map(bool, whole.evaluate({name: cel.json_to_cel(value) for name, value in facts.items()})))

    yield Contender("cel-python, one list", dict, read)


def cedarpy() -> Iterator[Contender]:
    """Cedar: three policies and one request, whose reasons say which were met; in whole numbers."""
    cedar = import_module("cedarpy")
    bodies = []
    for clause in CLAUSES:
        body = clause.replace('country in ["DE", "FR", "IT", "ES"]', '["DE", "FR", "IT", "ES"].contains(country)')
        for name in sorted(FACTS, key=len, reverse=True):
            body = body.replace(name, f"context.{name}")
        bodies.append(body.replace("500.0", "50000").replace("0.2", "200"))
    policies = cedar.PolicySet.from_str("".join(f"permit(principal, action, resource) when {{{b}}};\n" for b in bodies))
    entities = cedar.Entities.from_json_str("[]")
    request = {"principal": 'User::"u"', "action": 'Action::"a"', "resource": 'Account::"a"'}

    def whole_numbers(facts: Facts) -> Facts:
        return {
            **facts,
            "spend": round(facts["spend"] * 100),
            "share_disapproved": round(facts["share_disapproved"] * 1000),
        }

    def read(facts: Facts) -> Answers:
        reasons = cedar.is_authorized({**request, "context": facts}, policies, entities).diagnostics.reasons
        return "policy0" in reasons, "policy1" in reasons, "policy2" in reasons

    yield Contender("cedarpy", whole_numbers, read)


PEERS = {
    "zen-engine": zen_engine,
    "common-expression-language": common_expression_language,
    "cel-expr-python": cel_expr_python,
    "cedarpy": cedarpy,
    "cel-python": cel_python,
}


# -------------------------------------------------------------------------------------------------------------- timing


def batch(contender: Contender, facts: list[Any], times: int) -> float:
    """Microseconds a reading, over all accounts in turn."""
    read, rounds = contender.read, range(times)
    start = perf_counter_ns()
    for _ in rounds:
        for one in facts:
            read(one)
    return (perf_counter_ns() - start) / times / len(facts) / 1000


def microseconds(contenders: list[Contender]) -> dict[str, float]:
    """The median of each over rounds in which every one has its turn, in batches shorter than a slice of the system."""
    prepared = {c.name: [c.ready(facts) for facts in accounts()] for c in contenders}
    times = {c.name: 1 for c in contenders}
    for contender in contenders:
        cost = min(batch(contender, prepared[contender.name], 3) for _ in range(5))
        times[contender.name] = max(1, int(BATCH_NS / 1000 / cost / len(prepared[contender.name])))
    found: dict[str, list[float]] = {c.name: [] for c in contenders}
    for _ in range(ROUNDS):
        for contender in contenders:
            found[contender.name].append(batch(contender, prepared[contender.name], times[contender.name]))
    return {name: median(values) for name, values in found.items()}


def answers(contender: Contender, facts: Facts) -> list[bool]:
    """What a contender says of an account, as booleans."""
    said = contender.read(contender.ready(facts))
    verdicts = {Verdict.MET: True, Verdict.NOT_MET: False}
    return [verdicts.get(getattr(a, "verdict", None), getattr(a, "value", a)) for a in said]


def hold_the_same_answers(contenders: list[Contender]) -> None:
    """Stop when a contender that sees every fact disagrees with hand-written Python."""
    for facts in accounts():
        expected = [bool(value) for value in by_hand(keyed(facts))]
        for contender in contenders:
            if "unknown" not in contender.name and (said := answers(contender, facts)) != expected:
                sys.exit(f"{contender.name} says {said} of {dict(facts)}, and hand-written Python {expected}")


def entrants() -> tuple[list[Contender], list[str], list[str]]:
    """Ours, the peers that are installed with their versions, and the names of those that are not."""
    found, named, absent = list(ours()), [], []
    for name, peer in PEERS.items():
        try:
            found += list(peer())
        except ModuleNotFoundError:
            absent.append(name)
        else:
            named.append(f"{name} {version(name)}")
    return found, named, absent


def main() -> int:
    """Print the table and the ratios; 1 when a limit is passed."""
    contenders, named, absent = entrants()
    hold_the_same_answers(contenders)
    cost = microseconds(contenders)
    table(cost, markdown="--markdown" in sys.argv)
    print(f"\n{', '.join(named)}; not installed: {', '.join(absent) or 'none'}")
    hand, plain, together, explained = (cost[name] for name in (HAND, PLAIN, TOGETHER, EXPLAINED))
    peers = {name: value for name, value in cost.items() if name.startswith(tuple(PEERS)) and "prepared" not in name}
    fastest = min(peers, key=lambda name: peers[name])
    single = min((name for name in peers if "one list" not in name), key=lambda name: peers[name])
    ratios = {"plain": plain / hand, "peer": peers[fastest] / together, "explained": explained / peers[fastest]}
    print(f"plain: {ratios['plain']:.2f} × hand-written (limit {LIMITS['plain']:.0f})")
    print(f"plain, together: {ratios['peer']:.1f} times as fast as {fastest} (limit {LIMITS['peer']:.0f})")
    print(f"plain, one by one: {peers[single] / plain:.1f} times as fast as {single}, one by one")
    print(f"explained: {ratios['explained']:.2f} × {fastest} (limit {LIMITS['explained']:.0f})")
    kept = ratios["plain"] <= LIMITS["plain"] and ratios["explained"] <= LIMITS["explained"]
    return int(not kept or ratios["peer"] < LIMITS["peer"])


def table(cost: Mapping[str, float], *, markdown: bool) -> None:
    """A line a contender, with its multiple of hand-written Python."""
    form = "| {:<55} | {:>8} | {:>12} |" if markdown else "{:<55} {:>8} {:>12}"
    print(form.format("three clauses, twelve facts from a dictionary", "µs", "hand-written"))
    if markdown:
        print("|---|---:|---:|")
    for name, value in cost.items():
        print(form.format(name, f"{value:.2f}", f"{value / cost[HAND]:.1f} ×"))


if __name__ == "__main__":
    sys.exit(main())
