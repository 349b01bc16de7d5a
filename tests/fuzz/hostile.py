"""Inputs that mean harm, each from its seed: conditions, policies and vocabularies that were broken on purpose.

Most are small and nearly right, since those get furthest; some are deep, long, wide or in the wrong encoding.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import msgspec

from property.conditions import Author, seeded

POLICIES: Final = Path(__file__).parents[2] / "policies"


class Kind(StrEnum):
    """What reads an input."""

    CONDITION = "condition"
    POLICY = "policy"
    VOCABULARY = "vocabulary"
    FILE = "file"
    EXPRESSION = "expression"


class Hostile(msgspec.Struct, frozen=True):
    """One input; `content` is text, or the bytes of a file."""

    kind: Kind
    content: str | bytes


class Sources(msgspec.Struct, frozen=True):
    """What is broken: the parts of the policies and of the vocabulary that the repository offers."""

    front: str
    clauses: tuple[str, ...]
    vocabulary_head: str
    entities: tuple[str, ...]


def sources() -> Sources:
    """Read the pack and take it apart."""
    ads = (POLICIES / "ads.md").read_text(encoding="utf-8")
    front, *clauses = ads.split("\n## ")
    head, entities = (POLICIES / "vocabulary.yaml").read_text(encoding="utf-8").split("\nentities:\n")
    parts = [""]
    for line in entities.split("\n"):
        if line[:3].strip() and line.startswith("  ") and not line.startswith("   "):
            parts.append("")
        parts[-1] += line + "\n"
    return Sources(front, tuple(f"\n## {clause}" for clause in clauses), head, tuple(filter(str.strip, parts)))


NASTY: Final = (
    *(
        "\0",
        "\ufeff",
        "\u202e",
        "\u2066",
        "\ud800",
        "\udfff",
        "\x85",
        "\u2028",
        "\r",
        "\r\n",
        "\t",
        "\x1b[31m",
        "\U0010ffff",
    ),
    *(
        "&a",
        "*a",
        "&a [*a]",
        "&a {b: *a}",
        "<<: *a",
        "<<: {a: b}",
        "!!python/object/apply:os.system [ls]",
        "!x",
        "!!int",
    ),
    *(
        "%YAML 9.9\n---\n",
        "? ",
        "- ",
        "|",
        ">-",
        "|9\n",
        "{",
        "}",
        "[",
        "]",
        '"\\U00110000"',
        '"\\ud800"',
        "'",
        '"',
        "\\",
    ),
    *(
        "```",
        "```clause\n",
        "~~~",
        "---\n",
        "## x {#x}\n",
        "{#",
        "}",
        "# ",
        "> ",
        "* ",
        "<!--",
        "<script>",
        "&#0;",
        "    ",
    ),
    *(
        "9" * 400,
        "-9223372036854775808",
        "9223372036854775808",
        "1e999",
        "0x" + "f" * 40,
        "1.",
        ".5",
        "1u",
        "null",
        "0.0",
    ),
    *(
        "(",
        ")",
        "&&",
        "||",
        "!",
        "?",
        ":",
        ".",
        ",",
        "==",
        "in",
        "+",
        "%",
        "/",
        "$",
        "@",
        "#",
        "`",
        "…",
        "’",
        "=",
        "and",
    ),
    *("has(", "size(", ".exists(x, ", ".map(x, ", ".matches('(a+)+$')", "timestamp('", "duration('", "r'", "b'", "'''"),
    *(
        "now",
        "account",
        "owner",
        "ad",
        "true",
        "false",
        "dyn(",
        "type(",
        "cel.bind(",
        "google.protobuf.Any{",
        "[0]",
        "{}",
    ),
)
REPEATED: Final = (
    *(
        "(",
        "[",
        "{",
        "!",
        "-",
        "!(",
        "[[",
        "{'a':",
        "true ? ",
        "true && ",
        "1 + ",
        "'a' + ",
        "has(",
        "x.",
        "- ",
        "? ",
        "> ",
    ),
    *(
        "a",
        " ",
        "\t",
        "9",
        "`",
        "'",
        '"',
        "\\",
        "*a ",
        "&a ",
        "[a](",
        "![",
        "<a ",
        "**a",
        "_a_",
        "\n",
        "# ",
        "e\u0301",
        "🦊",
    ),
    *(
        "[1, 2].map(x, ",
        "1h",
        "0.",
        "-",
        "a: ",
        "{a: ",
        "[1, 2, 3].all(x, ",
        "~~~\n",
        "```\n",
        "## a {#a}\n",
        "\u202e",
        "\r",
    ),
)
ATOMS: Final = (
    *(
        "a",
        "b",
        "c.d",
        "c.e.f",
        "g",
        "nobody",
        "nobody.knows",
        "x0",
        "x1",
        "x2",
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "3u",
    ),
    *(
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615u",
        "1.5",
        "-0.0",
        "1e308",
        "''",
        "'a'",
        "'é🦊'",
    ),
    *(
        "'2024-02-29T00:00:00Z'",
        "'1h'",
        "'12'",
        "'0x1p3'",
        "'-inf'",
        "b'\\xff'",
        "[]",
        "{}",
        "[1, 'a', null]",
        "{'k': 1, 2: true}",
    ),
    *(
        "timestamp('9999-12-31T23:59:59.999999999Z')",
        "timestamp('0001-01-01T00:00:00Z')",
        "duration('9000000000s')",
        "int",
        "type(1)",
    ),
)
FORMS: Final = (
    *(
        "{} + {}",
        "{} - {}",
        "{} * {}",
        "{} / {}",
        "{} % {}",
        "{} == {}",
        "{} != {}",
        "{} < {}",
        "{} >= {}",
        "{} in {}",
        "-({})",
        "!({})",
    ),
    *(
        "({} && {})",
        "({} || {})",
        "({} ? {} : {})",
        "[{}, {}]",
        "{{{}: {}, {}: {}}}",
        "({})[{}]",
        "({}).k",
        "has(({}).k)",
        "dyn({})",
    ),
    *(
        "size({})",
        "({}).matches({})",
        "({}).matches('(a+)+$')",
        "({}).contains({})",
        "({}).startsWith({})",
        "({}).endsWith({})",
    ),
    *(
        "int({})",
        "uint({})",
        "double({})",
        "string({})",
        "bytes({})",
        "bool({})",
        "timestamp({})",
        "duration({})",
        "type({})",
    ),
    *(
        "({}).getFullYear()",
        "({}).getHours('+25:00')",
        "({}).getDayOfYear('Europe/Paris')",
        "({}).getMilliseconds()",
        "({}).getDate({})",
    ),
    *(
        "({}).{}({})",
        "({}).exists(x{number}, {})",
        "({}).all(x{number}, {})",
        "({}).exists_one(x{number}, {})",
        "({}).filter(x{number}, {})",
    ),
    *(
        "({}).map(x{number}, {})",
        "({}).map(x{number}, {}, {})",
        "({}).all(x1, x{number}, {})",
        "({}).transformMap(x1, x2, {})",
    ),
    *(
        "({}).transformList(x1, x2, {})",
        "({}).transformMapEntry(x1, x2, {{x2: {}}})",
        "({}) + ({}) + ({}) + ({})",
        "({} && {} || {})",
    ),
)
FACTS: Final[tuple[Any, ...]] = (
    1,
    -(2**63),
    2**63,
    10**400,
    1.5,
    float("nan"),
    "text",
    "🦊" * 9,
    "\ud800",
    None,
    True,
    [1, [2, [3]]],
    {"f": {"g": 1}},
    {"": []},
)
"""What the facts of an expression may be; JSON, and a little that is none."""

BOMBS: Final = (
    "a: &a [x, x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)),
    "a: &a {x: y}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}\n",
    "&a [*a]",
    "a" + " " * 20_000 + "b",
    "## a" + " " * 20_000 + "b {#a}\n",
    "## a {#" + "{" * 20_000 + "\n",
    "## " + "{#" * 10_000 + "\n",
    "[" + "1, " * 20_000 + "1].exists(x, x == 2)",
    "[" + "[1], " * 5_000 + "[2]].exists(x, x == [3])",
    "'" + "a" * 50_000 + "'.contains('" + "a" * 25_000 + "b')",
    " || ".join(["true"] * 5_000),
    " && ".join(["account.flag"] * 3_000),
    "account.code == '" + "\\U0001f98a" * 5_000 + "'",
    "account.code.matches('" + "(a*)*" * 200 + "b')",
    "account.code.matches('((((a{99}){99}){99}){99}){99}')",
    "account.code.matches('(" + "a|" * 5_000 + "b)*$')",
    "account.ns.all(a, " * 12 + "true" + ")" * 12,
    "[1,2,3,4,5,6,7,8,9,10].all(a, "
    + "[1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, " * 1
    + "[1,2,3,4,5,6,7,8,9,10].all(d, "
    "[1,2,3,4,5,6,7,8,9,10].all(e, a + b + c + d + e > 0)))))",
    "account.tags.map(a, account.tags + account.tags + account.tags) == []",
    "duration('" + "1h" * 20_000 + "') > duration('0s')",
    "duration('" + "9" * 20_000 + "h') > duration('0s')",
    "timestamp('" + "9" * 20_000 + "') > now",
    "9" * 20_000 + " > 1",
    "1e" + "9" * 20_000 + " > 1.0",
    "account." + "a" * 50_000,
    "a" * 50_000,
    "a." * 20_000 + "a",
    "a: " + "[" * 20_000,
    "a: [" + ("[" * 15 + "]" * 15 + ",") * 1_500 + "]",
    "a: [" + "a," * 24_000 + "]",
    "k:\n" * 16_000,
    "##\n" * 16_000,
    "- a\n" * 12_000,
    "\n## A {#a}\n\nText.\n\n```clause\nterritory: [" + "XX," * 2_500 + "]\n```\n",
    "\n## A {#a}\n\nText.\n\n```clause\nwhen: x\n```\n" * 900,
    "\n## A {#a}\n\nText.\n\n```clause\nwhen: " + "1+" * 3_900 + "1 == 2\n```\n",
)


def hostile(seed: int, whole: Sources) -> Hostile:
    """The input of a seed."""
    chance = seeded(seed)
    draw = chance.random()
    if draw < 0.004:
        return Hostile(
            chance.choice([Kind.CONDITION, Kind.POLICY, Kind.VOCABULARY, Kind.EXPRESSION]), _enormous(chance, whole)
        )
    if draw < 0.35:
        return Hostile(Kind.CONDITION, _condition(chance))
    if draw < 0.60:
        text = _expression(chance, chance.choice([1, 2, 3, 4]))
        return Hostile(Kind.EXPRESSION, text if chance.random() < 0.7 else broken(chance, text))
    if draw < 0.80:
        return Hostile(Kind.POLICY, broken(chance, _policy(chance, whole)))
    if draw < 0.95:
        return Hostile(Kind.VOCABULARY, broken(chance, _vocabulary(chance, whole)))
    return Hostile(Kind.FILE, _bytes(chance, broken(chance, _policy(chance, whole))))


def _condition(chance: random.Random) -> str:
    text = Author(chance).write("bool", chance.choice([1, 2, 3, 4, 6]))
    return text if chance.random() < 0.3 else broken(chance, text)


def _expression(chance: random.Random, depth: int) -> str:
    """Anything that parses, of whatever types; most of it fails when it is read."""
    if depth == 0 or chance.random() < 0.1:
        return chance.choice(ATOMS)
    form = chance.choice(FORMS)
    return form.format(*(_expression(chance, depth - 1) for _ in range(4)), number=chance.randrange(3))


def _policy(chance: random.Random, whole: Sources) -> str:
    """Front matter and one or two clauses, with a condition of nobody's making now and then."""
    text = whole.front + "".join(chance.sample(whole.clauses, chance.choice([1, 1, 2])))
    if chance.random() < 0.3:
        lines = text.split("\n")
        places = [at for at, line in enumerate(lines) if line.startswith("when:")]
        for at in places:
            lines[at] = f"when: {Author(chance).write('bool', 2)}"
        text = "\n".join(lines)
    return text


def _vocabulary(chance: random.Random, whole: Sources) -> str:
    """A head and a few entities."""
    kept = chance.sample(whole.entities, min(len(whole.entities), chance.choice([1, 2])))
    head = "\n".join(line for line in whole.vocabulary_head.split("\n") if chance.random() < 0.9)
    return f"{head}\nentities:\n{''.join(kept)}"


def broken(chance: random.Random, text: str) -> str:
    """A text after one to four breakages."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        text = chance.choice(_BREAKAGES)(chance, text)
    return text


def _cut(chance: random.Random, text: str) -> tuple[int, int]:
    """Two places in a text, mostly near each other."""
    first = chance.randint(0, len(text))
    return first, min(len(text), first + int(chance.expovariate(0.2)))


def _inserted(chance: random.Random, text: str) -> str:
    at, _ = _cut(chance, text)
    return text[:at] + chance.choice(NASTY) + text[at:]


def _replaced(chance: random.Random, text: str) -> str:
    first, last = _cut(chance, text)
    return text[:first] + chance.choice(NASTY) + text[last:]


def _deleted(chance: random.Random, text: str) -> str:
    first, last = _cut(chance, text)
    return text[:first] + text[last:]


def _repeated(chance: random.Random, text: str) -> str:
    at, _ = _cut(chance, text)
    return text[:at] + chance.choice(REPEATED) * int(2 ** (chance.random() * 9)) + text[at:]


def _moved(chance: random.Random, text: str) -> str:
    """A part stands elsewhere, or twice."""
    first, last = _cut(chance, text)
    at, _ = _cut(chance, text)
    return text[:at] + text[first:last] + text[at:]


def _lines(chance: random.Random, text: str) -> str:
    """Lines change places, are indented, repeated or lost."""
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.choice(["swap", "indent", "repeat", "lose", "end"]):
        case "swap":
            lines[at], lines[other] = lines[other], lines[at]
        case "indent":
            lines[at] = " " * chance.randint(1, 5) + lines[at].strip()
        case "repeat":
            lines.insert(other, lines[at])
        case "lose":
            del lines[at]
        case _:
            return chance.choice(["\r\n", "\r", "\u2028", "\x85", "\n\n"]).join(lines)
    return "\n".join(lines)


def _word(chance: random.Random, text: str) -> str:
    """A word stands where another stood."""
    words = text.split(" ")
    at = chance.randrange(len(words))
    words[at] = chance.choice(words if chance.random() < 0.5 else NASTY)
    return " ".join(words)


def _character(chance: random.Random, text: str) -> str:
    at, _ = _cut(chance, text)
    return text[:at] + chr(chance.choice([chance.randrange(128), chance.randrange(0x110000)])) + text[at + 1 :]


_BREAKAGES: Final = (_inserted, _replaced, _deleted, _repeated, _moved, _lines, _word, _character)


def _enormous(chance: random.Random, whole: Sources) -> str:
    """Deep, long or wide, alone or in the midst of something."""
    if chance.random() < 0.5:
        bomb = chance.choice(BOMBS)
    else:
        bomb = chance.choice(REPEATED) * chance.choice([1_000, 10_000, 40_000])
    match chance.choice(["alone", "policy", "when", "vocabulary"]):
        case "alone":
            return bomb
        case "policy":
            return _inside(chance, _policy(chance, whole), bomb)
        case "when":
            return f"{whole.front}\n## A {{#a}}\n\n```clause\nwhen: {bomb}\n```\n"
    return _inside(chance, _vocabulary(chance, whole), bomb)


def _inside(chance: random.Random, text: str, bomb: str) -> str:
    at, _ = _cut(chance, text)
    return text[:at] + bomb + text[at:]


def _bytes(chance: random.Random, text: str) -> bytes:
    """A text as bytes that may not be UTF-8."""
    codec = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7"])
    written = bytearray(text.encode(codec, errors=chance.choice(["replace", "ignore", "xmlcharrefreplace"])))
    for _ in range(chance.choice([0, 0, 1, 5])):
        written.insert(chance.randint(0, len(written)), chance.randrange(256))
    return bytes(written)


def pieces(first: int, last: int, workers: int) -> Sequence[range]:
    """The seeds of each worker."""
    return [range(first + number, last, workers) for number in range(workers)]
