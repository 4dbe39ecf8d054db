# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes every picture in ``docs/images``: the real window, the simulated board, a real training.

    python -m docs.make_screenshots [FOLDER]

Each page is shown light and dark, 1280 by 800, and one in Korean. The window opens on a virtual
display of its own, so that a picture does not depend on the user's screen.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QWidget

from app.core import edits
from app.core.board import VIRTUAL
from app.core.board_settings import Action, ActionKind
from app.core.project import NewRecording, Project
from app.core.recording import LabelSpan, Part
from app.core.runs import list_runs, new_run_id
from app.core.text import text
from app.deploy.sample_gestures import RATE_HZ, create_gestures_sample
from app.deploy.simulated_hand import CHANNELS, SimulatedHand
from app.gui.application import Application
from app.gui.board import SIMULATED
from app.gui.i18n import Language
from app.gui.pages.capture import CapturePage
from app.gui.pages.deploy import DeployPage
from app.gui.pages.label import LabelPage
from app.gui.pages.live import LivePage
from app.gui.steps import STEPS
from app.gui.theme import ThemeChoice
from app.gui.widgets.hand_strip import HandStrip
from app.jobs.messages import Finished, Outcome, TrainRequest
from benchmarks.real_window import let_run, real_window, wait_until
from benchmarks.virtual_display import display

IMAGES = Path(__file__).resolve().parent / "images"
SIZE = (1280, 800)
SETTINGS_HEIGHT = 840
"""All cards of the board's settings."""
SETTLE_S = 1.5
"""Thumbnails, previews and sums are made in the background."""
WATCHED = (("idle", 2.0), ("circle", 4.0), ("wave", 4.5))
"""What the simulated hand does before a picture of the live signal: enough to fill the plot."""
HURRIED_EPOCHS = 8
JOB_S = 600.0
ACTIONS = (
    Action(1, ActionKind.PULSE, 13, 500, windows=3),
    Action(4, ActionKind.PRINT, text="somebody waves"),
)
PLAYED = (("idle", 3), ("circle", 6), ("idle", 2), ("shake", 5), ("idle", 2), ("wave", 6))
"""The recording that the Label page shows: who does what for how many seconds."""


def played_take(seed: int) -> NewRecording:
    """One recording of several gestures, each labelled."""
    hand = SimulatedHand(seed, holding=2)
    pieces: list[np.ndarray] = []
    spans: list[LabelSpan] = []
    at = 0
    for gesture, seconds in PLAYED:
        hand.act(gesture, seed)
        count = round(seconds * RATE_HZ)
        pieces.append(hand.samples(count, RATE_HZ))
        spans.append(LabelSpan("", at, at + count, gesture))
        at += count
    return NewRecording(
        "everything once",
        CHANNELS,
        RATE_HZ,
        np.concatenate(pieces),
        source=str(text("simulated hand, holding {holding}", holding=2)),
        part=Part.TRAINING,
        spans=tuple(spans),
    )


def make_project(folder: Path) -> Project:
    """The gestures sample with one more recording."""
    project = create_gestures_sample(folder)
    project.add_recording(played_take(7))
    return project


class Photographer:
    """Drives one application and takes its pictures."""

    def __init__(self, application: Application, folder: Path) -> None:
        self._application = application
        self._studio = application.studio
        self._folder = folder

    def take(self, name: str) -> None:
        """Save what the window shows now."""
        window = self._application.window
        window.notifications.hide()
        let_run(0.2)
        self._save(window, name)

    def _save(self, widget: QWidget, name: str) -> None:
        path = self._folder / f"{name}.png"
        if not widget.grab().save(str(path), "PNG", 0):
            raise OSError(f"{path} cannot be written")

    def show(self, step: str) -> None:
        """Bring a page to the front and let it fill."""
        window = self._application.window
        window.resize(*SIZE)
        window.show_page(step)
        wait_until(lambda: window.current_page is not None and window.wanted == step)
        let_run(SETTLE_S)

    def dress(self, choice: ThemeChoice, language: Language) -> None:
        """Another look, in another window."""
        self._application.set_theme(choice)
        self._application.set_language(language)
        let_run(SETTLE_S)

    def train(self, epochs: int | None = None) -> str:
        """Train through the studio; the id of the run. ``None`` takes the project's own epochs."""
        studio, project = self._studio, self._studio.project
        if project is None:
            raise RuntimeError("no project is open")
        before = studio.document.training
        if epochs is not None:
            hurried = replace(before, epochs=epochs)
            studio.edit(edits.replace_training(studio.document, hurried), text("Hurry"))
        run_id = new_run_id(run.id for run in list_runs(project.folder).runs)
        outcomes: list[Outcome] = []
        listening = studio.jobs.ended.connect(lambda _request, outcome: outcomes.append(outcome))
        studio.start_job(TrainRequest(str(project.folder), run_id))
        wait_until(lambda: bool(outcomes), JOB_S)
        studio.jobs.ended.disconnect(listening)
        if not isinstance(outcomes[0], Finished):
            raise SystemExit(f"The training did not finish: {outcomes[0]}")
        studio.edit(edits.replace_training(studio.document, before), text("Hurry no more"))
        return run_id

    def deploy(self, run_id: str) -> None:
        """Bring a run onto the simulated board."""
        self._studio.deployment.start(run_id, VIRTUAL.id)
        wait_until(lambda: self._studio.deployment.outcome is not None, JOB_S)
        if not self._studio.deployment.finished:
            raise SystemExit(f"The deployment did not finish: {self._studio.deployment.outcome}")

    def all_pages(self, suffix: str) -> None:
        """A picture of each of the six steps."""
        for step in STEPS:
            self.show(step.id)
            match self._application.window.current_page:
                case CapturePage() as capture:
                    capture.card.label.setCurrentText("wave")
                    self._move(capture.hand)
                case LabelPage() as label:
                    project = self._studio.document
                    label.recordings.show_recording(project.recordings[-1].id)
                    let_run(SETTLE_S)
                case LivePage() as live:
                    live.start.click()
                    self._move(live.hand)
                case _:
                    pass
            self.take(f"{step.id}-{suffix}")

    def board_settings(self, suffix: str) -> None:
        """A picture of what the board keeps, with an action and a sensor that is left out."""
        self.show("deploy")
        page = self._application.window.current_page
        if not isinstance(page, DeployPage):
            raise TypeError(f"the Deploy page is not there, but {page}")
        wait_until(page.tools.settings.isEnabled)
        page.tools.settings.click()
        wait_until(lambda: page.tools.settings.dialog is not None)
        dialog = page.tools.settings.dialog
        if dialog is None:
            raise RuntimeError("the board's settings are not there")
        dialog.sensors.boxes["switches"].setChecked(False)
        for action in ACTIONS:
            dialog.actions_card.rows.add(action)
        dialog.power.runs.setChecked(True)
        dialog.resize(dialog.width(), SETTINGS_HEIGHT)
        let_run(SETTLE_S)
        self._save(dialog, f"board-settings-{suffix}")
        dialog.reject()

    def _move(self, hand: HandStrip) -> None:
        """Let the simulated hand do one thing after another."""
        for gesture, seconds in WATCHED:
            hand.buttons[gesture].click()
            let_run(seconds)


def photograph(application: Application, project: Project, folder: Path) -> None:
    photographer = Photographer(application, folder)
    studio = application.studio
    application.window.resize(*SIZE)
    let_run(SETTLE_S)
    photographer.take("welcome-light")
    studio.take_project(project)
    studio.board.connect_to(SIMULATED, studio.settings.baud)
    wait_until(lambda: studio.board.session is not None)
    photographer.train(HURRIED_EPOCHS)
    run_id = photographer.train()
    photographer.deploy(run_id)
    photographer.all_pages("light")
    photographer.board_settings("light")
    photographer.dress(ThemeChoice.DARK, Language.ENGLISH)
    photographer.all_pages("dark")
    photographer.dress(ThemeChoice.LIGHT, Language.KOREAN)
    photographer.show("train")
    photographer.take("train-korean")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=IMAGES)
    folder: Path = options.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, display(own=True):
        project = make_project(Path(home, "gestures"))
        with real_window(Path(home)) as application:
            photograph(application, project, folder)
    total = sum(path.stat().st_size for path in folder.glob("*.png"))
    print(f"{len(list(folder.glob('*.png')))} pictures, {total / 1e6:.1f} MB, in {folder}")


if __name__ == "__main__":
    main()
