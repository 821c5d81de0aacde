"""Italian of Italy and Switzerland."""

from .language import Language

STREET = (
    r"(?:via|v\.le|viale|vicolo|vico|piazza|p\.za|p\.zza|pza|piazzale|p\.le|piazzetta|corso|c\.so|largo|l\.go|strada|lung(?:o|arno)\w{0,20}|borgo|"
    r"salita|calle|rione|contrada|c\.da|traversa|galleria|fondamenta|campo|rampa|circonvallazione|località|loc\.|residenza|condominio)"
)
LINK = r"(?:(?:de|di|del|della|dello|dei|degli|delle|dell|da|dalla|san|santa|sant|s|la|le|il|lo|i|gli|xx|iv|xxiv|xxv)(?:['’.]\s?|\s+))"
NUMBER = r"(?:(?:al\s)?(?:n\.?[°º]?|nr\.?|num\.?|numero|civico|c\.?)\s*)?"

WORDS = Language(
    code="it",
    regions=("IT", "CH", "SM"),
    numbers=(
        "zero uno|un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
        "diciassette diciotto diciannove",
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    ),
    bare_mobile=r"3\d\d[ .\-/]?(?:\d[ .\-/]?){5,6}\d",
    streets=(
        rf"\b{STREET}\s+{LINK}{{0,3}}{{name}}(?:\s+{LINK}{{0,2}}{{name}}){{0,3}}?\s*,?\s*{NUMBER}{{num}}(?!\s?(?:ore|anni|giorni|volte|minuti|metri|persone|mesi|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre))",
        rf"\b(?:al|del|il|dal)\s+(?:(?:civico|numero|n\.?[°º]?)\s*)?{{num}},?\s+di\s+{STREET}\b",
    ),
    foreign_streets=(
        rf"\b(?:via|viale|piazza|vicolo|corso|largo)\s+{LINK}{{0,2}}{{cap}}(?:\s{{cap}}){{0,2}}\s*,?\s*(?:n\.?[°º]?\s*)?{{num}}",
    ),
    lives_at=(
        r"\b(?:abit\w*|viv\w{1,4}|risied\w*|sta|stanno|domicili\w*|indirizzo|casa)\b[^.!?\n\d]{0,30}?(?:al|all['’]|in|:)\s*(?:(?:civico|numero|n\.?[°º]?|interno|int\.)\s*)?{num}"
        r"(?!\s?(?:anni|km|metri|minuti|persone|mesi|ore|gradi|giorni|%|per))",
        r"\b(?:al|del|dal)\s(?:civico|numero|n\.[°º]?)\s*{num}",
        r"\b(?:vicin[oaei]|tizi[oa]|tipo|signor[ea]?|famiglia|inquilin[oaie])\s+(?:del|al)\s+{num}(?!\s?(?:anni|%|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre))",
    ),
)
