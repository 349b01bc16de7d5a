"""Other people's notices: what a statement of reasons has to say and a text lacks (it informs, it never gates)."""

from __future__ import annotations

from goodstanding.reasons.notices.check import check_notice
from goodstanding.reasons.notices.model import Element, NoticeCheck, NoticeWarning, Present
from goodstanding.reasons.notices.render import render_check

__all__ = ["Element", "NoticeCheck", "NoticeWarning", "Present", "check_notice", "render_check"]
