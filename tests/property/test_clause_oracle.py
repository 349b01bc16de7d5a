"""The verdict reading against Google's CEL: the same conditions on the same accounts, facts as top-level variables.

CEL knows unknowns only at the top level, so each fact is a variable there; a variable without a value is an error to
it, which absorbs as our unknown does.
"""

from __future__ import annotations

import random

from cel_expr_python import cel

from counts import count
from goodstanding.clause.model import Verdict
from goodstanding.clause.values import ABSENT, Value
from goodstanding.clause.verdict import read_verdict
from unit.clause.reference import random_facts, random_term, source
from unit.clause.world import BINDINGS, NOW, FactsIn, condition

CONDITIONS = 40
TYPES = {
    "account_verified": cel.Type.BOOL,
    "account_blocked": cel.Type.BOOL,
    "account_balance": cel.Type.INT,
    "owner_strikes": cel.Type.INT,
}
KEYS = {"account:a.verified", "account:a.blocked", "account:a.balance", "owner:o.strikes"}


def variables(known: dict[str, Value]) -> dict[str, Value]:
    return {key.partition(":")[0] + "_" + key.rpartition(".")[2]: v for key, v in known.items() if key in KEYS}


def test_every_account_gets_the_verdict_that_google_gives_it() -> None:
    chance = random.Random(20240930)  # noqa: S311  the same accounts in every run
    environment = cel.NewEnv(variables=TYPES)
    met = undecided = 0
    accounts = [random_facts(chance, (), dropped=chance.choice([0.0, 0.3])) for _ in range(count("oracle_accounts"))]
    for known in accounts:
        for key in [key for key, value in known.items() if value is ABSENT]:
            del known[key]
    for _ in range(CONDITIONS):
        term = random_term(chance, 5, quantifiers=False)
        ours = condition(source(term))
        theirs = environment.compile(source(term, "{}_{}".format))
        for known in accounts:
            said = theirs.eval(data=variables(known)).value()
            expected = {True: Verdict.MET, False: Verdict.NOT_MET}.get(said, Verdict.UNDECIDED)
            found = read_verdict(ours, BINDINGS, FactsIn(known), now=NOW).verdict
            assert found is expected, (ours.source, known, said)
            met += found is Verdict.MET
            undecided += found is Verdict.UNDECIDED
    total = CONDITIONS * len(accounts)
    print(f"{total} readings agreed with CEL: {met} met, {undecided} undecided")
    assert met > total // 10
    assert undecided > total // 50
