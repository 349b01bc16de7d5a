"""The demo's story on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from pathlib import Path

    from goodstanding.cli.demo.results import CaseOnDate, OffShown, Played, Tried

EXAMPLE = "C01-supply-forbidden-kaspersky"
"""The statement that the story ends with."""


def tell(played: Played, out: Path) -> None:
    """Print what happened, case by case and day by day, and where to look next."""
    console = Console(highlight=False)
    for one in played.cases:
        _tell_case(console, one, [t for t in played.tried if t.case == one.case and f"{t.at:%Y-%m-%d}" == one.as_of])
    console.rule("the same evidence, another published policy")
    for one in played.variants:
        _tell_case(console, one, [])
    console.print(f"\nEvery statement is reconstructed and was never sent. Open [bold]{out}/index.html[/bold]")
    stem = out / "statements" / EXAMPLE
    key = out / "statements" / "public.vkey"
    console.print("Check one, offline:")
    console.print(f"  goodstanding verify {stem}.json {stem}.receipt.json --key {key}", soft_wrap=True)


def _tell_case(console: Console, one: CaseOnDate, tried: list[Tried]) -> None:
    """One case on one day."""
    console.print(f"\n[bold]{one.case}  {one.as_of}[/bold]  (policy {one.policy})")
    for attempt in tried:
        if attempt.refusal is None:
            console.print(f"  done      {attempt.what}")
        else:
            console.print(f"  [bold]refused[/bold]   {attempt.what} \\[{attempt.refusal.promise}]")
            console.print(f"            {attempt.refusal.message.splitlines()[0]}", soft_wrap=False)
    kinds = (("off", one.restrictions), ("hold", one.holds), ("announced", one.announced), ("inherited", one.inherited))
    for kind, boxes in kinds:
        for box in boxes:
            console.print(f"  {kind:<9} {_box(box)}")
    if not one.restrictions:
        console.print("  nothing of ours is in force")
    if one.nearest is not None:
        console.print(f"  closest   {one.nearest.clause}: {one.nearest.why_not}")
    for sentence in one.undecided:
        console.print(f"  a person  {sentence}")


def _box(box: OffShown) -> str:
    """One box in a line."""
    sides = [", ".join(box.capabilities), _side("in", box.territories), _side("on", box.topics)]
    ads = "" if box.ads == "all" else f"only the ad {', '.join(box.ads)}"
    lifted = "" if box.lifted is None else f"lifted {box.lifted:%Y-%m-%d}"
    issued = "" if box.issued is None else f"statement issued {box.issued:%Y-%m-%d}"
    since = "" if box.begins is None else f"from {box.begins:%Y-%m-%d}"
    said = [*sides, ads, f"for {', '.join(box.accounts)}", since, issued, lifted]
    return "; ".join(part for part in said if part)


def _side(word: str, names: tuple[str, ...] | str) -> str:
    """One side of a box, unless it is everything."""
    return "" if isinstance(names, str) else f"{word} {', '.join(names)}"
