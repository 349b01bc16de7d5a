"""`goodstanding demo`: play the real cases, tell the story, write what was made."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from goodstanding.app.case_file_story import read_story
from goodstanding.cli.acting import example
from goodstanding.cli.demo.folder import write_folder
from goodstanding.cli.demo.play import DECIDED_ON, Act, appeal_of_2018, appeal_of_one_ad, decided, morning, opened
from goodstanding.cli.demo.results import CaseOnDate, Played, Tried, case_on_date, elements_of
from goodstanding.cli.demo.stage import Stage, case_text, material, stage
from goodstanding.cli.demo.telling import tell
from goodstanding.cli.output import AsJson, print_json
from goodstanding.kernel.ids import CaseId
from goodstanding.kernel.instants import instant

STORY_BEGINS = instant("2017-05-15")
DESIGNATION_DAYS = timedelta(days=30)


def add_to(app: typer.Typer) -> None:
    """Add this verb to the command line."""
    app.command("demo", epilog=example("goodstanding demo --out out"))(demo)


def demo(
    *,
    out: Annotated[Path, typer.Option(help="Where to write; what the demo wrote there before is replaced.")] = Path(
        "out"
    ),
    as_json: AsJson = False,
) -> None:
    """Replay the advertising ban of 2018 and other real cases: the story, the statements, the receipts, the proofs."""
    for name in ("desk", "other-desk"):
        shutil.rmtree(out / name, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        ours = stack.enter_context(stage(out / "desk", origin="demo.example/desk", policy="ads.md", start=STORY_BEGINS))
        other = stack.enter_context(
            stage(out / "other-desk", origin="demo.example/other-desk", policy="designation.md", start=STORY_BEGINS)
        )
        played = play(ours, other, quiet=as_json)
        write_folder(out, ours, other, played)
    if as_json:
        print_json(played.document())
    else:
        tell(played, out)


def play(ours: Stage, other: Stage, *, quiet: bool) -> Played:
    """Play every act in the order of its time, and look at each case at the end of each of its days."""
    cases = {name: material(name, ours.vocabulary) for name in DECIDED_ON}
    stories = {name: read_story(case_text(f"{name}_story.yaml"), file=f"{name}_story.yaml") for name in cases}
    acts: list[Act] = []
    looks: list[CaseOnDate] = []
    for name, case in cases.items():
        acts.append(opened(ours, case, instant(DECIDED_ON[name][0])))
        acts.extend(decided(ours, case, morning(day), policy="ads") for day in DECIDED_ON[name])
        acts.extend(_looked(ours, case.case.id, day, looks) for day in case.as_of if case.case is not None)
    acts.extend(appeal_of_one_ad(ours, cases["c06"], morning("2017-10-10")))
    acts.extend(appeal_of_2018(ours, stories["c01"], morning("2018-04-20") + timedelta(minutes=1)))
    tried = _play_all(ours, acts, quiet=quiet)
    return Played(
        cases=tuple(sorted(looks, key=lambda look: (look.case, look.as_of))),
        variants=tuple(_under_designation(other)),
        tried=tuple(tried),
        elements=elements_of(ours.state),
        materials=tuple(cases.values()),
        stories={name.upper(): story for name, story in stories.items()},
        vocabulary=ours.vocabulary,
    )


def _looked(ours: Stage, case: str, day: object, looks: list[CaseOnDate]) -> Act:
    """A look at a case at the end of a day."""
    at = instant(f"{day:%Y-%m-%d}") + timedelta(hours=23, minutes=59)

    def play() -> list[Tried]:
        looks.append(case_on_date(ours.state, CaseId(case), at))
        return []

    return Act(at=at, play=play)


def _play_all(on: Stage, acts: list[Act], *, quiet: bool) -> list[Tried]:
    """Play acts in the order of their time."""
    tried: list[Tried] = []
    console = Console(stderr=True, quiet=quiet)
    for act in track(sorted(acts, key=lambda act: act.at), "replaying the cases", console=console, transient=True):
        on.at(act.at)
        tried.extend(act.play())
    return tried


def _under_designation(other: Stage) -> list[CaseOnDate]:
    """The same evidence under a published rule on owners under a security designation: restricted in January 2018."""
    case = material("c01", other.vocabulary)
    looks: list[CaseOnDate] = []
    acts = [
        opened(other, case, instant("2018-01-01")),
        decided(
            other, case, instant("2018-01-01") + timedelta(minutes=1), policy="designation", notice=DESIGNATION_DAYS
        ),
        _looked(other, "C01", instant("2018-01-31"), looks),
    ]
    _play_all(other, acts, quiet=True)
    return looks
