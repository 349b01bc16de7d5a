"""Languages, as BCP 47 tags of a primary language and an optional region (`en`, `pt-BR`), and how they write values.

Numbers, dates, lengths of time and lists follow the Unicode CLDR as Babel ships it; plain `en` is the English of no one
country (day before month, no comma before `and`). It leaves to `clause` which words stand around them.
"""

from __future__ import annotations

import re
from datetime import UTC
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NewType

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from babel import Locale

Language = NewType("Language", str)

ENGLISH: Final = Language("en")

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_WORLD = {"en": "en-001"}
_FIRST_OF_MONTH = {"fr": ("1 ", "1er ")}
"""CLDR's French patterns leave the first day of a month without its ordinal."""
_LONG = 15
"""A number with more digits than this is written with a power of ten."""


def language(tag: str) -> Language:
    """Take a tag as a language.

    Raises:
        ValueError: the tag is not of that shape.
    """
    if _TAG.fullmatch(tag) is None:
        msg = f"`{tag}` is not a language tag: write one such as `en` or `pt-BR`"
        raise ValueError(msg)
    return Language(tag)


def number(value: float, of: Language) -> str:
    """A number with the language's decimal sign and grouping, none of its digits lost."""
    from babel.numbers import format_decimal, format_scientific  # noqa: PLC0415  commands that say nothing load faster

    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    if abs(exact.adjusted()) > _LONG:
        return str(format_scientific(exact, locale=_locale(of), decimal_quantization=False))
    return str(format_decimal(exact, locale=_locale(of), decimal_quantization=False))


def day(at: datetime, of: Language) -> str:
    """The day of an instant, in UTC."""
    from babel.dates import format_date  # noqa: PLC0415  as above

    return _ordinal(format_date(at.astimezone(UTC).date(), "long", locale=_locale(of)), of)


def moment(at: datetime, of: Language) -> str:
    """An instant with its time of day, in UTC; parts of a second only where there are any."""
    from babel.dates import format_time  # noqa: PLC0415  as above

    utc = at.astimezone(UTC)
    fraction = f"{utc.microsecond:06}".rstrip("0")
    pattern = f"HH:mm:ss.{'S' * len(fraction)}" if fraction else "HH:mm:ss" if utc.second else "HH:mm"
    return f"{day(utc, of)}, {format_time(utc.time(), pattern, locale=_locale(of))} UTC"


def length(of_time: timedelta, of: Language) -> str:
    """A length of time in days, hours, minutes and seconds, such as `1 hour and 30 minutes`; empty for none."""
    from babel.units import format_unit  # noqa: PLC0415  as above

    days, seconds = divmod(abs(of_time).total_seconds(), 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    units = (("day", int(days)), ("hour", int(hours)), ("minute", int(minutes)), ("second", f"{seconds:.6f}"))
    parts = [
        format_unit(Decimal(amount), f"duration-{unit}", locale=_locale(of), format=_plain(of))
        for unit, amount in units
        if float(amount)
    ]
    return listed(parts, "standard", of) if parts else ""


def listed(words: Sequence[str], style: Literal["standard", "or"], of: Language) -> str:
    """`a`, `a and b`, `a, b and c`."""
    from babel.lists import format_list  # noqa: PLC0415  as above

    return format_list(words, style, _locale(of))


@lru_cache(maxsize=32)
def _locale(of: Language) -> Locale:
    """The language's rules.

    Raises:
        ValueError: the CLDR has no such language.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  as above

    try:
        return Locale.parse(_WORLD.get(of, of), sep="-")
    except UnknownLocaleError:
        msg = f"nothing is known of how `{of}` writes numbers and dates: choose another language"
        raise ValueError(msg) from None


def _plain(of: Language) -> str:
    """The pattern for the number in front of a unit."""
    return f"{str(_locale(of).decimal_formats[None].pattern).partition('.')[0]}.######"


def _ordinal(text: str, of: Language) -> str:
    """A date whose first day is written as the language writes it."""
    plain, ordinal = _FIRST_OF_MONTH.get(of.partition("-")[0], ("", ""))
    return ordinal + text.removeprefix(plain) if plain and text.startswith(plain) else text
