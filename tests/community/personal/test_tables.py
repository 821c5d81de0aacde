"""Every table of the site says what becomes of what it holds about people."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models

from community.models import Member
from community.personal import tables

pytestmark = pytest.mark.django_db
NOT_WORDS = (
    models.AutoField,
    models.BooleanField,
    models.DateField,
    models.DurationField,
    models.FloatField,
    models.IntegerField,
    models.TimeField,
    models.UUIDField,
)
PEOPLE = {get_user_model(), Member}


def says_something(field):
    """Whether a column can hold words, a file, or lead to a person. What is not known to be harmless counts."""
    if field.is_relation:
        return field.related_model in PEOPLE
    if isinstance(field, models.CharField) and field.choices:
        return False
    return not isinstance(field, NOT_WORDS)


def models_that_matter():
    found = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return {model._meta.label for model in found if any(map(says_something, model._meta.local_concrete_fields))}


def test_every_model_is_registered_or_listed_with_a_reason():
    known = {table.model for table in tables.registered()} | set(tables.impersonal())
    unknown = models_that_matter() - known
    assert not unknown, "Say in community/personal/registered/ what becomes of it when its person asks for erasure."


def test_the_list_names_nothing_that_is_not_there():
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    tables_known = set(connection.introspection.table_names())
    for name in [*(table.model for table in tables.registered()), *tables.impersonal()]:
        assert name in labels or name in tables_known or name.startswith("search_text") or "fts" in name.lower(), name


def test_tables_without_a_model_are_listed_too():
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    of_models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    parts = ("_data", "_idx", "_content", "_docsize", "_config")  # of an FTS5 table
    alone = {name for name in present - of_models if name not in tables.impersonal()}
    alone -= {f"{name}{part}" for name in tables.impersonal() for part in parts}
    assert not alone


def test_what_the_database_would_leave_is_erased():
    """Deleting an account takes the rows along, or takes it out of them. Anything else needs a function."""
    erased = {table.model for table in tables.registered() if table.erase}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.related_model in PEOPLE:
                harmless = field.remote_field.on_delete in {models.CASCADE, models.SET_NULL}
                assert harmless or model._meta.label in erased, f"{model._meta.label}.{field.name}"


def test_whoever_is_named_in_a_row_gets_it_or_is_told_why_not():
    listed = {table.model: table for table in tables.registered()}
    for model in apps.get_models(include_auto_created=True):
        if any(f.is_relation and f.related_model in PEOPLE for f in model._meta.local_concrete_fields):
            assert model._meta.label in listed, f"{model._meta.label} leads to a person"
    names = [table.name for table in listed.values() if table.name]
    assert len(names) == len(set(names))
    assert all(table.erased and table.kept for table in listed.values())


def test_a_model_is_listed_once_and_with_all_it_needs():
    with pytest.raises(ValueError, match="already"):
        tables.nothing_personal("Twice.", "community.Member")
    with pytest.raises(ValueError, match="says why it is not"):
        tables.register("content.LoadedRecordOfTests", erased="x", kept="x")
