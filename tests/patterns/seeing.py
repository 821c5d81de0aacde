"""A pattern as a reader without an account sees it."""

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from patterns.presentation import PatternView
from portal.reading import Reading


def seen(page, language="en"):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with translation.override(language):
        return PatternView(page, Reading(page, request))
