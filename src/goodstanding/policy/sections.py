"""The structure of a literate policy: front matter, headings of clauses, their prose, and their blocks.

It reads Markdown (CommonMark) and says where things stand. It leaves to `clauses` what a block means.

Grammar: `front matter` `preamble`? (`## Title {#clause-id}` prose (```` ```clause ```` block)?)*
"""

from __future__ import annotations

import difflib
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
from markdown_it import MarkdownIt

from goodstanding.kernel.ids import is_slug
from goodstanding.policy.source import Source, Span
from goodstanding.policy.yaml_parts import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from goodstanding.errors import Problem

_HEADING = re.compile(r"(?P<title>.*?)\s*\{#(?P<id>[^{}]*)\}\s*")
_FENCE = "---"
_BLOCK = "clause"


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One clause as it stands in the file; `heading` spans its heading line, `id` is empty where none was given."""

    id: str
    title: str
    heading: Span
    prose: str
    block: Block | None


class Structure(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file; `front_matter` is missing where the file does not begin with one."""

    front_matter: Block | None
    sections: tuple[Section, ...]


def read_structure(source: Source, problems: list[Problem]) -> Structure:
    """Take a file apart; what is out of place is added to `problems`."""
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
    return Structure(front_matter=front_matter, sections=tuple(sections))


def _front_matter(source: Source, problems: list[Problem]) -> tuple[Block | None, int]:
    """The block between the first two `---` lines, and the line at which the body begins."""
    marks = [line for line, text in enumerate(source.lines) if text.rstrip() == _FENCE]
    if marks[:1] != [0] or len(marks) == 1:
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
    first = next((index for index in headings if tokens[index].level == 0), len(tokens))
    for index, token in enumerate(tokens):
        kind = token.info.split()[0] if token.type == "fence" and token.info.strip() else _BLOCK
        if kind != _BLOCK and difflib.get_close_matches(kind.lower(), [_BLOCK]):
            yield source.problem(_line(token, source), f"`{kind}` is no kind of block", f"did you mean `{_BLOCK}`?")
        if token.type == "heading_open" and token.tag != "h2" and _HEADING.fullmatch(tokens[index + 1].content):
            message = f"a heading with an id begins a clause, and this one is of level {token.tag[1]}"
            yield source.problem(_line(token, source), message, "begin the line with `##`, or remove the id")
        if _is_block(token) and (token.level > 0 or index < first):
            message = "this clause block belongs to no clause"
            yield source.problem(
                _line(token, source), message, "put it under a `##` heading, not in a list or a quotation"
            )
        elif index in headings and token.level > 0:
            message = "a heading of a clause stands inside a list or a quotation"
            yield source.problem(_line(token, source), message, "begin the line with `##`")


def _section(tokens: Sequence[Token], end: int, source: Source, problems: list[Problem]) -> Section:
    """The tokens from one heading to the next, which begins at line `end`, as a clause."""
    heading = _line(tokens[0], source)
    title, clause_id = _title(tokens[1].content, heading, source, problems)
    blocks = [token for token in tokens if _is_block(token) and token.level == 0]
    for extra in blocks[1:]:
        message = "a clause has one block, and this is another"
        problems.append(source.problem(_line(extra, source), message, "give it a heading and an id of its own"))
    return Section(
        id=clause_id,
        title=title,
        heading=heading,
        prose=_prose(range(_lines(tokens[0]).stop, end), blocks, source),
        block=_fenced(blocks[0], source) if blocks else None,
    )


def _title(content: str, heading: Span, source: Source, problems: list[Problem]) -> tuple[str, str]:
    """The title and the id of a heading; an id that can't be one is empty."""
    found = _HEADING.fullmatch(content)
    if found is None:
        suggestion = "-".join(re.findall(r"[a-z0-9]+", content.lower())) or "clause-id"
        problems.append(source.problem(heading, "the clause has no id", f"end the heading with `{{#{suggestion}}}`"))
        return content.strip(), ""
    if not is_slug(found["id"]):
        message = f"`{found['id']}` can't be an id"
        problems.append(
            source.problem(heading, message, "write lower case words joined by hyphens, such as `unpaid-balance`")
        )
        return found["title"], ""
    if not found["title"]:
        problems.append(source.problem(heading, "the clause has no title", "write one before the id"))
    return found["title"], found["id"]


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


def _is_block(token: Token) -> bool:
    """Whether a token is a fenced block of kind `clause`."""
    return token.type == "fence" and token.info.split()[:1] == [_BLOCK]


def _lines(token: Token) -> range:
    """The lines of the file that a block token covers."""
    first, last = token.map or (0, 0)
    return range(first, last)


def _line(token: Token, source: Source) -> Span:
    """The first line of a token."""
    return source.line_span(_lines(token).start)
