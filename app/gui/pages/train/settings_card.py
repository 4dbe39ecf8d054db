# SPDX-License-Identifier: GPL-3.0-or-later
"""How the network is trained, as a form. Each settled field is one step to undo."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QGridLayout, QWidget

from app.core.text import Text, text
from app.core.training import LOSSES, Loss, Optimizer, Task, TrainingConfig
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.train.augment_fields import AugmentFields
from app.gui.pages.train.fields import captioned, choice, show_choices, small_number, whole_number
from app.gui.widgets.card import Card, label, line

_OPTIMIZERS = {
    Optimizer.ADAM: (
        text("Adam"),
        text("Gives every weight a step of its own, with momentum. The usual first choice."),
    ),
    Optimizer.SGD: (
        text("SGD"),
        text(
            "Stochastic gradient descent: a step downhill for each batch. Simple, and with "
            "momentum often the best in the end."
        ),
    ),
    Optimizer.RMSPROP: (
        text("RMSprop"),
        text("Divides each weight's step by how large its gradients have lately been."),
    ),
    Optimizer.ADAGRAD: (
        text("Adagrad"),
        text("As RMSprop, but never forgets: its steps only get smaller."),
    ),
}
_LOSSES = {
    Loss.CATEGORICAL_CROSSENTROPY: (
        text("Categorical cross-entropy"),
        text("How surprised the network is by the right class. The usual loss for classes."),
    ),
    Loss.SPARSE_CATEGORICAL_CROSSENTROPY: (
        text("Sparse categorical cross-entropy"),
        text("The same figure, with the class as a number in place of a one-hot row."),
    ),
    Loss.BINARY_CROSSENTROPY: (
        text("Binary cross-entropy"),
        text("Cross-entropy for a single probability: yes or no."),
    ),
    Loss.MSE: (
        text("Mean squared error"),
        text("The mean of the squared errors: large errors weigh most."),
    ),
    Loss.MAE: (
        text("Mean absolute error"),
        text("The mean size of the errors: single wild values weigh little."),
    ),
}


class SettingsCard(Card):
    """``changed(TrainingConfig, Text)``: the settings, and the name of the step."""

    changed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(tr("Training"))
        self._config = TrainingConfig()
        self._task = Task.MULTICLASS
        self._windows: int | None = None
        self._make_step_fields()
        self._make_run_fields()
        self.augment = AugmentFields()
        self.augment.changed.connect(self._setter("augment", text("Change augmentation")))
        self.updates = label("", "caption", wrap=True)
        self.updates.setToolTip(
            tr(
                "An update is one step downhill. Each batch makes one, so an epoch makes as many "
                "as there are batches: training windows ÷ batch size, rounded up."
            )
        )
        self._lay_out()

    def show_training(self, config: TrainingConfig, task: Task) -> None:
        """Show ``config``, without sending it."""
        self._config, self._task = config, task
        show_choices(self.optimizer, list(_OPTIMIZERS.values()))
        self.optimizer.setCurrentIndex(list(_OPTIMIZERS).index(config.optimizer))
        losses = LOSSES[task]
        show_choices(self.loss, [_LOSSES[each] for each in losses])
        fits = config.loss is None or config.loss in losses
        self.loss.setCurrentIndex(losses.index(config.loss or losses[0]) if fits else -1)
        for field, value in (
            (self.rate, config.learning_rate),
            (self.momentum, config.momentum),
        ):
            field.show_number(value)
        for field, count in (
            (self.batch, config.batch_size),
            (self.epochs, config.epochs),
            (self.patience, config.patience),
            (self.seed, config.seed),
        ):
            field.show_number(count)
        for box, on in (
            (self.nesterov, config.nesterov),
            (self.class_weights, config.class_weights),
        ):
            box.setChecked(on)
        descends = config.optimizer is Optimizer.SGD
        self._momentum_row.setVisible(descends)
        self.nesterov.setVisible(descends)
        self.class_weights.setVisible(task is not Task.REGRESSION)
        self.augment.show_augment(config.augment)
        self._show_updates(config.batch_size)

    def settle(self) -> None:
        """Take what is still being typed: a shortcut leaves the field without telling it."""
        for field in self.findChildren(QAbstractSpinBox):
            field.interpretText()

    def show_windows(self, training: int | None) -> None:
        """How many windows train; ``None`` while nobody knows."""
        self._windows = training
        self._show_updates(self.batch.value())

    # --- building ----------------------------------------------------------------------------

    def _make_step_fields(self) -> None:
        self.optimizer = choice()
        self.optimizer.activated.connect(self._set_optimizer)
        self.loss = choice()
        self.loss.activated.connect(self._set_loss)
        self.rate = small_number(1e-6, 10.0)
        self.rate.valueChanged.connect(self._setter("learning_rate", text("Change learning rate")))
        self.momentum = small_number(0.0, 0.999)
        self.momentum.valueChanged.connect(self._setter("momentum", text("Change momentum")))
        self.nesterov = QCheckBox(tr("Nesterov"))
        self.nesterov.setToolTip(
            tr("Looks where momentum is about to carry it, and takes the slope there.")
        )
        self.nesterov.clicked.connect(self._setter("nesterov", text("Change Nesterov")))

    def _make_run_fields(self) -> None:
        self.batch = whole_number(1, 4096)
        self.batch.valueChanged.connect(self._setter("batch_size", text("Change batch size")))
        self.batch.lineEdit().textEdited.connect(self._preview_updates)
        self.epochs = whole_number(1, 100_000)
        self.epochs.valueChanged.connect(self._setter("epochs", text("Change epochs")))
        self.patience = whole_number(0, 100_000)
        self.patience.setSpecialValueText(tr("never"))
        self.patience.valueChanged.connect(self._setter("patience", text("Change early stopping")))
        self.seed = whole_number(0, 2**31 - 1)
        self.seed.valueChanged.connect(self._setter("seed", text("Change seed")))
        self.class_weights = QCheckBox(tr("Class weights"))
        self.class_weights.setToolTip(
            tr("Lets each window of a rare class count for more, so that all classes weigh alike.")
        )
        self.class_weights.clicked.connect(
            self._setter("class_weights", text("Change class weights"))
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID * 2)
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._momentum_row = captioned(
            self.momentum,
            tr("Momentum"),
            tr(
                "How much of the last step is kept in the next, as a ball keeps rolling. 0 is none."
            ),
        )
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self._optimizer_row(), self._rate_row()),
            (self._momentum_row, self.nesterov),
            (self._batch_row(), self._epochs_row()),
            (self.updates,),
            (self._loss_row(),),
            (self._patience_row(), self._seed_row()),
            (self.class_weights,),
            (line(),),
            (self.augment,),
        )
        for row, widgets in enumerate(rows):
            for column, widget in enumerate(widgets):
                grid.addWidget(widget, row, column, 1, 3 - len(widgets) if not column else 1)
        self.content.addLayout(grid)

    def _optimizer_row(self) -> QWidget:
        return captioned(
            self.optimizer, tr("Optimizer"), tr("The rule by which the loss is followed downhill.")
        )

    def _rate_row(self) -> QWidget:
        return captioned(
            self.rate,
            tr("Learning rate"),
            tr(
                "How large a step each update takes. Too large and the loss jumps about or grows; "
                "too small and it hardly falls. 0.001 is a good start."
            ),
        )

    def _batch_row(self) -> QWidget:
        return captioned(
            self.batch,
            tr("Batch size"),
            tr(
                "How many windows the network looks at before it corrects its weights once. "
                "Smaller batches make more, and noisier, updates."
            ),
        )

    def _epochs_row(self) -> QWidget:
        return captioned(
            self.epochs,
            tr("Epochs"),
            tr("How often the network sees every training window, at most."),
        )

    def _loss_row(self) -> QWidget:
        return captioned(
            self.loss,
            tr("Loss"),
            tr("The figure that training makes small: how wrong the answers are."),
        )

    def _patience_row(self) -> QWidget:
        return captioned(
            self.patience,
            tr("Stop early after"),
            tr(
                "How many epochs may pass without a better validation loss. Training on would only "
                "learn by heart. The best epoch is kept either way."
            ),
            tr("epochs"),
        )

    def _seed_row(self) -> QWidget:
        return captioned(
            self.seed,
            tr("Seed"),
            tr("Fixes every random choice: the same seed gives the same training again."),
        )

    # --- sending -----------------------------------------------------------------------------

    def _set_optimizer(self, at: int) -> None:
        chosen = list(_OPTIMIZERS)[at]
        self._send(replace(self._config, optimizer=chosen), text("Change optimizer"))

    def _set_loss(self, at: int) -> None:
        """The task's own loss is kept as ``None``, so that it follows when the task changes."""
        chosen = LOSSES[self._task][at] if at else None
        self._send(replace(self._config, loss=chosen), text("Change loss"))

    def _setter(self, name: str, what: Text) -> Callable[[object], None]:
        """A slot that sends the settings with the field ``name`` changed, as the step ``what``."""
        return lambda value: self._send(replace(self._config, **{name: value}), what)

    def _send(self, config: TrainingConfig, what: Text) -> None:
        if config != self._config:
            self.changed.emit(config, what)

    def _preview_updates(self, typed: str) -> None:
        """While the batch size is being typed, before it is settled."""
        if typed.isdecimal() and int(typed):
            self._show_updates(int(typed))

    def _show_updates(self, batch: int) -> None:
        self.updates.setVisible(self._windows is not None)
        if self._windows is None:
            return
        an_epoch = math.ceil(self._windows / batch)
        self.updates.setText(
            tr(
                "{windows} windows in batches of {batch}: {updates} updates per epoch, {total} at "
                "most in all",
                windows=f"{self._windows:,}",
                batch=batch,
                updates=f"{an_epoch:,}",
                total=f"{an_epoch * self._config.epochs:,}",
            )
        )
