# SPDX-License-Identifier: GPL-3.0-or-later
"""The logic gates as a student meets them: opened, trained in the worker, scored."""

from pathlib import Path

from app.core.samples import SAMPLES, create_sample
from app.jobs.messages import Finished, TrainRequest, TrainResult
from app.jobs.runner import JobRunner


def test_a_perceptron_learns_all_gates_but_xor_and_a_hidden_layer_learns_xor(
    tmp_path: Path,
) -> None:
    accuracies: dict[str, float] = {}
    with JobRunner() as runner:
        for name, sample in SAMPLES.items():
            project = create_sample(sample, tmp_path / name)
            outcome = runner.run(TrainRequest(str(project.folder), "run-1"))
            assert isinstance(outcome, Finished), outcome
            assert isinstance(outcome.result, TrainResult)
            scores = outcome.result.float_test
            assert scores is not None
            assert scores.classification is not None
            assert scores.windows == 4
            accuracies[name] = scores.classification.accuracy
    assert accuracies.pop("xor") < 1
    assert accuracies == {"and": 1, "or": 1, "nand": 1, "xor-hidden": 1}
