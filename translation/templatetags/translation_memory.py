"""How suggestions and changed texts are shown."""

from django import template

from portal.languages import language_name
from translation.checks.pair import plain

register = template.Library()
register.filter("own_name", language_name)
register.filter("plain", plain)
