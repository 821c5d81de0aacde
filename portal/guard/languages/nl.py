"""Dutch of the Netherlands and Flanders."""

from .language import Language

ENDS = (
    r"(?:straat|straatje|weg|laan|lei|plein|gracht|kade|kaai|dijk|steeg|singel|dreef|plantsoen|hof|hofje|pad|baan|markt|wal|"
    r"burgwal|vest|veld|ring|park|kamp|akker|berg|brink|erf|oord|rade|horst|burg|poort|haven|werf|steenweg|stwg|boulevard|"
    r"str\.?|ln\.?|wg\.?|pln\.?|voorhout|zicht|donk|heide|gaard|gaarde|tuin|meent|hoek|beek|sloot|kreek|vaart|wetering|bos|weide)"
)

WORDS = Language(
    code="nl",
    regions=("NL", "BE"),
    numbers=(
        "nul|zero een|één|eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    ),
    bare_mobile=r"6[ -]\d{8}|4\d\d[ .]\d\d[ .]\d\d[ .]\d\d",
    streets=(
        rf"(?:\b{{cap}}\s+(?:(?:van|de|den|der|het|ten|ter|'t)\s+){{0,2}}){{0,2}}\b[^\W\d_][\w'’-]{{1,30}}{ENDS}\s*,?\s*(?:(?:op\s)?(?:nr\.?|nummer|no\.?|huisnummer)\s*)?{{num}}",
        rf"\b(?:{{cap}}\s+(?:(?:van|de|den|der|het|ten|ter)\s+){{0,2}}){{1,3}}{ENDS}\s*,?\s*(?:(?:op\s)?(?:nr\.?|nummer|no\.?)\s*)?{{num}}",
        r"\b(?:lange|korte|oude|nieuwe|grote|kleine|hoge|lage|noord|zuid|oost|west)\s+{cap}\s+(?:(?:nr\.?|nummer)\s*)?{num}",
        r"\b(?:op\s|aan\s|in\s)?(?:de|het)\s+{cap}\s+(?:nr\.?|nummer|huisnummer)\s*{num}",
        r"\b{cap}(?:\s{cap})?\s+(?:nr\.?\s*|nummer\s*)?{num},?\s+\d{4}\s?(?-i:[A-Z]{2})\b",
        r"\b\d{4}\s?(?-i:[A-Z]{2})[\s,]+(?:huisnummer|nr\.?|nummer|op)?\s*{num}",
        rf"\b(?:nummer|nr\.?|huisnummer)\s*{{num}},?\s+(?:in|op|aan|van|bij)\s+(?:de|het)\s+[^\W\d_][\w'’-]{{1,30}}{ENDS}\b",
        r"(?:'t\s)?{cap}(?:\s{cap})?\s+{num},?\s+[1-9]\d{3}(?:\s?(?-i:[A-Z]{2}))?\s+{cap}",
        r"(?-i:\b[A-Z][a-zé]{2,30}(?:pas|laar|schans|burcht|stee|hage|lust|tocht|dam|sluis|bleek|kolk|bergen|landen|velden|akkers|kampen|zoom|rand|wijk))\s+(?:nr\.?\s*|nummer\s*)?{num}",
        r"\b[Dd]e\s{cap}\s{num}\s(?:in|te)\s{cap}",
    ),
    foreign_streets=(
        r"(?-i:\b(?:[A-Z][\w'’.-]{1,40}\s+(?:(?:van|de|den|der|het|ten|ter)\s+){0,2}){0,2}[A-Z][\w'’-]{0,40}(?:straat|laan|weg|plein|gracht|kade|dijk|steeg|singel|dreef|steenweg|lei))\s*,?\s*(?:(?:nr\.?|n[°º]|no\.?|number)\s*)?{num}",
        r"(?-i:\b(?:Lange|Korte|Oude|Nieuwe)\s+[A-Z][\w'’-]{1,40})\s+{num}",
    ),
    lives_at=(
        r"\b(?:woon\w*|wonen\w*|huist|verblijft|zit|adres|thuis)\b[^.!?\n\d]{0,30}?(?:op|in|nr\.?|nummer|huisnummer|:)\s*(?:(?:nr\.?|nummer|huisnummer|huis|flat)\s*)?{num}"
        r"(?!\s?(?:jaar|meter|km|minuten|mensen|personen|maanden|uur|verdieping|hoog|graden|leden|kinderen|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december))",
        r"\b(?:van|op|bij|uit)\s(?:huis)?(?:nummer|nr\.?)\s*{num}",
        r"\b(?:buur(?:man|vrouw|jongen|meisje)?|buren|gozer|vent|kerel|familie|bewoners?|man|vrouw)\s+(?:van|op)\s+{num}(?!\s?(?:jaar|km|meter|euro|uur|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december))",
    ),
)
