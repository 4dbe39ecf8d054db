# SPDX-License-Identifier: GPL-3.0-or-later
"""Trained projects, made once; copy them before changing them."""

import shutil

import pytest

from tests.helpers.trained_projects import convert, gestures_project, train


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """The folder of a project with a trained run."""
    folder = tmp_path_factory.mktemp("trained") / "project"
    gestures_project(folder).close()
    train(folder)
    return folder


@pytest.fixture(scope="session")
def converted(trained, tmp_path_factory):
    """The same with the run's board program."""
    folder = shutil.copytree(trained, tmp_path_factory.mktemp("converted") / "project")
    convert(folder)
    return folder
