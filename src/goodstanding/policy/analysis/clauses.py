"""One clause at a time: can it be met, is it always met, what of its end, who can cure it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.logic.reading import Example, Impossible, NotKnown, refusals
from goodstanding.clause.model import Verdict
from goodstanding.clause.prose.reading import say_condition
from goodstanding.clause.tree import Connective, Logical
from goodstanding.policy.analysis.cures import Cures
from goodstanding.policy.analysis.model import ClauseAnalysis, Cure, Kind, Remark, Severity
from goodstanding.policy.analysis.scene import conditions_of, readable
from goodstanding.policy.model import Clause, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.clause.logic.reading import Answer
    from goodstanding.clause.tree import Condition
    from goodstanding.policy.analysis.scene import PolicyScene
    from goodstanding.policy.model import Policy

_CURED = frozenset({ClauseKind.RESTRICTION, ClauseKind.COMMERCIAL_ENDING, ClauseKind.ENTRY_REQUIREMENT})


class OneClause:
    """The analysis of one clause of a policy."""

    def __init__(self, clause: Clause, policy: Policy, scene: PolicyScene) -> None:
        """Take the clause."""
        self.clause = clause
        self.policy = policy
        self.scene = scene
        self.remarks: list[Remark] = []

    def analysed(self) -> ClauseAnalysis:
        """What is found; `remarks` grows on the way."""
        if not readable(self.clause):
            self._not_read()
            return self._result(can_be_met=None, cure=Cure.DONT_KNOW)
        condition = self.clause.condition
        assert condition is not None, self.clause.id  # it would not be readable
        met = self._possible(condition, Verdict.MET)
        if isinstance(met, Impossible):
            self._never(condition)
            return self._result(can_be_met=False, cure=Cure.NOTHING_TO_CURE)
        if isinstance(met, NotKnown):
            self._dont_know("whether it can be met")
        always = self._always(condition)
        self._end(condition)
        restricts = self.clause.kind in _CURED and not self.clause.hold_only
        cure = self._cure() if restricts and not always else Cure.NOTHING_TO_CURE
        return self._result(can_be_met=isinstance(met, Example) or None, cure=cure)

    def _result(self, *, can_be_met: bool | None, cure: Cure) -> ClauseAnalysis:
        return ClauseAnalysis(clause=self.clause.id, place=self.clause.place, can_be_met=can_be_met, cure=cure)

    def _possible(self, condition: Condition, verdict: Verdict, *also: tuple[Condition, Verdict]) -> Answer:
        """Whether conditions can have certain verdicts together."""
        wanted, pairs = [self.scene.listed(self.clause)], [(condition, verdict), *also]
        for one, its in pairs:
            formulas = self.scene.scene.formulas(one)
            wanted.append((formulas.met if its is Verdict.MET else formulas.not_met, (formulas,)))
        return self.scene.ask(
            self.policy, wanted, lambda example: all(self.scene.verdict(one, example) is its for one, its in pairs)
        )

    def _never(self, condition: Condition) -> None:
        """The clause can't be met: which part is to blame, or which parts contradict each other."""
        word = "fulfilled" if self.clause.kind is ClauseKind.ENTRY_REQUIREMENT else "met"
        blamed = self._to_blame(condition)
        said = [say_condition(part, self.scene.vocabulary) for part in blamed]
        if len(said) > 1:
            message = f"it can't be {word}: {' and '.join(f'“{one}”' for one in said)} contradict each other"
            self._fault(Kind.CONTRADICTORY, message, "ask for facts that can hold together")
        else:
            self._fault(
                Kind.UNREACHABLE, f"it can't be {word}: “{said[0]}” never holds", "mend that part, or remove it"
            )

    def _to_blame(self, condition: Condition) -> Sequence[Condition]:
        """The fewest operands of the outermost `&&` that can't hold together, each needed."""
        tree = condition.tree
        if not isinstance(tree, Logical) or tree.connective is not Connective.AND:
            return [condition]
        kept = [
            msgspec.structs.replace(condition, tree=part, source=f"{condition.source} #{at}")
            for at, part in enumerate(tree.operands)
        ]
        for part in tuple(kept):
            fewer = [one for one in kept if one is not part]
            if fewer and isinstance(
                self._possible(fewer[0], Verdict.MET, *((one, Verdict.MET) for one in fewer[1:])), Impossible
            ):
                kept = fewer
        return kept

    def _always(self, condition: Condition) -> bool:
        """Whether it is met whatever is known."""
        if not isinstance(self._possible(condition, Verdict.NOT_MET), Impossible):
            return False
        what = "asks for nothing: it is fulfilled" if self.clause.kind is ClauseKind.ENTRY_REQUIREMENT else "is met"
        self._fault(
            Kind.ALWAYS_MET,
            f"it {what} whenever its facts are known, whatever they are",
            "ask for a fact that can be otherwise",
        )
        return True

    def _end(self, condition: Condition) -> None:
        """What ends the clause, beside what meets it."""
        ends = self.clause.ends
        if ends is None:
            return
        if isinstance(self._possible(ends, Verdict.MET), Impossible):
            self._fault(Kind.NEVER_ENDS, "what ends it can never come true", "mend `ends`")
            return
        both = self._possible(condition, Verdict.MET, (ends, Verdict.MET))
        if isinstance(self._possible(condition, Verdict.MET, (ends, Verdict.NOT_MET)), Impossible):
            self._fault(Kind.ENDS_AT_ONCE, "what ends it is true whenever it is met", "mend `ends`, or the condition")
        elif isinstance(both, Example):
            case = self.scene.case(both, [self.clause], ends)
            message = "it can be met although what ends it is already true"
            hint = "exclude in the condition what ends it"
            self._note(Kind.ENDED_BUT_MET, message, example=case, hint=hint)

    def _cure(self) -> Cure:
        """In whose hands the cure is."""
        cure, example = Cures(self.clause, self.policy, self.scene).found()
        if example is None:
            if cure is Cure.DONT_KNOW:
                self._dont_know("who can end it by changing facts")
            return cure
        case = self.scene.case(example, [self.clause])
        message = "in some cases nobody can end it by changing a fact"
        review = self.clause.review_after
        if review is None and self.clause.kind is not ClauseKind.ENTRY_REQUIREMENT:
            hint = "let it end by a fact that somebody can change, or add `review_after`"
            self._fault(Kind.INCURABLE, f"{message}, and nobody looks at it again", hint, example=case)
        else:
            again = f"; it is looked at again after {review.days} days" if review else ""
            self._note(Kind.INCURABLE, f"{message}{again}", example=case)
        return cure

    def _not_read(self) -> None:
        """Why the clause is left out, where it has something that can't be read."""
        for condition in conditions_of(self.clause):
            for problem in refusals(condition)[:1]:
                self._note(Kind.NOT_READ, f"left out: {problem.message}", hint=problem.hint)

    def _dont_know(self, what: str) -> None:
        self._note(Kind.DONT_KNOW, f"it is not known {what}: the question is too hard")

    def _fault(self, kind: Kind, message: str, hint: str, **more: object) -> None:
        self._add(kind, Severity.FAULT, message, hint=hint, **more)

    def _note(self, kind: Kind, message: str, **more: object) -> None:
        self._add(kind, Severity.NOTE, message, **more)

    def _add(self, kind: Kind, severity: Severity, message: str, **more: object) -> None:
        self.remarks.append(remark(self.clause, kind, severity, message, **more))


def remark(clause: Clause, kind: Kind, severity: Severity, message: str, **more: object) -> Remark:
    """A remark at its clause."""
    values = {"kind": kind, "severity": severity, "clause": clause.id, "place": clause.place, "message": message}
    return Remark(**values, **more)  # type: ignore[arg-type]  # the names are those of the record
