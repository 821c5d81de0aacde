"""Catalan of Catalonia, Valencia, the Balearic Islands and Andorra."""

from .language import Language

STREET = (
    r"(?:carrer|c/|c\.|cr\.?|avinguda|av\.?|avda\.?|avgda\.?|plaça|pl\.?|passeig|pg\.?|passatge|ptge\.?|rambla|rbla\.?|ronda|"
    r"carretera|ctra\.?|camí|cami|travessera|travessia|carreró|baixada|pujada|torrent|via|urbanització|urb\.?|barri|raval|"
    r"calle|riera|moll|costa|placeta|jardins|gran\svia|polígon)"
)
LINK = r"(?:(?:de|del|dels|d|la|les|el|els|l|en|na|sant|santa|ses|es|sa)(?:['’]\s?|\s+))"
NUMBER = r"(?:(?:al\s)?(?:n[.°ºoú]+m?\.?|núm\.?|número|numero|portal|bloc)\s*)?"

WORDS = Language(
    code="ca",
    regions=("ES", "AD", "FR"),
    numbers=(
        "zero un|u dos|dues tres quatre cinc sis set vuit|huit nou deu onze dotze tretze catorze quinze setze disset|desset divuit|"
        "devuit|díhuit dinou|denou",
        "vint trenta quaranta cinquanta seixanta setanta vuitanta|huitanta noranta",
    ),
    bare_mobile=r"\(?[679](?:[ .\-/()]{0,2}\d){8}",
    streets=(
        rf"(?<!\w){STREET}\s*{LINK}{{0,3}}{{name}}(?:\s+{LINK}{{0,3}}{{name}}){{0,3}}?\s*,?\s*{NUMBER}{{num}}(?!\s?(?:anys|dies|hores|vegades|minuts|metres|persones|mesos|de\s(?:gener|febrer|març|maig|juny|juliol|setembre|novembre|desembre)|d['’](?:abril|agost|octubre)))",
        rf"\b(?:al|del|el)\s+(?:(?:número|numero|n[°º.]+|núm\.?|portal)\s*)?{{num}},?\s+(?:de\s+la\s+|del\s+|de\s+l['’]|de\s+|d['’])?{STREET}",
    ),
    foreign_streets=(
        rf"(?<!\w)(?:carrer|avinguda|plaça|passeig|rambla)\s+{LINK}{{0,3}}{{cap}}(?:\s+{LINK}{{0,3}}{{cap}}){{0,2}}\s*,?\s*(?:n[°º.]+\s*|núm\.?\s*)?{{num}}",
    ),
    lives_at=(
        r"\b(?:viu\w*|viv\w{1,5}|resid\w*|habita|domicili\w*|adreça|s['’]està)\b[^.!?\n\d]{0,30}?(?:al|a\sla|a|en|:)\s*(?:(?:número|numero|núm\.?|n[°º.]+|portal|bloc|pis|porta)\s*)?{num}"
        r"(?!\s?(?:anys|km|metres|minuts|persones|mesos|hores|graus|dies|països|%|cases|barris))",
        r"\b(?:al|del)\s(?:número|numero|núm\.?|n[°º]\.?|portal)\s*{num}",
        r"\b(?:ve[ïi](?:na|ns|nes)?|paio|tipus|senyora?|família|noi|llogater\w*)\s+del\s+{num}(?!\s?(?:de\s(?:gener|febrer|març|maig|juny|juliol|setembre|novembre|desembre)|d['’](?:abril|agost|octubre)|anys|%))",
        r"\b{num}\s?,\s*\d{1,2}(?:r|n|t|è|º|ª)\s?(?:\d+a|[A-Za-z])\b",
    ),
)
