"""A layout changes how blocks are written and nothing that they say, however their author wrote them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import count
from goodstanding.clause.parse import Conditions
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.policy.document import read_policy
from goodstanding.policy.examples.blocks import read_examples
from goodstanding.policy.layout import laid_out
from goodstanding.policy.model import Policy

ROOT = Path(__file__).parents[2]
VOCABULARY = read_vocabulary((ROOT / "policies/vocabulary.yaml").read_text(encoding="utf-8"), file="vocabulary.yaml")
CONDITIONS = Conditions(VOCABULARY)
ADS = (ROOT / "policies/ads.md").read_text(encoding="utf-8")
SECTIONS = ADS.split("\n## ")
PARTS = "\n## ".join([SECTIONS[0], *(one for one in SECTIONS if "{#supply" in one or "{#commercial" in one)]).split(
    "```"
)

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\"'#:{}[]!&*-,\\ "),
    max_size=20,
)
values: st.SearchStrategy[Any] = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=6,
)


def read(text: str) -> Policy:
    return read_policy(text, file="ads.md", vocabulary=VOCABULARY, conditions=CONDITIONS)


def meaning(policy: Policy) -> object:
    """A policy without what a layout may change: its text, and where in it things stand."""
    clauses = tuple(msgspec.structs.replace(one, place=policy.clauses[0].place) for one in policy.clauses)
    first = msgspec.structs.replace(policy, text="", digest=policy.vocabulary_digest, clauses=clauses)
    examples = read_examples(policy, file="ads.md", vocabulary=VOCABULARY)
    return first, [msgspec.structs.replace(one, place=policy.clauses[0].place) for one in examples]


def entry(key: str, value: object, style: str | None, width: int, *, flow: bool) -> str:
    """One key of a block, as a writer of YAML would have it."""
    if flow:
        said = yaml.dump(value, default_flow_style=True, default_style=style, width=width, allow_unicode=True)
        return f"{key}: {said.removesuffix('...' + chr(10)).strip()}"
    said = yaml.dump({key: value}, default_flow_style=False, default_style=style, width=width, allow_unicode=True)
    return said.rstrip("\n")


@st.composite
def rewritten(draw: st.DrawFn) -> str:
    """The pack's policy, some of its blocks written by somebody else: YAML that says the same."""
    parts = list(PARTS)
    chosen = draw(st.lists(st.sampled_from(range(1, len(parts), 2)), min_size=1, max_size=4, unique=True))
    for place in chosen:
        kind, _, body = parts[place].partition("\n")
        document = yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506  it makes texts only
        keys = draw(st.permutations(sorted(document)))
        flow = draw(st.booleans())
        style = draw(st.sampled_from([None, '"', "'"]))
        width = 10_000 if flow else draw(st.sampled_from([30, 500]))
        end = draw(st.sampled_from(["\n", "\n\n", "\n# a comment\n"]))
        body = "".join(entry(key, document[key], style, width, flow=flow) + end for key in keys)
        parts[place] = f"{kind}\n{body}"
    return "```".join(parts)


@given(rewritten())
@settings(max_examples=count("property_examples") // 2)
def test_a_policy_means_the_same_after_its_layout(text: str) -> None:
    before = meaning(read(text))
    after = laid_out(text)
    assert meaning(read(after)) == before
    assert laid_out(after) == after


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), values, min_size=1, max_size=4), st.data())
def test_any_block_says_the_same_after_its_layout(document: dict[str, object], data: st.DataObject) -> None:
    style = data.draw(st.sampled_from([None, '"', "'", ">", "|"]))
    flow = data.draw(st.sampled_from([False, None]))
    body = yaml.dump(document, default_style=style, default_flow_style=flow, allow_unicode=data.draw(st.booleans()))
    if "```" in body:
        return
    text = f"## A {{#a}}\n\nText.\n\n```clause\n{body}```\n"
    after = laid_out(text)
    blocks = [one.partition("```clause\n")[2].rpartition("```")[0] for one in (text, after)]
    first, second = (yaml.load(one, Loader=yaml.BaseLoader) for one in blocks)  # noqa: S506  it makes texts only
    assert first == second
    assert laid_out(after) == after


@pytest.mark.parametrize("name", ["ads", "designation"])
def test_the_prose_of_the_pack_is_never_touched(name: str) -> None:
    text = (ROOT / "policies" / f"{name}.md").read_text(encoding="utf-8")
    assert laid_out(text).split("```")[::2] == text.split("```")[::2]
