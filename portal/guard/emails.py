"""E-mail addresses, plain and written around."""

import re
from collections.abc import Iterator

from .official import is_official_mail

Span = tuple[int, int]

AT_WORDS = r"at|ät|arr?oba[sz]e?|apenstaartje|apestaart|klammeraffe|chiocciola|arroba|arrova|rovell"
DOT_WORDS = r"dot|punt|punto|point|punkt|ponto"
OPEN, CLOSE = r"[(\[{<_*/|-]", r"[)\]}>_*/|-]"
DOMAIN = r"[\w-]{1,63}"

PLAIN = re.compile(rf"(?<![\w@.+-])[\w.+'%-]{{1,64}}(?:@|[ ]@[ ]|@[ ])(?:{DOMAIN}[.]){{1,4}}[^\W\d_]{{2,24}}(?![\w@])")
# Parted or with a comma where the dot should be: only before the ends of addresses that everybody has.
ENDS = r"com|net|org|info|eu|nl|be|fr|de|it|es|cat|uk|co\.uk|lu|ch|at|pt|ie|pl|ro|bg|dk|se|no|fi|gr|cz|hu|me|io|tv|biz|ad|bzh|eus|gal|brussels|vlaanderen|berlin|bayern|paris|amsterdam|barcelona|madrid"
LOOSE = re.compile(
    rf"(?<![\w@.+-])[\w.+-]{{1,64}}(?:@|\s{{1,2}}@\s{{1,2}}|@\s{{1,2}}){DOMAIN}(?:\s?[.,]\s?{DOMAIN}){{0,2}}\s?[.,]\s?(?:{ENDS})(?!\w)",
    re.IGNORECASE,
)
# "jan [at] voorbeeld dot nl", "jan arroba correo punto es", "jan_at_mail.nl"
AT = rf"(?:\s{{0,2}}{OPEN}\s?(?:{AT_WORDS}|a|@|chez)\s?{CLOSE}\s{{0,2}}|\s(?:{AT_WORDS})\s|@\s?|\s@\s|(?<=\w)\#(?=\w))"
DOT = rf"(?:\s{{0,2}}{OPEN}\s?(?:{DOT_WORDS}|\.)\s?{CLOSE}\s{{0,2}}|\s(?:{DOT_WORDS})\s|\s?\.\s?)"
AROUND = re.compile(
    rf"(?<![\w@.+'-])[\w.+'-]{{1,64}}(?P<at>{AT})(?P<domain>{DOMAIN}(?:{DOT}{DOMAIN}){{0,2}})(?P<dot>{DOT})(?P<end>{ENDS})(?!\w)",
    re.IGNORECASE,
)
PROVIDERS = re.compile(
    r"(?:g ?mail|google ?mail|hot ?mail|outlook|live|msn|yahoo|ymail|icloud|me|mac|proton(?:mail)?|pm|tutanota|tuta|gmx|"
    r"web|t-online|freenet|posteo|mailbox|aol|orange|wanadoo|free|sfr|laposte|bbox|neuf|skynet|telenet|proximus|"
    r"ziggo|kpn\w*|xs4all|planet|home|casema|upcmail|hetnet|chello|libero|tiscali|virgilio|alice|tin|fastwebnet|"
    r"telefonica|movistar|terra|ono|btinternet|bt|sky|virginmedia|talktalk|mail|email|bluewin|fastmail|zoho|yandex)\b",
    re.IGNORECASE,
)
# Read aloud: "fabienne tiret roux chez gmail point com", "oriol guió baix tarragó a icloud punt com".
SIGNS = (
    r"underscore|dash|hyphen|tiret(?:\s(?:du\s)?bas)?|laag\sstreepje|streepje|liggend\sstreepje|unterstrich|bindestrich|"
    r"minus|trattino(?:\sbasso)?|gui[oó]n(?:\sbajo)?|gui[oó](?:net|\sbaix)?|barra\sbaixa"
)
ALOUD = re.compile(
    rf"(?<![\w@.+'-])[\w.+'-]{{1,64}}(?:\s(?:{SIGNS}|{DOT_WORDS})\s[\w+-]{{1,64}}){{0,4}}\s(?:{AT_WORDS}|chez|à|a|bei|bij|presso)\s"
    rf"(?P<domain>{DOMAIN})(?:\s(?:{DOT_WORDS})\s|\s?\.\s?)(?P<end>{ENDS}|in|us|ca|au|nz|za|mx|ar|cl|tr|ma)(?!\w)",
    re.IGNORECASE,
)
MAIL_WORDS = re.compile(
    r"\b(?:e-?mail\w*|mails?|mailen|mailto|correo|courriel|posta|adres\w*|adress\w*|correu)\W*$", re.IGNORECASE
)


def find(text: str) -> Iterator[Span]:
    if "@" in text:
        for pattern in (PLAIN, LOOSE):
            for match in pattern.finditer(text):
                if not is_official_mail(re.sub(r"\s", "", match.group())):
                    yield match.span()
    for match in ALOUD.finditer(text):
        if PROVIDERS.match(match["domain"]):
            yield match.span()
    for match in AROUND.finditer(text):
        if _is_meant(text, match) and not is_official_mail(_written_out(match)):
            yield match.span()


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """ "Look at example.com" is no address; "jan at gmail.com" and "jan at example dot com" are."""
    at, dot = match["at"].strip(), match["dot"].strip()
    if at == "#":
        return bool(PROVIDERS.match(match["domain"]))
    if "@" in at or not at.isalpha() or at.lower() not in {"at", "ät"}:
        return at != "" and (dot != "." or "\n" not in match["domain"])
    if dot != "." or PROVIDERS.match(match["domain"]):
        return True
    return bool(MAIL_WORDS.search(text, max(0, match.start() - 30), match.start()))


def _written_out(match: re.Match[str]) -> str:
    local = match.group()[: match.start("at") - match.start()]
    domain = re.sub(rf"(?i){DOT}", ".", match["domain"])
    return f"{local}@{domain}.{match['end']}"
