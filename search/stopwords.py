"""Words too common to search for, per language. Short on purpose: every word here can no longer be found.

The letters and elided articles at the end of a list are what an apostrophe leaves over: l’, qu’, dell’, ’s.
"""

from collections.abc import Iterable

from .folding import fold

_LISTS = {
    "en": """
        a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it
        its may me my no not of on or our she should so such than that the their them then there these they this those
        to was we were what when where which who why will with would you your
        s t d m ll re ve don doesn didn isn wasn
    """,
    "fr": """
        à au aux avec ce ces cet cette comme dans de des donc du elle elles en est et été être eux il ils je la le les
        leur leurs lui ma mais me même mes mon ne nos notre nous on ont ou où par pas pour qu que quel quelle quels
        quelles qui sa sans se ses son sont sur ta te tes ton tu un une vos votre vous y a
        c d j l m n s t là jusqu lorsqu puisqu quoiqu
    """,
    "nl": """
        aan al als bij dan dat de den der des deze die dit doch door dus een en er ge haar had heb hebben heeft hem het
        hier hij hoe hun ik in is je kan kunnen maar me men met mij mijn na naar niet nog of om omdat ons ook op over
        te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wie wij wordt worden ze zich zij
        zijn zo zou zonder s t n
    """,
    "de": """
        aber als am an auch auf aus bei bin bis da damit das dass dein dem den der des die dies diese dieser dieses doch
        du durch ein eine einem einen einer eines er es für hat haben hatte ich ihr ihre ihren im in ist ja kann können
        man mein mit nach nicht noch nur ob oder sein seine sich sie sind so über um und uns unter vom von vor war
        waren was wenn wer wie wir wird werden wo zu zum zur
    """,
    "it": """
        a ad ai al alla alle allo agli anche c che chi ci come con cui da dal dalla dalle dagli dai dallo de degli dei
        del della delle dello di do e è ed era essere gli ha hanno ho i il in io la le lei li lo loro lui ma mi mia mio
        ne nei nel nella nelle negli nello noi non nostra nostro o per perché però più quale quali quando quella quelle
        quelli quello questa queste questi questo sia se si sono su sua sue sul sulla sulle sugli sui sullo suo suoi tra
        fra un una uno voi vostro
        all coll d dall dell l m n nell quell quest s sull t un v
    """,
    "es": """
        a al ante aquel aquella como con contra cual cuando de del desde donde e el ella ellas ellos en entre era es esa
        ese eso esta este esto estos estas fue ha han hasta hay la las le les lo los más me mi mis muy ni no nos nuestra
        nuestro o os para pero por porque que qué quien se sea ser si sí sin sobre son su sus también te tu tus u un una
        uno unos unas y ya yo
    """,
    "ca": """
        a al als amb aquell aquella aquells aquelles aquest aquesta aquests aquestes això altra altre altres com de del
        dels des doncs el ell ella elles ells els em en ens entre era és es està et eren fins ha han hi ho i ja la les
        li lo los més meu meva mi molt molta ne no nos nosaltres o on per perquè però pel pels que què qui quan quina
        quins se sense ser seu seva seus si sí sobre som són sota també te tot tu un una uns unes us va van vosaltres
        d l m n s t
    """,
}

# Typed without its accent it is another word: the month, the company.
_OTHER_WORDS = {"mes", "uber"}


def _with_unaccented(words: Iterable[str]) -> frozenset[str]:
    words = set(words)
    return frozenset(words | ({fold(word) for word in words} - _OTHER_WORDS))


STOPWORDS: dict[str, frozenset[str]] = {language: _with_unaccented(words.split()) for language, words in _LISTS.items()}
