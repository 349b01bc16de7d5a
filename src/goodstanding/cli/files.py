"""The files that people hand in: whatever keeps one from being read is one sentence, and not a traceback."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from goodstanding.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STANDARD_INPUT = "-"


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; `-` is standard input.

    Raises:
        InputError: there is no such file, or it can't be read.
    """
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        _refuse(f"there is no file `{path}`", "check the name, and the folder that you are in")
    except IsADirectoryError:
        _refuse(f"`{path}` is a folder", "name a file in it")
    except OSError as error:
        _refuse(f"`{path}` can't be read: {(error.strerror or str(error)).lower()}")


def text_of(path: Path) -> str:
    """The text of a file, with plain line ends.

    Raises:
        InputError: it can't be read, or is not text in UTF-8.
    """
    return text_in(bytes_of(path), str(path))


def text_in(content: bytes, name: str) -> str:
    """The text that bytes hold, with plain line ends; `name` is what a refusal calls it.

    Raises:
        InputError: it is not text in UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        _refuse(f"`{name}` is not text in UTF-8", "save it as plain text in UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file as they come, without their ends; `-` is standard input.

    Raises:
        InputError: there is no such file, or it can't be read.
    """
    if str(path) == STANDARD_INPUT:
        yield from (line.rstrip(b"\r\n") for line in sys.stdin.buffer)
        return
    try:
        file = path.open("rb")
    except OSError:
        bytes_of(path)  # says what is wrong with it
        raise
    with file:
        yield from (line.rstrip(b"\r\n") for line in file)


def _refuse(message: str, hint: str = "") -> NoReturn:
    """Refuse a file that can't be read.

    Raises:
        InputError: always.
    """
    raise InputError([Problem(message=message, hint=hint)]) from None
