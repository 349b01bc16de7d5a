from __future__ import annotations

import pytest

from unit.cli.shell import APPEAL, Shell

GROUNDS = ("--relies-on", "clause:misrepresentation")


@pytest.fixture
def appealed(shell: Shell) -> Shell:
    """A desk whose restriction is appealed."""
    shell.issued()
    shell.done(*APPEAL)
    return shell


def relies_on(shell: Shell) -> tuple[str, ...]:
    """The clause and the fact that carry the restriction."""
    return (*GROUNDS, "--relies-on", f"fact:{shell.case()['facts'][0]['id']}")


def answered(shell: Shell) -> None:
    """Answer every question."""
    shell.done("appeal", "answer", "kettle", "examples/reply.yaml", "--as", "rosa")


def test_the_clocks_run_from_receipt(appealed: Shell) -> None:
    (appeal,) = appealed.case()["appeals"]
    assert appeal["received"] == "2025-03-05T00:00:00Z"
    assert [one["act"] for one in appeal["deadlines"]] == ["acknowledge", "decide"]
    assert appeal["against"] == [appealed.case()["restrictions"][0]["id"]]


def test_all_leaves_out_what_is_lifted_already(shell: Shell) -> None:
    shell.issued()
    (one,) = shell.case()["restrictions"]
    shell.done("lift", one["id"], "--reason", "mended", "--as", "dan")
    shell.done(*APPEAL)
    assert shell.case()["appeals"][0]["against"] == []


def test_a_reply_that_leaves_a_question_out_is_refused(appealed: Shell) -> None:
    appealed.write("half.yaml", "answers: [{question: 1, text: on the page, examined: ['evidence:look-1']}]")
    said = appealed("appeal", "answer", "kettle", "half.yaml", "--as", "rosa", "--json").json["refused"]
    assert (said["rule"], said["promise"]) == ("EveryQuestionIsAnswered", "P5")


@pytest.mark.parametrize(
    "text",
    [
        "answers: [{question: one}]",
        "answers: [{question: 1, examined: [look-1]}]",
        "answers: [",
        "answers: [], examined_again: {x: y}",
        "answers: []\nexamined_again: {look-1: rosa}\n",
    ],
)
def test_a_file_that_is_no_reply_is_a_problem(appealed: Shell, text: str) -> None:
    appealed.write("reply.yaml", text)
    said = appealed("appeal", "answer", "kettle", "reply.yaml", "--as", "rosa", "--json")
    (problem,) = said.json["problems"]
    assert (said.code, problem["message"].startswith("reply.yaml: ")) == (2, True)
    assert problem["hint"].startswith("write `answers:")


def test_a_question_may_be_refused_with_its_ground(appealed: Shell) -> None:
    appealed.write(
        "reply.yaml",
        "answers:\n"
        "- {question: 1, text: on the page of the older model, examined: ['evidence:look-1']}\n"
        "- {question: 2, refused: {basis: art. 6 GDPR, because: it names a person who works here}}\n"
        "examined_again: {'evidence:look-1': rosa}\n",
    )
    appealed.done("appeal", "answer", "kettle", "reply.yaml", "--as", "rosa")


def test_a_reversal_undoes_what_rested_on_the_decision(appealed: Shell) -> None:
    answered(appealed)
    said = appealed.done("appeal", "decide", "kettle", "reversed", "--text", "It was kept.", "--as", "rosa", "--json")
    assert [one["kind"] for one in said.json["entries"]] == [
        "appeal.decided",
        "restriction.lifted",
        "strike.undone",
    ]
    assert appealed.case()["restrictions"][0]["undone"] is True
    late = appealed("appeal", "decide", "kettle", "reversed", "--text", "Again.", "--as", "rosa", "--json")
    assert late.json["refused"]["message"] == "the case `kettle` has no open appeal"


def test_an_outcome_names_the_appeal_by_its_id_too(appealed: Shell) -> None:
    answered(appealed)
    name = appealed.case()["appeals"][0]["id"]
    appealed.done("appeal", "decide", name, "upheld", "--text", "It stands.", *relies_on(appealed), "--as", "rosa")
    assert "upheld" in appealed.done("case", "show", "kettle").out


def test_a_variation_keeps_the_sides_that_are_not_said(appealed: Shell) -> None:
    answered(appealed)
    name = appealed.case()["restrictions"][0]["id"]
    appealed.write("narrower.yaml", f"- {{restriction: {name}, territories: [IE], topics: all}}")
    words = ("appeal", "decide", "kettle", "varied", "--text", "Only in Ireland.", "--becomes", "narrower.yaml")
    appealed.done(*words, *relies_on(appealed), "--as", "rosa")
    (scope,) = [one["scope"] for one in appealed.done("standing", "@kettles", "--json").json["in_force"]]
    assert (scope["territories"], scope["topics"], scope["capabilities"]) == (["IE"], "all", ["advertise"])


def test_a_variation_of_nothing_known_is_refused(appealed: Shell) -> None:
    answered(appealed)
    words = ("appeal", "decide", "kettle", "varied", "--text", "x", "--becomes", "n.yaml", "--as", "rosa", "--json")
    appealed.write("n.yaml", "- {restriction: res-none, territories: [IE]}")
    assert appealed(*words).json["refused"]["rule"] == "VariationOnlyNarrows"
    appealed.write("n.yaml", "- {restriction: res-none, territories: 3}")
    assert appealed(*words).json["problems"][0]["hint"].startswith("write `- {restriction:")
