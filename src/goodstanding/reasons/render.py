"""A statement as a document (JSON) and as a page (HTML); `text` renders it for mail.

The page is a Jinja template with autoescape on, whatever the environment says. It has no script and no inline style;
its one stylesheet, `templates/statement.css`, lies beside it. Addresses become links only where their scheme is a web
or mail one. Environment, zone and stylesheet address are arguments; nothing is read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.vocabulary import HANDS
from goodstanding.reasons import text
from goodstanding.reasons.model import FORMAT, Statement
from goodstanding.reasons.plain import link_to, paragraphs, visible, when
from goodstanding.reasons.text import render_text

if TYPE_CHECKING:
    from datetime import tzinfo

    from jinja2 import Environment

    from goodstanding.kernel.canonical import Json

__all__ = ["TEMPLATE", "read_statement", "render_html", "render_text", "statement_document"]

TEMPLATE = "statement.html.j2"


def statement_document(statement: Statement) -> dict[str, Json]:
    """The statement as a JSON document: no floats, times as RFC 3339 in UTC."""
    return msgspec.json.decode(msgspec.json.encode(statement), type=dict)


def read_statement(document: Json) -> Statement:
    """Read a document back.

    Raises:
        ValueError: it is not a statement of a format that this version reads.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        msg = f"this is not a statement of format {FORMAT}: read it with the version that wrote it, or a later one"
        raise ValueError(msg)
    return msgspec.convert(document, Statement)


def render_html(
    statement: Statement, *, environment: Environment, zone: tzinfo, stylesheet: str = "statement.css"
) -> str:
    """The page; times in the reader's zone, with UTC beside."""
    return environment.get_template(TEMPLATE).render(
        statement=visible(statement),
        stylesheet=stylesheet,
        zone=zone,
        when=when,
        link_to=link_to,
        hands=HANDS,
        paragraphs=paragraphs,
        text=text,
    )
