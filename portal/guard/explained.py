"""What the guard says to people about each kind of thing it finds."""

from django.utils.translation import gettext_lazy as _

from .hits import Kind

MESSAGES = {
    Kind.EMAIL: _("This looks like an e-mail address."),
    Kind.IBAN: _("This looks like an account number."),
    Kind.ID_NUMBER: _("This looks like the number of an identity card, a tax number or the like."),
    Kind.PHONE: _("This looks like a telephone number."),
    Kind.PLATE: _("This looks like a number plate."),
    Kind.ADDRESS: _("This looks like the address where somebody lives."),
    Kind.COORDINATES: _("This shows one place on the map so exactly that it may be somebody’s home."),
    Kind.PROFILE: _("This leads to a person on a social network."),
    Kind.ACCUSATION: _("This seems to accuse somebody who can be recognised."),
}
LABELS = {
    Kind.EMAIL: _("looks like an e-mail address"),
    Kind.IBAN: _("looks like an account number"),
    Kind.ID_NUMBER: _("looks like an identity number"),
    Kind.PHONE: _("looks like a telephone number"),
    Kind.PLATE: _("looks like a number plate"),
    Kind.ADDRESS: _("looks like somebody’s address"),
    Kind.COORDINATES: _("exact coordinates"),
    Kind.PROFILE: _("leads to a profile on a social network"),
    Kind.ACCUSATION: _("seems to accuse a person"),
}
# Of the page “House rules for comments”.
RULES = dict.fromkeys(Kind, 3) | {Kind.ACCUSATION: 1}
