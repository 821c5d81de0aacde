"""French of France, Belgium, Luxembourg and Switzerland."""

from .language import Language

STREET = (
    r"(?:rue|r\.|avenue|av\.?|boulevard|bd\.?|bld\.?|blvd|chemin|ch\.|impasse|imp\.|allées?|all\.|place|pl\.|quai|cours|square|"
    r"passage|route|rte\.?|ruelle|sentier|chaussée|chaussee|ch[ée]e\.?|villa|cité|résidence|residence|montée|faubourg|"
    r"fg|clos|traverse|venelle|esplanade|drève|drève|hameau|lotissement|lot\.|rond-point|promenade|sente)"
)
LINK = r"(?:(?:de|du|des|la|le|les|l|d|au|aux|en|sur|saint|sainte|st|ste)(?:['’]\s?|\s+))"

WORDS = Language(
    code="fr",
    regions=("FR", "BE", "CH", "LU"),
    numbers=(
        "zéro|zero un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept|dix_sept "
        "dix-huit|dix_huit dix-neuf|dix_neuf",
        "vingt trente quarante cinquante soixante septante|soixante-dix|soixante_dix quatre-vingt|quatre-vingts|quatre_vingt|"
        "huitante|octante nonante|quatre-vingt-dix",
    ),
    bare_mobile=r"[67](?:[ .]\d\d){4}",
    streets=(
        rf"\b{{num}}\s?,?\s*{STREET}\s+{LINK}{{0,3}}{{name}}(?:[\s-]{{cap}}){{0,3}}",
        rf"\b{STREET}\s+{LINK}{{0,3}}{{name}}(?:[\s-](?:{LINK}{{0,2}}){{name}}){{0,3}}?,?\s+(?:(?:au\s)?(?:n[°ºo]\.?|num[ée]ro|nr\.?|no\.?)\s*)?{{num}}",
        rf"\b(?:au|du|le|n[°ºo]\.?|num[ée]ro)\s+(?:(?:num[ée]ro|n[°ºo]\.?)\s*)?{{num}},?\s+(?:de\s+la|de\s+l['’]|du|des|de|sur|dans|bd|av)?\s*(?:la\s+|le\s+|l['’])?{STREET}\b",
    ),
    foreign_streets=(
        rf"\b{{num}}\s?,?\s*(?:rue|avenue|av\.|boulevard|bd|chemin|impasse|allée|quai|chaussée|route)\s+{LINK}{{0,3}}{{cap}}(?:[\s-]{{cap}}){{0,3}}",
        rf"\b(?:rue|avenue|av\.|boulevard|bd|chemin|impasse|quai|chaussée|place)\s+{LINK}{{0,3}}{{cap}}(?:[\s-]{{cap}}){{0,3}},?\s+(?:n[°ºo]\.?\s*)?{{num}}",
    ),
    lives_at=(
        r"\b(?:habit\w*|log\w{1,4}|résid\w*|resid\w*|vit|vivent|crèche|domicili\w*|demeur\w*|adresse)\b[^.!?\n\d]{0,24}?(?:au|à|,|:)\s*(?:(?:num[ée]ro|n[°ºo]\.?)\s*)?{num}"
        r"(?!\s?(?:ans|km|m[èe]tres|minutes|min|personnes|mois|kilom))",
        r"\b(?:voisine?s?|gars|type|monsieur|dame|celui|celle|famille|locataires?|gens|habitants?)\s+(?:du|au)\s+(?:(?:num[ée]ro|n[°ºo]\.?)\s*)?{num}(?!\s?(?:rue|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre))",
        r"\b(?:au|du)\s(?:num[ée]ro|n[°ºo]\.?)\s*{num}",
    ),
)
