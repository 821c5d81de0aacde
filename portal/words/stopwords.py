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
        able actually after again all also always am any anybody anyone became because become been before being both
        call called came come comes doing done during each else ever every everybody everyone few gave get gets give go
        goes going gone got happen happens having here isn just keep keeps know let like made make makes many may me
        mean means might mine more most much must need never one only other ought own please put really said say says
        see seem seems shall shown since some somebody someone something somewhere still such take than thing things
        through too took until up us use used uses using very want wants way ways well went whether while whom whose
        within without won yet yourself
    """,
    "fr": """
        ai aie ait alors après as aucun aucune aura auraient aurais aurait auront aussi autre autres avaient avais avait
        avant avez avoir avons bien car ceci cela celle celui ces ceux chaque chez combien comment concernant déjà
        depuis derrière devant devons dire dit dois doit doivent dont elle-même encore entre est-ce est-elle est-il
        étaient étais était étant êtes étions eu eue eues eurent eut existe faire fais fait faites fallait faudrait faut
        fera ferait feront firent fit fois furent fut hors ici jamais juste laquelle lequel lesquelles lesquels lorsque
        lui-même mettre mieux mis moi moins ni non oui parce parfois parmi passe pendant peu peut peuvent peux plus
        plusieurs pourquoi pourra pourraient pourrait pouvaient pouvait pouvez pouvoir pouvons puis puis-je quand
        quelque quelques quoi rien sait savent savoir selon sera seraient serait seront seulement si soit sommes son
        sous souvent suis suivre tel telle toujours tous tout toute toutes très trop va vers veulent veut voici voient
        voilà vois voit vont voulait vraiment
    """,
    "nl": """
        alle alles altijd andere anders ben bent beter bijna daar daarom deden deed doen doet echt eens eigenlijk elk
        elke enkele erg gaan gaat gaf gaven gedaan geen geven geweest gewoon geworden ging gingen graag hadden hebt hele
        hen hoelang hoeveel hoever ieder iedereen iemand iets inderdaad jou jouw jullie komen komt kon konden kun kunt
        kwam kwamen laten liet loopt maakt mag maken meer meest misschien mocht mochten moest moesten moet moeten
        mogelijk mogen nam namen niemand niets nooit nu onder onze ooit precies sinds soms staan staat steeds stond
        stonden tijdens toe totdat tussen vaak vanaf vooral waar waarom waarop wanneer weer weet welk welke werden weten
        wil wilde wilden willen zag zagen zal zeer zeggen zegt zei zelf zelfs zoals zouden zoveel zulke zullen zult
    """,
    "de": """
        alle allem allen aller alles andere anderen anders anstatt außer beim bereits besser bevor bisher bitte bleibt
        bloß dabei dadurch dafür damals danach dann daran darauf daraus darf darin darüber darum darunter davon dazu
        deine demnach denen denn deren derer dessen dich dir dort dürfen dürfte dürften eben ebenso eher eigentlich
        einige einmal entweder etwas euch euer falls gab gäbe ganz gar geben gegen gegenüber gehabt gehen geht gerade
        gern getan gewesen geworden gibt ging gingen habe hätte hatten hätten heißt hier hin ihm ihn ihnen ihrem ihres
        immer indem innerhalb irgend irgendwie jede jedem jeden jeder jedes jemand jene jenem jenen jener jenes jetzt
        kam kamen kein keine keinem keinen keiner kommen kommt könnte konnte konnten lassen lässt ließ ließen machen
        macht machte machten mal mehr meinen meiner mich mir möchte mochte mochten mögen möglich muss müssen müsste
        musste müssten nachdem nahm nahmen nein nichts nie niemand obwohl oft ohne schon sehr seien seinem seinen seiner
        seines seit selbst sobald sodass soll sollen sollst sollte sollten sondern sonst sonstige stand statt steht
        trotz tun überhaupt unser unsere unseren viel viele vielen vielleicht während wann wäre wären warst warum weder
        wegen weil welch welche welchem welchen welcher welches wem wen weniger werde werdet wessen wieder wieso wieviel
        will willst wollen wollte wollten woran worauf woraus worden worin worüber wovon wozu wurde würde würden wurden
        zwischen
    """,
    "it": """
        abbia abbiamo abbiano adesso alcune alcuni allora altra altre altri altro ancora avendo aver avere avete aveva
        avevano avevo avuto bene bensì bisogna chiunque cosa così dare davanti debba debbano dentro detto deve devo
        devono dia dice dicono dire dobbiamo dopo dove doveva dovevano dovrebbe dovuto durante ebbe ebbero erano eravamo
        eri esiste essendo fa faccio facendo faceva facevano fanno fare fatto fece fecero fino fosse fossero fu furono
        già hai invece mai meglio meno mentre mio molta molte molti molto nessuno niente nulla ogni ognuno oltre oppure
        ora ossia poco poi possa possiamo posso possono poteva potevano potrebbe potrebbero potuto prima proprio può
        puoi pur pure qualche qualcosa qualcuno quando quanta quante quanti quanto quindi sapere sarà saranno sarebbe
        sarebbero secondo sempre senza serve siamo siano siete solo sotto spesso stata state stati stato stavano stessa
        stesso stiamo subito succede tale tali tanto tranne tutta tutte tutti tutto va vanno vede vedere vengono verso
        viene vogliono volevano volta volte vorrei vuoi vuole
    """,
    "es": """
        además ahora algo alguien algún alguna algunas algunos allí antes aquellas aquellos aquí así aunque bajo bien
        cada casi cierto cómo cosa cosas cuál cuáles cuales cuándo cuánta cuántas cuánto cuántos cuya cuyas cuyo cuyos
        daba dado dan dar debe deben debería debo decir deja después dice dicen dicho dieron dijo dio dónde durante él
        eran eres está estaba estaban estado estamos están estando estar estuvieron estuvo existe fuera fueran fueron
        fuese fui haber había habían habrá habría hace hacen hacer hago haya hayan he hecho hemos hicieron hizo hubiera
        hubo iba iban incluso ir llama llamaba llaman llamó luego mejor menos mientras misma mismo mucha muchas mucho
        muchos nada nadie ningún ninguno nuestras nuestros nunca otra otras otro otros pasa pasar poco podemos poder
        podía podían podrá podrán podría podrían pudieron pudo pueda puedan puede pueden puedo pues puesto querían quién
        quiénes quiere quieren quiero sabe saber salen sean según será serán sería serían sido siempre siendo sigue
        siguen sino sólo solo somos soy suele suelen suya suyo tal tan tanta tantas tanto tantos tendrá tendría tenemos
        tener tengo tenía tenían tiene tienen toda todas todo todos tras través tuvieron tuvo usted va vamos van varios
        vaya venir ver verdad vez viene vienen vuestra vuestro
    """,
    "ca": """
        abans així algú alguna algunes alguns alhora allà anar aquí ara bé cada cadascú cadascun cal cosa coses després
        devien dir diu donar donat durant encara érem estan estar estat estava estaven esteu fa faig fan feia feien fem
        fer fet feta fos fossin fou gaire hagi hagin has haurà hauran hauria haurien haver havia havien he hem heu mai
        mateix mateixa mateixes mateixos mentre menys moltes molts ningú només nostra nostre nostres passa passar poc
        pocs podem poden poder podia podien podrà podran podria podrien pot prou puc pugui puguin quan quant quantes
        quants quelcom quin quines res saben saber sap segons sempre serà seran seria serien sigui siguin sigut sinó
        sols sovint surten tal tan tant té tenen tenia tenien tenir teniu tinc tindrà tindria tingui tot tota totes tots
        vam vas vau vegada veu veure vingut vol volem vull
    """,
}

FILLERS: dict[str, frozenset[str]] = {language: _with_unaccented(words.split()) for language, words in _FILLERS.items()}
