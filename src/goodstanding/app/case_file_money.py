"""What billing says about accounts, as a file: a stand-in for the billing port where there is none.

The format, whole::

    kaspersky:                          # an account, by its key or handle
      stops: [{what: a campaign, at: 2024-09-29}]
      charged_until: 2024-09-29
      balance: {amount: USD 120.00, becomes: it is paid back within 14 days}
      credits: {amount: USD 0.00, becomes: there are none}
      invoices: [{number: "2024-08", amount: USD 80.00, becomes: it stays due on 2024-09-30}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.app.case_file_parts import Part, check_name, parse, read_money, refuse
from goodstanding.clause.marked_yaml import MarkedYaml
from goodstanding.kernel.money import Money
from goodstanding.reasons.money import Invoice, MoneyAnswer, Stop, Sum

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import yaml


def read_money_answers(text: str, *, file: str) -> Mapping[str, MoneyAnswer]:
    """Read a file of billing's answers, by account.

    Raises:
        ImportFileError: anything is wrong with it; every problem is listed with its place.
    """
    document = MarkedYaml(file)
    root = parse(document, text)
    answers = money_answers(document, root) if root is not None else {}
    refuse(document)
    return answers


def money_answers(
    document: MarkedYaml, node: yaml.Node, accounts: Collection[str] | None = None
) -> dict[str, MoneyAnswer]:
    """The answers under a node, by account; where `accounts` are given, one of those."""
    entries = document.entries(node, "the list of money answers")
    for name, (key, _) in entries.items():
        if accounts is not None:
            check_name(document, key, name, "key of an account", accounts)
    return {name: _answer(document, name, value) for name, (_, value) in entries.items()}


def _answer(document: MarkedYaml, account: str, node: yaml.Node) -> MoneyAnswer:
    part = Part(
        document,
        node,
        f"the money answer for `{account}`",
        required=("stops", "charged_until", "balance", "credits"),
        optional=("invoices",),
    )
    return MoneyAnswer(
        stops=tuple(_stop(document, item) for item in part.items("stops")),
        charged_until=part.at("charged_until"),
        balance=_sum(part, "balance"),
        credits=_sum(part, "credits"),
        invoices=tuple(_invoice(document, item) for item in part.items("invoices")),
    )


def _stop(document: MarkedYaml, node: yaml.Node) -> Stop:
    part = Part(document, node, "a stop", required=("what", "at"))
    return Stop(what=part.text("what"), at=part.at("at"))


def _sum(answer: Part, key: str) -> Sum:
    if key not in answer.fields:
        return Sum(amount=Money(minor=0, currency="EUR"), becomes="")
    part = Part(answer.document, answer.fields[key], f"`{key}`", required=("amount", "becomes"))
    return Sum(amount=_amount(part), becomes=part.text("becomes"))


def _invoice(document: MarkedYaml, node: yaml.Node) -> Invoice:
    part = Part(document, node, "an invoice", required=("number", "amount", "becomes"))
    return Invoice(number=part.text("number"), amount=_amount(part), becomes=part.text("becomes"))


def _amount(part: Part) -> Money:
    if "amount" not in part.fields:
        return Money(minor=0, currency="EUR")
    return read_money(part.document, part.fields["amount"], "`amount`")
