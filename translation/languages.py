"""What the checks of translations know of each language of the site: words and signs only, no logic.

A language that is not here is checked for what is the same in all of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """No field has a default: whoever adds a language is asked for all of them."""

    numbers: str  # from one to twelve
    months: str
    capital_months: bool  # English “may” and “march” are other words
    quotes: str  # what opens and closes a quotation; what stands inside another one comes after it
    said_twice: str  # what a sentence may have twice in a row
    negations: str  # as alternatives of a pattern
    compounds: bool  # whether a word may stand within another one


LANGUAGES = {
    "en": Language(
        numbers="one two three four five six seven eight nine ten eleven twelve",
        months="january february march april may june july august september october november december",
        capital_months=True,
        quotes="“”‘’",
        said_twice="that had",
        negations=r"not|no|never|without|cannot|nobody|none|nothing|nowhere|nor|neither|unless|\w+n[’']t",
        compounds=False,
    ),
    "fr": Language(
        numbers="un|une deux trois quatre cinq six sept huit neuf dix onze douze",
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        capital_months=False,
        quotes="«»“”‘’",
        said_twice="nous vous en",
        negations=r"ne|n(?=[’'])|pas|jamais|sans|aucune?|rien|ni|non|personne",
        compounds=False,
    ),
    "nl": Language(
        numbers="een|één twee drie vier vijf zes zeven acht negen tien elf twaalf",
        months="januari februari maart april mei juni juli augustus september oktober november december",
        capital_months=False,
        quotes="‘’“”„",
        said_twice="dat die het is was zij ze",
        negations=r"niet|geen|nooit|zonder|niets|niemand|nergens|noch|tenzij",
        compounds=True,
    ),
    "de": Language(
        numbers="ein|eine|einer|eines|einem|einen zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        months="januar|jänner februar märz april mai juni juli august september oktober november dezember",
        capital_months=True,
        quotes="„“‚‘»«›‹",
        said_twice="die der das den dem sie ihr",
        negations=r"nicht|kein\w*|nie|niemals|ohne|nichts|niemand\w*|nirgends|weder|noch",
        compounds=True,
    ),
    "it": Language(
        numbers="un|uno|una due tre quattro cinque sei sette otto nove dieci undici dodici",
        months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        capital_months=False,
        quotes="«»“”‘’",
        said_twice="poi man via piano",
        negations=r"non|no|mai|senza|nessun\w*|niente|nulla|né",
        compounds=False,
    ),
    "es": Language(
        numbers="un|uno|una dos tres cuatro cinco seis siete ocho nueve diez once doce",
        months="enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
        capital_months=False,
        quotes="«»“”‘’",
        said_twice="",
        negations=r"no|nunca|jamás|sin|ningun\w*|ningún|nada|nadie|ni",
        compounds=False,
    ),
    "ca": Language(
        numbers="un|una dos|dues tres quatre cinc sis set vuit nou deu onze dotze",
        months="gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
        capital_months=False,
        quotes="«»“”‘’",
        said_twice="",
        negations=r"no|mai|sense|ningú|gens|ni",
        compounds=False,
    ),
}


def language(code: str) -> Language | None:
    """A regional language such as fr-be is written as the language is."""
    return LANGUAGES.get(written_in(code))


def written_in(code: str) -> str:
    return code.partition("-")[0].lower()
