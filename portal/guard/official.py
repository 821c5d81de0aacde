"""What belongs to the public and not to a person: mailboxes, lines and accounts of institutions."""

import re
from collections.abc import Iterable

from django.conf import settings

# Mailboxes of a function. One with somebody's name is personal data even at the police.
FUNCTIONS = re.compile(
    r"(?:info|contact|press|presse|pers|prensa|premsa|stampa|secretariat|secretaria|secretariaat|segreteria|sekretariat|"
    r"office|mail|post|hello|help|support|privacy|dpo|dpd|avg|webmaster|redactie|redaktion|redaction|poststelle|"
    r"accueil|mairie|police|polizei|politie|policia|urp|protocollo|antifraud|wijkagent|prevention|preventie|"
    r"participation|participatie|atencion|atencio|ciudadania|ciutadania|oac|buzon|bustia|contacto|contacte|contatti|"
    r"kontakt|kommunikation|communication|communicatie|comunicacion|comunicazione|gemeente|loket|klantcontact)[\w-]*",
    re.IGNORECASE,
)
# Parts of the name of an account that only authorities, media and associations carry.
BODIES = re.compile(
    r"polic|politi|polizei|polizia|gendarm|carabin|mossos|guardia|ertzain|garda|rijkspol|wijkagent|"
    r"gemeente|stad(?:s|$|_)|stadt|mairie|ville|commune|comune|ajunt|ayunt|ayto|council|city|citta|ciutat|municip|"
    r"prefet|prefect|gov|gouv|minist|europol|interpol|efus|bellingcat|observat|burger|buurt|watch|brandweer|"
    r"pompier|bomber|feuerwehr|vigili|institut|univers|press|nieuws|news|info|diari|krant|"
    r"zeitung|journal|fiscal|openbaar|emergenc|emergen|112|europe|commission|parliament|crimestop|veiligheid|securit|"
    r"seguret|segurid|sicurezza|sicherheit|association|asso_|vereniging|verein|associa|project|forum",
    re.IGNORECASE,
)


def is_official_mail(address: str) -> bool:
    """Whether an address is that of a function at a domain of the allow-list (GUARD_OFFICIAL_DOMAINS)."""
    local, _at, domain = address.rpartition("@")
    return bool(FUNCTIONS.fullmatch(local)) and _is_below(domain.lower().rstrip("."), settings.GUARD_OFFICIAL_DOMAINS)


def is_official_account(handle: str) -> bool:
    return bool(BODIES.search(handle))


def _is_below(domain: str, allowed: Iterable[str]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in allowed)
