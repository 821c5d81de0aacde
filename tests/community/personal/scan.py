"""Looks for words in every column of every table, also those that no model knows, such as a full-text index."""

from django.db import connection


def places(*words):
    """Where any of the words stands: `table.column`, with the beginning of what stands there."""
    wanted = [word.casefold() for word in words]
    found = []
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        assert len(names) > 100
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = read(value)
                    found += [f"{name}.{column}: {text[:150]}" for word in wanted if word in text]
    return found


def read(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", errors="ignore").casefold()
    text = str(value).casefold()
    return text + text.encode().decode("unicode_escape", errors="ignore") if "\\u" in text else text


def sessions_holding(*words):
    """Sessions are signed and compressed, so they are opened."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.sessions.models import Session

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    opened = [repr(store.decode(session.session_data)).casefold() for session in Session.objects.all()]
    return [text for text in opened for word in words if word.casefold() in text]
