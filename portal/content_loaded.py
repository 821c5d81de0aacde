"""Sent when the first content has been loaded, for what features make of it beside pages."""

from django.dispatch import Signal

content_loaded = Signal()
