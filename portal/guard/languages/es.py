"""Spanish of Spain."""

from .language import Language

STREET = (
    r"(?:calle|c/|c\.|cl\.?|avenida|avda\.?|av\.?|plaza|pza\.?|plza\.?|pl\.|paseo|pº|p\.º|camino|carretera|ctra\.?|ronda|travesía|"
    r"travesia|callejón|callejon|pasaje|glorieta|gta\.?|urbanización|urb\.?|barrio|cuesta|bulevar|alameda|rambla|vía|"
    r"carrer|avinguda|plaça|passeig|rúa|praza|kalea?|sector|polígono|barriada|bº|b\.º|costanilla|corredera)"
)
LINK = r"(?:(?:de|del|la|las|el|los|l|d|san|santa|sant)(?:['’]\s?|\s+))"
NUMBER = r"(?:(?:en\sel\s)?(?:n[.°ºoú]+m?\.?|núm\.?|número|numero|portal|bloque|parcela|chalet|casa)\s*)?"

WORDS = Language(
    code="es",
    regions=("ES", "AD", "PT"),
    numbers=(
        "cero un|uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis|dieciseis diecisiete "
        "dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    ),
    bare_mobile=r"\(?[679](?:[ .\-/()]{0,2}\d){8}",
    streets=(
        rf"(?<!\w){STREET}\s*{LINK}{{0,3}}{{name}}(?:\s+{LINK}{{0,3}}{{name}}){{0,3}}?\s*,?\s*{NUMBER}{{num}}(?!\s?(?:años|días|horas|veces|minutos|metros|personas|meses|de\s(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)))",
        rf"\b(?:en\sel|al|del|el)\s+(?:(?:número|numero|n[°º.]+|portal)\s*)?{{num}},?\s+de\s+(?:la\s+|el\s+)?{STREET}",
    ),
    foreign_streets=(
        rf"(?<!\w)(?:calle|c/|avenida|avda\.?|plaza|paseo|pº|carretera)\s*{LINK}{{0,3}}{{cap}}(?:\s+{LINK}{{0,3}}{{cap}}){{0,2}}\s*,?\s*(?:n[°º.]+\s*|núm\.?\s*)?{{num}}",
    ),
    lives_at=(
        r"\b(?:viv\w{1,5}|resid\w*|habita|domicili\w*|dirección|direccion|se\saloja)\b[^.!?\n\d]{0,30}?(?:en\sel|en\sla|en|al|:)\s*(?:(?:número|numero|n[°º.]+|portal|bloque|piso|puerta)\s*)?{num}"
        r"(?!\s?(?:años|km|metros|minutos|personas|meses|horas|grados|días|países|%|casas|barrios))",
        r"\b(?:en\sel|del|al)\s(?:número|numero|n[°º]\.?|portal)\s*{num}",
        r"\b(?:vecin[oa]s?|tí[oa]|tipo|señora?|familia|inquilin[oa]s?|chaval)\s+del\s+{num}(?!\s?(?:de\s(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|años|%))",
        r"\b{num}\s?,\s*\d{1,2}\s?[º°ª]\s?(?:[A-Za-z]|izq\w*|dcha\w*|\d+[ªa])\b",
    ),
)
