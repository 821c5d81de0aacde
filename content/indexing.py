"""Keeps the indexes of the Wagtail admin out of a load and brings them up to date once, at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_instance, get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end(say: Callable[[str], None]) -> Iterator[None]:
    """Index what was saved inside, once and in bulk, instead of at every save."""
    saved: dict[tuple[type[Model], object], None] = {}

    def note(sender: type[Model], instance: Model, **kwargs: object) -> None:
        saved[sender, instance.pk] = None

    models = get_indexed_models()
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    post_save.connect(note)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(note)
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)
    say("Indexes for the editors")
    _index(saved)


def _index(saved: dict[tuple[type[Model], object], None]) -> None:
    by_model: dict[type[Model], list[object]] = {}
    for model, pk in saved:
        by_model.setdefault(model, []).append(pk)
    for model, pks in by_model.items():
        instances = list(model._default_manager.filter(pk__in=pks))
        if ReferenceIndex.model_is_indexable(model):
            for instance in instances:
                ReferenceIndex.create_or_update_for_object(instance)
        if model in get_indexed_models():
            _search_index(model, instances)


def _search_index(model: type[Model], instances: list[Model]) -> None:
    indexed = [found for instance in instances if (found := get_indexed_instance(instance, check_exists=False))]
    for backend in get_search_backends(with_auto_update=True):
        backend.get_index_for_model(model).add_items(model, indexed)
