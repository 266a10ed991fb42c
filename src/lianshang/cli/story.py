"""`lianshang pack story`: walk a practice as its users would, in a database of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from lianshang.cli import setup

if TYPE_CHECKING:
    from datetime import date

    from lianshang.story.grammar import Story
    from lianshang.story.playing import Outcome
    from lianshang.story.proving import StepVerdict
    from lianshang.story.stage import Stage

MANIFEST = "pack.yaml"
PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT, PACKAGED = PACKAGE.parents[1] / "packs", PACKAGE / "_data" / "packs"
NAME = typer.Argument(metavar="STORY", help="Id of a pack, its folder, or a story's file.")


def register(app: typer.Typer) -> None:
    app.command("story")(story)


def story(
    name: str = NAME,
    *,
    browser: bool = typer.Option(False, "--browser", help="In Chromium instead of over HTTP."),
    prove: bool = typer.Option(False, "--prove", help="Take each step away: it must then fail."),
    every: int = typer.Option(1, min=1, help="With --prove: only every so manieth step."),
    without: int = typer.Option(0, help="Leave out the step of this number."),
    keep: bool = typer.Option(False, "--keep", help="Keep the database and say its name."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object for machines."),
) -> None:
    """Play a story. Example: lianshang pack story xian-joint-consortium"""
    from lianshang.story.problems import StoryBroken

    try:
        told = _read(name)
        if without and without not in {step.number for step in told.steps}:
            raise typer.BadParameter(f"The story has {len(told.steps)} steps.")
        if browser:
            _require_browser()
        stage = make_stage(told)
        try:
            passed = (
                _prove(stage, every, as_json)
                if prove
                else _play(stage, browser, without, keep, as_json)
            )
        finally:
            _clear_away(stage, keep)
    except StoryBroken as error:
        setup.refuse(str(error))
    raise typer.Exit(0 if passed else 1)


def make_stage(told: Story) -> Stage:
    """The story's own database with its zone, people, pack and scenery."""
    from lianshang.core import postgres
    from lianshang.story import database

    setup.database()
    name = os.environ.get("LIANSHANG_STORY_DATABASE") or database.database_name(told.id)
    if "story" not in name:
        setup.refuse(f"LIANSHANG_STORY_DATABASE is {name!r}, and a story empties its database.")
    postgres.drop_database(name)
    database.point_at(name)
    setup.django()
    from django.core.management import call_command

    _settle_for_a_story()
    call_command("migrate", verbosity=0)
    return founded(told, name)


def founded(told: Story, template: str) -> Stage:
    """A stage in a database that has its schema."""
    from lianshang.cli.founding import sync_library
    from lianshang.story.stage import Stage

    stage = Stage(told, template, run_command, is_working)
    stage.set_up([sync_library, lambda: _install(told)])
    return stage


def run_command(arguments: Sequence[str]) -> int:
    """A `lianshang` command in this process; its exit code."""
    import click

    from lianshang.cli import app

    try:
        app(list(arguments), standalone_mode=False)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 1
    return 0


def is_working(day: date) -> bool:
    """Whether the zone's own calendar works on this day."""
    from lianshang.core.calendars.queries import calendar
    from lianshang.engines.worktime import DayKind

    return calendar().day(day).kind != DayKind.OFF


def _install(told: Story) -> None:
    """A story beside a pack.yaml is played with that pack and its scenery."""
    from lianshang.apps.practices.actions.installing import install_pack
    from lianshang.apps.practices.queries import shelf
    from lianshang.apps.practices.queries.problems import PackRefused
    from lianshang.story.problems import StoryBroken

    if not (told.folder / MANIFEST).is_file():
        return
    try:
        pack = shelf.find(str(told.folder.resolve()))
        install_pack(actor=None, pack=pack, with_scenery=True, reason="story")
    except PackRefused as error:
        raise StoryBroken(f"{told.folder / MANIFEST}: {' '.join(error.messages)}") from error


def _settle_for_a_story() -> None:
    """Mails stay in memory; made-up passwords need no slow hash."""
    from django.conf import settings

    settings.EMAIL_HOST = "story.invalid"  # the channel is there, and nothing leaves
    settings.DEFAULT_FROM_EMAIL = "zone@story.invalid"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _read(name: str) -> Story:
    from lianshang.story.reading import read_story

    given = Path(name)
    shelf = Path(os.environ.get("LIANSHANG_PACKS") or (CHECKOUT if CHECKOUT.is_dir() else PACKAGED))
    candidates = [given, given / "story.yaml", shelf / name / "story.yaml"]
    found = next((one for one in candidates if one.is_file()), None)
    if found is None:
        setup.refuse(f"There is no story “{name}”: give a pack's id, its folder, or a file.")
    return read_story(found)


def _require_browser() -> None:
    from importlib.util import find_spec

    from lianshang.story.chromium import chromium

    if find_spec("playwright") is None or chromium() is None:
        setup.refuse("No Chromium: install it, or set LIANSHANG_CHROMIUM; or leave --browser out.")


def _play(stage: Stage, browser: bool, number: int, keep: bool, as_json: bool) -> bool:
    from rich.console import Console

    from lianshang.story.proving import without
    from lianshang.story.stage import steps_for

    console = Console(stderr=True, highlight=False, markup=False, quiet=as_json)
    steps: Sequence[Any] = steps_for(stage.story, browser=browser)
    if number:
        steps = without(steps, number)
    outcome = stage.play(
        steps,
        browser=browser,
        keep=keep,
        told=lambda step: console.print(f"  {step.number:>3}  {step.told}"),
    )
    print(json.dumps(_as_json(outcome), ensure_ascii=False) if as_json else str(outcome))
    if keep:
        console.print(f"kept: LIANSHANG_DATABASE={stage.template}_run")
    return outcome.passed


def _as_json(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {
        "story": outcome.story.id,
        "passed": outcome.passed,
        "steps": outcome.done,
    }
    if outcome.step and outcome.failure:
        told["failure"] = {
            "step": outcome.step.number,
            "line": outcome.step.line,
            "told": outcome.step.told,
            "expected": outcome.failure.expected,
            "found": outcome.failure.found,
        }
    return told


def _prove(stage: Stage, every: int, as_json: bool) -> bool:
    from lianshang.story.proving import check_every_step
    from lianshang.story.stage import steps_for

    whole = stage.play(steps_for(stage.story, browser=False))
    if not whole.passed:
        print(json.dumps(_as_json(whole), ensure_ascii=False) if as_json else str(whole))
        return False
    verdicts = check_every_step(stage, (lambda one: None) if as_json else _tell, every=every)
    idle = [one.step.number for one in verdicts if not one.needed]
    if as_json:
        print(json.dumps({"story": stage.story.id, "steps": len(verdicts), "idle": idle}))
    else:
        told = f"without effect: {', '.join(map(str, idle))}" if idle else "each is needed"
        print(f"{stage.story.id}: {len(verdicts)} steps taken away, {told}")
    return not idle


def _tell(verdict: StepVerdict) -> None:
    print(f"{verdict}\n    {verdict.how}" if verdict.how else str(verdict), flush=True)


def _clear_away(stage: Stage, keep: bool) -> None:
    from django.core.files.storage import default_storage

    from lianshang.core import postgres
    from lianshang.story import database

    database.leave()
    postgres.drop_database(stage.template)
    if not keep:  # the folder bears the name of the story's database
        shutil.rmtree(default_storage.path(""), ignore_errors=True)
