"""The structure of a literate policy: front matter, headings of clauses, their prose, blocks and examples.

It reads Markdown (CommonMark) and says where things stand. It leaves to `clauses` what a block means, and to
`examples.blocks` what an example says.

Grammar: `front matter` `preamble`? (`## Title {#clause-id}` prose (```` ```clause ```` block)? (```` ```example ````
block)*)*
"""

from __future__ import annotations

import difflib
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec
from markdown_it import MarkdownIt

from goodstanding.clause.marked_yaml import LONGEST, too_long
from goodstanding.kernel.ids import is_slug
from goodstanding.policy.source import Source, Span
from goodstanding.policy.yaml_parts import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from goodstanding.errors import Problem

LONGEST_TOGETHER: Final = 100_000
"""The most characters of all blocks of a policy, which take longer to read than prose does."""

_HEADING = re.compile(r"(?P<title>.*)\{#(?P<id>[^{}]*)\}\s*")
_FENCE = "---"
_BLOCK = "clause"
_EXAMPLE = "example"
_KINDS = (_BLOCK, _EXAMPLE)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One clause as it stands in the file; `heading` spans its heading line, `id` is empty where none was given."""

    id: str
    title: str
    heading: Span
    prose: str
    block: Block | None
    examples: tuple[Block, ...] = ()


class Structure(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file; `front_matter` is missing where the file does not begin with one."""

    front_matter: Block | None
    sections: tuple[Section, ...]


def read_structure(source: Source, problems: list[Problem]) -> Structure:
    """Take a file apart; what is out of place is added to `problems`."""
    if message := too_long(source.text, LONGEST):
        problems.append(source.problem(source.line_span(0), message, "split the policy"))
        return Structure(front_matter=None, sections=())
    front_matter, begin = _front_matter(source, problems)
    tokens = MarkdownIt("commonmark").disable("inline").parse("\n" * begin + "\n".join(source.lines[begin:]))
    headings = [index for index, token in enumerate(tokens) if token.tag == "h2" and token.type == "heading_open"]
    problems.extend(_misplaced(tokens, headings, source))
    top = [index for index in headings if tokens[index].level == 0]
    if front_matter is not None and not top:
        problems.append(
            source.problem(Span(0, 3), "the policy has no clause", "write `## Title {#clause-id}` and its text")
        )
    ends = [*(_lines(tokens[index]).start for index in top[1:]), len(source.lines)]
    parts = [tokens[first:last] for first, last in pairwise([*top, len(tokens)])]
    sections = [_section(part, end, source, problems) for part, end in zip(parts, ends[: len(parts)], strict=True)]
    blocks = [block for one in sections for block in (one.block, *one.examples) if block is not None]
    if message := too_long("".join(block.text for block in blocks), LONGEST_TOGETHER):
        problems.append(source.problem(Span(0, 3), f"blocks: {message}", "split the policy"))
        return Structure(front_matter=front_matter, sections=())
    return Structure(front_matter=front_matter, sections=tuple(sections))


def _front_matter(source: Source, problems: list[Problem]) -> tuple[Block | None, int]:
    """The block between the first two `---` lines, and the line at which the body begins."""
    marks = [line for line, text in enumerate(source.lines) if text.rstrip() == _FENCE]
    if marks == [0]:
        hint = "write another line `---` between it and the first heading"
        problems.append(source.problem(source.line_span(0), "the front matter does not end", hint))
        return None, 0
    if marks[:1] != [0]:
        hint = "begin with a line `---`, then `id`, `version`, `title` and so on, then a line `---`"
        problems.append(source.problem(source.line_span(0), "the file has no front matter", hint))
        return None, 0
    return _block(source, range(1, marks[1]), fence=source.line_span(0)), marks[1] + 1


def _block(source: Source, lines: range, *, fence: Span, contents: Sequence[str] | None = None) -> Block:
    """The block made of some lines of the file; `contents` are these lines with the fence's indentation removed."""
    whole = [source.lines[line] for line in lines]
    inner = whole if contents is None else list(contents)
    starts = [
        source.offset(line) + max(0, len(full) - len(own)) for line, full, own in zip(lines, whole, inner, strict=True)
    ]
    return Block(text="\n".join(inner), starts=tuple(starts) or (fence.start,), fence=fence)


def _misplaced(tokens: Sequence[Token], headings: Sequence[int], source: Source) -> Iterator[Problem]:
    """Blocks and headings where no clause can have them."""
    inner = {index for index in headings if tokens[index].level > 0}
    first = next((index for index in headings if tokens[index].level == 0), len(tokens))
    for index, token in enumerate(tokens):
        kind = token.info.split()[0] if token.type == "fence" and token.info.strip() else _BLOCK
        if kind not in _KINDS and (near := difflib.get_close_matches(kind.lower(), _KINDS, n=1)):
            yield source.problem(_line(token, source), f"`{kind}` is no kind of block", f"did you mean `{near[0]}`?")
        if token.type == "heading_open" and token.tag != "h2" and _HEADING.fullmatch(tokens[index + 1].content):
            message = f"a heading with an id begins a clause, and this one is of level {token.tag[1]}"
            yield source.problem(_line(token, source), message, "begin the line with `##`, or remove the id")
        if _kind(token) in _KINDS and (token.level > 0 or index < first):
            message = f"this {_kind(token)} block belongs to no clause"
            yield source.problem(
                _line(token, source), message, "put it under a `##` heading, not in a list or a quotation"
            )
        elif index in inner:
            message = "a heading of a clause stands inside a list or a quotation"
            yield source.problem(_line(token, source), message, "begin the line with `##`")


def _section(tokens: Sequence[Token], end: int, source: Source, problems: list[Problem]) -> Section:
    """The tokens from one heading to the next, which begins at line `end`, as a clause."""
    heading = _line(tokens[0], source)
    title, clause_id = _title(tokens[1].content, heading, source, problems)
    blocks, examples = ([one for one in tokens if _kind(one) == kind and one.level == 0] for kind in _KINDS)
    for extra in blocks[1:]:
        message = "a clause has one block, and this is another"
        problems.append(source.problem(_line(extra, source), message, "give it a heading and an id of its own"))
    return Section(
        id=clause_id,
        title=title,
        heading=heading,
        prose=_prose(range(_lines(tokens[0]).stop, end), [*blocks, *examples], source),
        block=_fenced(blocks[0], source) if blocks else None,
        examples=tuple(_fenced(one, source) for one in examples),
    )


def _title(content: str, heading: Span, source: Source, problems: list[Problem]) -> tuple[str, str]:
    """The title and the id of a heading; an id that can't be one is empty."""
    found = _HEADING.fullmatch(content)
    if found is None:
        suggestion = "-".join(re.findall(r"[a-z0-9]+", content.lower())) or "clause-id"
        problems.append(source.problem(heading, "the clause has no id", f"end the heading with `{{#{suggestion}}}`"))
        return content.strip(), ""
    title = found["title"].rstrip()
    if not is_slug(found["id"]):
        message = f"`{found['id']}` can't be an id"
        problems.append(
            source.problem(heading, message, "write lower case words joined by hyphens, such as `unpaid-balance`")
        )
        return title, ""
    if not title:
        problems.append(source.problem(heading, "the clause has no title", "write one before the id"))
    return title, found["id"]


def _prose(lines: range, blocks: Sequence[Token], source: Source) -> str:
    """The public text: every line under the heading that is not in a block."""
    blocked = {line for block in blocks for line in _lines(block)}
    return "\n".join(source.lines[line] for line in lines if line not in blocked).strip()


def _fenced(token: Token, source: Source) -> Block:
    """The inside of a fenced block."""
    lines = _lines(token)
    contents = token.content.removesuffix("\n").split("\n") if token.content else []
    inside = range(lines.start + 1, lines.start + 1 + len(contents))
    return _block(source, inside, fence=_line(token, source), contents=contents)


def _kind(token: Token) -> str:
    """The first word after the fence of a block; empty for anything else."""
    return next(iter(token.info.split()), "") if token.type == "fence" else ""


def _lines(token: Token) -> range:
    """The lines of the file that a block token covers."""
    first, last = token.map or (0, 0)
    return range(first, last)


def _line(token: Token, source: Source) -> Span:
    """The first line of a token."""
    return source.line_span(_lines(token).start)
