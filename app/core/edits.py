# SPDX-License-Identifier: GPL-3.0-or-later
"""Every change to a document, as a pure function from one document to the next.

Spans are values: a caller names one by handing it back. Two rules hold after every edit:

- spans of one recording never overlap. **The span placed last wins**: what it covers of others is
  trimmed away, cut in two, or removed.
- ``Document.spans`` is ordered by recording id, then by start.

All functions raise :class:`DataError` where what they are asked for does not exist or makes no
sense, and leave the document they were given as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.core.document import ClassLabel, Document
from app.core.errors import DataError
from app.core.model_spec import ModelSpec
from app.core.recording import LARGEST_VALUE, Channel, LabelSpan, Part, RecordingInfo
from app.core.text import text
from app.core.training import DataConfig, Task, TrainingConfig

# --- spans -------------------------------------------------------------------------------------


def add_span(document: Document, span: LabelSpan) -> Document:
    """Lay ``span`` over its recording, clipped to it; its class is added where it is new."""
    fitted = _fitted(_recording(document, span.recording_id), span)
    document = _with_classes(document, [fitted.label])
    return replace(document, spans=_placed(document.spans, fitted))


def move_span(document: Document, span: LabelSpan, start: int) -> Document:
    """Move ``span`` so that it starts at sample ``start``, as far as its recording allows."""
    length = span.stop - span.start
    last = _recording(document, span.recording_id).length - length
    start = max(0, min(start, last))
    return _replaced(document, span, replace(span, start=start, stop=start + length))


def resize_span(document: Document, span: LabelSpan, start: int, stop: int) -> Document:
    """Give ``span`` new ends, clipped to its recording."""
    start, stop = max(0, start), min(stop, _recording(document, span.recording_id).length)
    if start >= stop:
        raise DataError(text("A label needs at least one sample."))
    return _replaced(document, span, replace(span, start=start, stop=stop))


def split_span(document: Document, span: LabelSpan, at: int) -> Document:
    """Cut ``span`` in two before sample ``at``."""
    if not span.start < at < span.stop:
        raise DataError(
            text("The label cannot be cut at sample {at}.", at=at),
            text("It runs from {start} to {stop}.", start=span.start, stop=span.stop),
        )
    left, right = replace(span, stop=at), replace(span, start=at)
    return replace(document, spans=_ordered((*_without(document, span), left, right)))


def delete_span(document: Document, span: LabelSpan) -> Document:
    """Take ``span`` away; its samples stay."""
    return replace(document, spans=_without(document, span))


def relabel_span(
    document: Document, span: LabelSpan, label: str, value: float | None = None
) -> Document:
    """Give ``span`` another class, or another number to learn."""
    without = replace(document, spans=_without(document, span))
    return add_span(without, replace(span, label=label, value=value))


def label_recording(
    document: Document, recording_id: str, label: str, value: float | None = None
) -> Document:
    """Label a whole recording, in place of every span it had."""
    length = _recording(document, recording_id).length
    return add_span(document, LabelSpan(recording_id, 0, length, label, value))


def spans_of(document: Document, recording_id: str) -> tuple[LabelSpan, ...]:
    """The spans of one recording, by start."""
    return tuple(span for span in document.spans if span.recording_id == recording_id)


# --- classes -----------------------------------------------------------------------------------


def add_class(document: Document, name: str) -> Document:
    """Add a class, in the lowest palette colour that no class has yet."""
    name = _usable(name)
    if _has_class(document, name):
        raise DataError(text("There is already a class named {name}.", name=name))
    return _with_classes(document, [name])


def rename_class(document: Document, old: str, new: str) -> Document:
    """Rename a class and the label of all its spans."""
    _class(document, old)
    new = _usable(new)
    if new != old and _has_class(document, new):
        raise DataError(
            text("There is already a class named {name}.", name=new),
            action=text("Merge the two classes if they mean the same."),
        )
    renamed = tuple(
        replace(label, name=new) if label.name == old else label for label in document.classes
    )
    return _relabelled(replace(document, classes=renamed), old, new)


def merge_classes(document: Document, source: str, into: str) -> Document:
    """Give all spans of class ``source`` to class ``into``; ``source`` goes."""
    _class(document, source)
    _class(document, into)
    if source == into:
        raise DataError(text("A class cannot be merged with itself."))
    remaining = tuple(label for label in document.classes if label.name != source)
    return _relabelled(replace(document, classes=remaining), source, into)


def delete_class(document: Document, name: str) -> Document:
    """Take a class and its spans away; the recordings stay, unlabelled there."""
    _class(document, name)
    return replace(
        document,
        classes=tuple(label for label in document.classes if label.name != name),
        spans=tuple(span for span in document.spans if span.label != name),
    )


# --- recordings --------------------------------------------------------------------------------


def add_recordings(
    document: Document, infos: Sequence[RecordingInfo], spans: Iterable[LabelSpan] = ()
) -> Document:
    """Add recordings and the spans over them, in one step however many they are."""
    known = {info.id for info in document.recordings}
    for info in infos:
        if info.id in known:
            raise DataError(text("There is already a recording with the id {id}.", id=info.id))
        known.add(info.id)
    added: dict[str, list[LabelSpan]] = {info.id: [] for info in infos}
    by_id = {info.id: info for info in infos}
    labels: dict[str, None] = {}
    for span in spans:
        if span.recording_id not in added:
            raise DataError(text("A label names a recording that is not being added."))
        fitted = _fitted(by_id[span.recording_id], span)
        labels[fitted.label] = None
        beside = added[span.recording_id]
        if not beside or beside[-1].stop <= fitted.start:
            beside.append(fitted)  # in order, as they nearly always are: no search needed
        else:
            added[span.recording_id] = list(_placed(beside, fitted))
    placed = (span for beside in added.values() for span in beside)
    document = replace(document, recordings=(*document.recordings, *infos))
    document = _with_classes(document, labels)
    return replace(document, spans=_ordered((*document.spans, *placed)))


def rename_recording(document: Document, recording_id: str, name: str) -> Document:
    """Give a recording another name; its id and file stay."""
    info = replace(_recording(document, recording_id), name=_usable(name))
    return replace(
        document,
        recordings=tuple(info if old.id == info.id else old for old in document.recordings),
    )


def set_channels(
    document: Document, recording_ids: Collection[str], channels: tuple[Channel, ...]
) -> Document:
    """Name the channels of recordings and their units, which a file often leaves out."""
    for recording_id in recording_ids:
        info = _recording(document, recording_id)
        if len(info.channels) != len(channels):
            raise DataError(
                text("{name} has {count} channels.", name=info.name, count=len(info.channels)),
                text("Names for {count} were given.", count=len(channels)),
            )
    named = tuple(Channel(_usable(channel.name), channel.unit.strip()) for channel in channels)
    if len({channel.name for channel in named}) != len(named):
        raise DataError(text("Two channels have the same name."))
    return replace(
        document,
        recordings=tuple(
            replace(info, channels=named) if info.id in recording_ids else info
            for info in document.recordings
        ),
    )


def set_part(document: Document, recording_ids: Collection[str], part: Part | None) -> Document:
    """Fix the part of recordings; ``None`` leaves it to the split."""
    for recording_id in recording_ids:
        _recording(document, recording_id)
    return replace(
        document,
        recordings=tuple(
            replace(info, part=part) if info.id in recording_ids else info
            for info in document.recordings
        ),
    )


def remove_recordings(document: Document, recording_ids: Collection[str]) -> Document:
    """Take recordings and their spans away. Classes stay, even empty ones."""
    for recording_id in recording_ids:
        _recording(document, recording_id)
    return replace(
        document,
        recordings=tuple(info for info in document.recordings if info.id not in recording_ids),
        spans=tuple(span for span in document.spans if span.recording_id not in recording_ids),
    )


# --- the rest ----------------------------------------------------------------------------------


def rename_project(document: Document, name: str) -> Document:
    return replace(document, name=_usable(name))


def set_task(document: Document, task: Task) -> Document:
    return replace(document, task=task)


def replace_data(document: Document, data: DataConfig) -> Document:
    return replace(document, data=data)


def replace_model(document: Document, model: ModelSpec | None) -> Document:
    """``None`` goes back to the default preset."""
    return replace(document, model=model)


def replace_training(document: Document, training: TrainingConfig) -> Document:
    return replace(document, training=training)


# --- helpers -----------------------------------------------------------------------------------


def _usable(name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise DataError(text("A name needs at least one visible character."))
    return name


def _recording(document: Document, recording_id: str) -> RecordingInfo:
    for info in document.recordings:
        if info.id == recording_id:
            return info
    raise DataError(text("There is no recording with the id {id}.", id=recording_id))


def _fitted(info: RecordingInfo, span: LabelSpan) -> LabelSpan:
    """``span`` clipped to its recording, its label tidied."""
    if span.start >= info.length:
        raise DataError(
            text("The label starts after the end of {name}.", name=info.name),
            text("The recording has {length} samples.", length=info.length),
        )
    if span.value is not None and not abs(span.value) <= LARGEST_VALUE:
        raise DataError(text("{value} is no number a network can learn.", value=span.value))
    label = _usable(span.label) if span.label else ""
    return replace(span, stop=min(span.stop, info.length), label=label)


def _has_class(document: Document, name: str) -> bool:
    return any(label.name == name for label in document.classes)


def _class(document: Document, name: str) -> None:
    if not _has_class(document, name):
        raise DataError(text("There is no class named {name}.", name=name))


def _with_classes(document: Document, names: Iterable[str]) -> Document:
    """Add the classes that are new; an empty label (a bare number to learn) is no class."""
    classes = list(document.classes)
    known = {label.name for label in classes}
    used = {label.color for label in classes}
    for name in names:
        if name and name not in known:
            color = next(color for color in range(len(used) + 1) if color not in used)
            classes.append(ClassLabel(name, color))
            known.add(name)
            used.add(color)
    return replace(document, classes=tuple(classes))


def _relabelled(document: Document, old: str, new: str) -> Document:
    spans = tuple(
        replace(span, label=new) if span.label == old else span for span in document.spans
    )
    return replace(document, spans=spans)


def _without(document: Document, span: LabelSpan) -> tuple[LabelSpan, ...]:
    remaining = tuple(other for other in document.spans if other != span)
    if len(remaining) == len(document.spans):
        raise DataError(text("The label is no longer there."))
    return remaining


def _replaced(document: Document, old: LabelSpan, new: LabelSpan) -> Document:
    return replace(document, spans=_placed(_without(document, old), new))


def _placed(spans: Iterable[LabelSpan], new: LabelSpan) -> tuple[LabelSpan, ...]:
    """``spans`` with ``new`` among them and nothing beneath it."""
    kept: list[LabelSpan] = [new]
    for span in spans:
        apart = span.recording_id != new.recording_id
        if apart or span.stop <= new.start or span.start >= new.stop:
            kept.append(span)
            continue
        if span.start < new.start:
            kept.append(replace(span, stop=new.start))
        if span.stop > new.stop:
            kept.append(replace(span, start=new.stop))
    return _ordered(kept)


def _ordered(spans: Iterable[LabelSpan]) -> tuple[LabelSpan, ...]:
    return tuple(sorted(spans, key=lambda span: (span.recording_id, span.start)))
