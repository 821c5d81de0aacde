"""German of Germany, Austria and Switzerland."""

from .language import Language

ENDS = (
    r"(?:stra(?:ß|ss)e|str\.?|weg|gasse|allee|platz|ring|damm|ufer|steig|stieg|pfad|chaussee|wall|graben|hof|höfe|garten|gärten|"
    r"zeile|markt|berg|feld|park|promenade|brücke|(?<![kou])tor|kamp|wiese|halde|rain|bogen|redder|twiete|koppel|busch|grund|winkel|siedlung)"
)
NUMBER = r"(?:(?:nr\.?|nummer|hausnummer|hausnr\.?|haus)\s*)?"

WORDS = Language(
    code="de",
    capital_nouns=True,
    regions=("DE", "AT", "CH"),
    numbers=(
        "null eins|ein zwei|zwo drei vier fünf|fuenf sechs sieben acht neun zehn elf zwölf|zwoelf dreizehn vierzehn fünfzehn "
        "sechzehn siebzehn achtzehn neunzehn",
        "zwanzig dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
    ),
    bare_mobile=r"1[567]\d[ /-]\d{6,8}",
    streets=(
        rf"(?:\b{{cap}}[\s-]){{0,2}}\b[^\W\d_][\w'’-]{{1,30}}{ENDS}\s*,?\s*(?:in\sder\s)?{NUMBER}{{num}}",
        rf"\b(?:{{cap}}[\s-]){{1,3}}{ENDS}\s*,?\s*{NUMBER}{{num}}",
        rf"\b(?-i:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Hinter der|Hinter dem|Unter den|Vor dem|Beim|Bei der|Alte[rs]?|Neue[rs]?|Obere|Untere)\s+(?:{{cap}}\s+){{1,2}}{NUMBER}{{num}}(?!\.\s?(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|\d))",
        r"(?:\b[^\W\d_][\w.-]{1,30}\s){1,3}{num},?\s+(?:in\s)?\d{5}\s+{name}",
        rf"\b(?:nummer|hausnummer|nr\.?|haus)\s*{{num}},?\s+(?:in|an|auf|am|im)\s+(?:der|dem|den)?\s*[^\W\d_][\w'’-]{{1,30}}{ENDS}\b",
    ),
    foreign_streets=(
        rf"(?-i:\b(?:[A-ZÄÖÜ][\w-]{{1,40}}\s){{0,2}}[A-ZÄÖÜ][\w'’-]{{0,40}}(?:stra(?:ß|ss)e|str\.|gasse|allee|platz|weg|damm))\s*,?\s*{NUMBER}{{num}}",
        rf"(?-i:\b(?:[A-ZÄÖÜ][\w-]{{1,40}}[\s-]){{1,2}}(?:Stra(?:ß|ss)e|Str\.|Allee|Platz|Weg))\s*,?\s*{NUMBER}{{num}}",
    ),
    lives_at=(
        r"\b(?:wohn\w*|haust|lebt|zuhause|daheim|anschrift|adresse)\b[^.!?\n\d]{0,30}?(?:in|auf|im|:|nr\.?|nummer|hausnummer|haus)\s*(?:der\s|dem\s)?(?:(?:nr\.?|nummer|hausnummer|haus)\s*)?{num}"
        r"(?!\s?(?:jahre|metern?|km|minuten|menschen|personen|monaten?|uhr|etage|stock|grad|mitglieder|kinder|\.\s?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|stock|etage)))",
        r"\b(?:von|aus|in|auf)\s(?:der\s|dem\s)?(?:nr\.?|nummer|hausnummer|hausnr\.?|haus\snr\.?|haus)\s*{num}",
        r"\b(?:nachbar\w*|typ|kerl|familie|bewohner\w*)\s+(?:von|aus|in)\s+(?:der\s|dem\s)?(?:nr\.?\s*)?{num}(?!\s?(?:jahre|km|metern?))",
    ),
)
