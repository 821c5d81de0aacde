"""Addresses at which nobody is, and mails that come back.

A mail server says so at once, or sends the mail back later; `manage.py mail_came_back` reads such a mail. Anybody can
invent one, so it counts only with the Message-ID of a letter that was written to that very address.
"""

import hmac
import re
from email.message import Message

from django.utils.crypto import salted_hmac

from ..checks import site_domain
from ..models import StoppedAddress

NOBODY = {550, 551, 553}  # where the server gives no finer code
FINER = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")


def is_nobody(code: int, words: str) -> bool:
    """Whether a refusal means the address itself (RFC 3463), not us or the letter."""
    if code < 500:
        return False
    if finer := FINER.search(words):
        return finer[1] == "1" or (finer[1], finer[2]) == ("2", "1")
    return code in NOBODY


def stop(address: str) -> None:
    StoppedAddress.objects.get_or_create(digest=digest(address))


def resume(address: str) -> None:
    StoppedAddress.objects.filter(digest=digest(address)).delete()


def has_stopped(address: str) -> bool:
    return StoppedAddress.objects.filter(digest=digest(address)).exists()


def digest(address: str) -> str:
    return salted_hmac("community.mail.stopped", address.strip().casefold(), algorithm="sha256").hexdigest()


def message_id(task: str, address: str) -> str:
    """The same for each attempt, and proof to us that the letter went to that address."""
    number = salted_hmac("community.mail", task, algorithm="sha256").hexdigest()[:24]
    return f"<{number}.{_proof(number, address)}@{_domain()}>"


def _domain() -> str:
    return site_domain().partition(":")[0]


def _proof(number: str, address: str) -> str:
    return salted_hmac("community.mail.to", f"{number} {address.casefold()}", algorithm="sha256").hexdigest()[:24]


def came_back(mail: Message) -> int:
    """Stop the addresses that a delivery report (RFC 3464) says are nobody's; how many."""
    ours = _returned(mail)
    refused = {address for address in _failed(mail) if any(_is_to(number, proof, address) for number, proof in ours)}
    for address in refused:
        stop(address)
    return len(refused)


def _is_to(number: str, proof: str, address: str) -> bool:
    return hmac.compare_digest(proof, _proof(number, address))


def _failed(mail: Message) -> set[str]:
    found = set()
    for part in mail.walk():
        action, status = str(part.get("Action", "")), str(part.get("Status", ""))
        kind, _semicolon, address = str(part.get("Final-Recipient", "")).partition(";")
        if action.strip().lower() == "failed" and kind.strip().lower() == "rfc822" and is_nobody(500, status):
            found.add(address.strip())
    return found


def _returned(mail: Message) -> set[tuple[str, str]]:
    """The parts of our own Message-ID, from the letter or its headers inside the report."""
    ours = re.compile(rf"^Message-ID:\s*<([0-9a-f]{{24}})\.([0-9a-f]{{24}})@{re.escape(_domain())}>", re.I | re.M)
    found = set()
    for part in mail.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            found |= set(ours.findall(part.as_string()))
    return found
