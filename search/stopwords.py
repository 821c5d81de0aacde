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


# Words of questions that say little of what is sought. The index has them, so they are found when they are all that
# was typed; beside other words they are left out.
_FILLERS = {
    "en": """
        after again all also always am any anybody anyone because been before being both call called doing done during
        each else ever every everybody everyone few get gets give go goes going got happen happens here isn just know
        let like made make makes many may me might mine more most much must need never one only other ought own please
        put really said say says see shall since some somebody someone something still such take than thing things
        through too until up us used very want wants way ways well while whom whose within without won yet yourself
    """,
    "fr": """
        ai aie ait alors après as aucun aucune aussi autre autres avant avez avoir avons bien car ceci cela celle celui
        ces ceux chaque chez comment concernant déjà devant devons dire dit doit doivent dois encore entre est-ce étais
        était existe faire fais fait faites faut fois ici jamais juste lorsque mettre mieux moins ni non oui parce parmi
        pendant peu peut peuvent peux plus plusieurs pourquoi pouvez pouvoir puis puis-je quand quelque quelques quoi
        rien sait savoir selon seulement si soit son sous souvent suis tel telle toujours tous tout toute toutes très
        trop va vers veut voici voilà vont vraiment passe
    """,
    "nl": """
        alle alles altijd andere anders ben bent beter bijna daar daarom deed doen doet echt eens eigenlijk elk elke
        enkele erg gaan gaat gaf geen geven gewoon graag hadden hele hen hoeveel ieder iedereen iemand iets inderdaad
        jou jouw jullie komen komt laten loopt mag meer meest misschien moet moeten mogelijk mogen niemand niets nooit
        nu onder onze ooit precies sinds soms staan staat steeds tijdens toe tussen vaak vanaf vooral waar waarom
        waarop wanneer weer weet welk welke weten wil willen zeer zelf zelfs zoals zoveel zulke
    """,
    "de": """
        alle allem allen aller alles andere anderen anders beim bereits besser bitte dabei dadurch dafür damals dann
        daran darauf daraus darf darin darüber darum davon dazu denn deren dessen dich dir dort dürfen eben eher
        eigentlich einige einmal etwas euch euer ganz gar gegen gegenüber gehen geht gerade gern gibt habe hatten heißt
        hier hin ihm ihn ihnen immer indem jede jedem jeden jeder jedes jemand jetzt kein keine keinen könnte lassen
        lässt mal machen macht mehr mich mir möchte mögen muss müssen musste nichts nie niemand ohne oft schon sehr seit
        selbst soll sollen sollte sollten sondern sonst tun überhaupt unser unsere unseren viel viele vielen vielleicht
        während wann wäre warum weil welche welchem welchen welcher welches wem wen weniger werde wessen wieder wieso
        wieviel will wollen worauf woran woraus worin worüber wovon wozu zwischen
    """,
    "it": """
        abbiamo adesso alcune alcuni allora altra altre altri altro ancora avere avete bene bisogna cosa così dare deve
        devo devono dice dire dobbiamo dopo dove dovrebbe durante esiste fa faccio fanno fare fino già invece mai
        meglio meno mentre mio molta molte molti molto nessuno niente nulla ogni ognuno ora poi possa possiamo posso
        possono prima proprio può puoi qualche qualcosa qualcuno quando quanta quante quanti quanto quindi sapere sempre
        senza serve sotto spesso stata state stati stato stessa stesso subito succede tanto tutta tutte tutti tutto vede
        vedere vengono verso viene vorrei vuole
    """,
    "es": """
        además ahora algo alguien algún alguna algunas algunos allí antes aquí así aunque bajo bien cada casi cierto
        cómo cosa cosas cuál cuáles cuándo cuánta cuántas cuánto cuántos dar debe deben debería debo decir deja dice
        después dónde durante él están está estamos estar existe haber había hace hacen hacer hago he hemos incluso ir
        luego mejor menos mientras misma mismo mucha muchas mucho muchos nada nadie ningún ninguno nunca otra otras otro
        otros pasa pasar poco podemos poder podría puede pueden puedo pues quién quiénes quiere quiero sabe saber salen
        según será siempre sido solo sólo soy tal tan tanto tener tengo tiene tienen toda todas todo todos tras usted
        va vamos van varios ver verdad vez
    """,
    "ca": """
        abans algú alguna algunes alguns allà aquí ara així bé cada cal cosa coses dir diu després durant encara estan
        estar fa faig fan fem fer gaire hauria haver havia he hem heu mai mateix mateixa menys mentre moltes molts
        ningú passa passar poc pocs podem poden poder podria pot prou puc quan quant quantes quants quin quines res sap
        saber segons sempre sigui siguin sinó sovint surten tal tan tant té tenen tenir tinc tot tota totes tots
        vegada veure vol volem vull
    """,
}

FILLERS: dict[str, frozenset[str]] = {language: _with_unaccented(words.split()) for language, words in _FILLERS.items()}
