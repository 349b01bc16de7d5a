"""How strong evidence is (grade), and who may see how much of it (handling); promise P3 and DESIGN's word list."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """What kind of support a piece of evidence gives.

    The grades have no total order: `needs` of a clause and the vocabulary list exactly which ones they accept.
    """

    ALLEGATION = "allegation"
    REPORT = "report"
    ADMISSION = "admission"
    FINDING = "finding"
    DIRECTIVE = "directive"
    MEASUREMENT = "measurement"
    ESTIMATE = "estimate"


class Handling(StrEnum):
    """What each reader may see of a piece of evidence; the conduct itself is always stated."""

    OPEN = "open"
    ABOUT_OTHERS = "about others"
    SOURCE_PROTECTED = "source protected"
    SEALED = "sealed"
    NOT_KEPT = "not kept"
