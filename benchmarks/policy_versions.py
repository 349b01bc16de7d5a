"""How many of a real policy's stored versions change its words: the claim is 113 stored versions, 28 changes of text.

Collections of terms store a page whenever its bytes change, and most changes are dress. Give a clone of such a
collection (`OpenTermsArchive/contrib-versions`) and a path in it: `python benchmarks/policy_versions.py CLONE [PATH]`.
Beside the figure stands what comparing bytes, and comparing text with white space set aside, would have called a
change. It ends with 1 when the figures of the default path differ from the claim for the versions up to `LAST`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from goodstanding.policy.normal import digest_of_text

PATH = "Google Ads/Restricted Use Policy.md"
LAST = "2026-08-22"
CLAIM = (113, 28)


def git(clone: str, *words: str) -> str:
    """What git says."""
    command = ["git", "-C", clone, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  git of whoever runs it


def versions(clone: str, path: str) -> list[str]:
    """Every stored version of a file, oldest first."""
    commits = git(clone, "log", "--reverse", f"--until={LAST}T23:59:59Z", "--format=%H", "--", path).split()
    return [git(clone, "show", f"{commit}:{path}") for commit in commits]


def changes(texts: Sequence[str], seen_as: Callable[[str], str]) -> int:
    """How many versions differ from the one before."""
    return sum(one != other for one, other in pairwise(map(seen_as, texts)))


def main(clone: str, path: str = PATH) -> int:
    """Count and print."""
    texts = versions(clone, path)
    words = changes(texts, digest_of_text)
    print(f"{path}: {len(texts)} stored versions until {LAST}")
    print(f"  changes of bytes                {changes(texts, str)}")
    print(f"  changes but for white space     {changes(texts, lambda text: ' '.join(text.split()))}")
    print(f"  changes of words (ours)         {words}")
    return int(path == PATH and (len(texts), words) != CLAIM)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
