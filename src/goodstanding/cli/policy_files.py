"""The files that the verbs of `policy` take: a policy, its vocabulary, and its words in other languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from goodstanding.app.library import Volume, volume
from goodstanding.bootstrap import pack, words
from goodstanding.clause.translation import read_translation
from goodstanding.cli.files import STANDARD_INPUT, text_of
from goodstanding.errors import InputError, Problem
from goodstanding.policy.rules import clause

if TYPE_CHECKING:
    from goodstanding.clause.prose.words import Words
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.policy.model import Clause

PolicyFile = Annotated[Path, typer.Argument(metavar="FILE", help="The policy, in Markdown.")]
VocabularyFile = Annotated[
    Path | None, typer.Option("--vocabulary", help="Its vocabulary; the example pack's by default.")
]
LanguageTag = Annotated[str, typer.Option("--language", metavar="TAG", help="The language to speak: `en`, `de`, `fr`.")]


def vocabulary_text(file: Path | None) -> tuple[str, str]:
    """The text of a vocabulary, and what to call it."""
    return (pack("vocabulary.yaml"), "vocabulary.yaml") if file is None else (text_of(file), str(file))


def opened(file: Path, vocabulary: Path | None) -> Volume:
    """A policy with its vocabulary.

    Raises:
        InputError: one of them can't be read, or has problems.
    """
    return volume(text_of(file), str(file), *vocabulary_text(vocabulary))


def named_clause(book: Volume, name: str) -> Clause:
    """The clause of that id.

    Raises:
        InputError: the policy has none.
    """
    found = clause(book.policy, name)
    if found is None:
        known = ", ".join(f"`{one.id}`" for one in book.policy.clauses)
        refuse(f"there is no clause `{name}` in this policy", f"one of {known}")
    return found


def spoken(language: str, vocabulary: Vocabulary, file: Path | None) -> tuple[Words, Vocabulary]:
    """The words of a language, and the vocabulary in it; its overlay stands beside the vocabulary, `words.de.yaml`.

    Raises:
        InputError: the product does not speak the language, or the vocabulary has no words in it.
    """
    frames = words(language)
    if language == vocabulary.language:
        return frames, vocabulary
    if file is None:
        name = f"vocabulary.{language}.yaml"
        return frames, read_translation(pack(name), file=name, vocabulary=vocabulary)
    beside = file.with_name(f"{file.stem}.{language}{file.suffix}")
    if not beside.exists():
        refuse(f"the vocabulary has no words in `{language}`", f"write them in `{beside}`; see the guide on policies")
    return frames, read_translation(text_of(beside), file=str(beside), vocabulary=vocabulary)


def is_standard_input(file: Path) -> bool:
    """Whether a file is what comes in through the pipe."""
    return str(file) == STANDARD_INPUT


def refuse(message: str, hint: str = "") -> NoReturn:
    """Refuse what was asked for.

    Raises:
        InputError: always.
    """
    raise InputError([Problem(message=message, hint=hint)])
