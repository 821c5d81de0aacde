"""Words that are looked for in every text, whatever its language is said to be: few, and alike in many languages."""

import re


def _words(words: str, before: str = r"\b", after: str = r"(?!\w)") -> re.Pattern[str]:
    """Any of the words; a star stands for any ending, an underscore for a space."""
    options = "|".join(word.replace("*", r"\w*").replace("_", r"\s") for word in words.split())
    return re.compile(f"{before}(?:{options}){after}", re.IGNORECASE)


PHONE_WORDS = _words("""
tel phone* telephon* telef* tlf* tlfno call calls calling ring text texting sms whatsapp* wapp app appen apps mobile mobil*
cell* gsm portable fixe numero* número* numéro* number* nummer* telnr nr_is bel bellen belt bereik* appel* appelle* joindre
joign* contact* rappel* anruf* ruf rufen rufnummer* handy* erreich* telefon* chiama* chiamate cell cellulare contatt* llama*
llame* llamad* móvil* movil* teléfono* mòbil* truca* truque* trucar telèfon* contacte* signal viber telegram_number fax
dial hotline buzz wasap watsap whatsap* sonner tél tél* telf* zap escrib* écri* mensaj* missatg* rintracci* nach_dem_handy
fijo fisso festnetz landline vast_nummer vaste_lijn fix prefix prefijo prefisso composez tapez marque marqueu componete drück* wähl* toets dialling
reach* vodafone hem_op haar_op wzp prefix
""")
# Of these, the ones that ask to be rung: stronger than the word "case" before them.
CALL_WORDS = _words("""
tel phone* telephon* telef* téléphon* tlf* call* ring text sms whatsapp* wapp mobile mobil* cell* gsm portable bel bellen belt
bereik* appel* joindre joign* rappel* anruf* ruf rufen handy* erreich* chiama* cellulare llama* móvil* movil* teléfono*
mòbil* truca* truque* telèfon* contact*
""")
# What stands before the number of a case, a book, a project, an invoice or a company.
CASE_WORDS = _words(
    """
case* file dossier* zaak* zaaknr zaaknummer* kenmerk* meldingsnummer* aangiftenummer* proces-verbaal* pv incident* ticket*
reference* ref referen* référence* referent* aktenzeichen az vorgang* geschäftszeichen* tagebuch* fascicolo pratica
protocollo* procedimento sentenza ricorso expediente* exp atestado* diligencias* expedient* registre registro* atestat*
isbn issn doi ean orcid grant* agreement* subvenc* meldnummer* subvention* convention* project* projet* proyecto* projecte* progetto* contract*
contrat* invoice* factuur* facture* rechnung* factura* fattura* kvk* siret siren btw* tva vat iva nif_empresa ust* handelsregister*
version* versie* release commit hash build serial* serie* série* order* bestel* commande* pedido* comanda* ordine* bestell*
hr_b ecli celex arrest* arrêt* sentencia* urteil* parcel* cadastr* catastr* kadaster* inventar* inventory model* barcode
postcode* plz cap code_postal codi_postal código_postal codigo_postal cp article_n* publication* pmid arxiv handle nct cig cup rgpd pnrr bdns
""",
    after=r"(?!\w)[^\n]{0,16}$",
)
# What a number counts when this follows it.
UNITS = _words(
    r"""
€ % \$ £ ° m² km² [x×]\s?\d
euro* eur million* miljoen* millionen* mio milion* millon* people persons inhabit* habit* inwoner* einwohner* abitant*
personnes personen persone persones personas hours heures uur stunden ore horas hores km kg meter* metr* votes view*
stemmen stimmen voti votos vots cas cases gevallen fälle casi casos visit* user* gebruiker* nutzer* utent* usuari*
households huishoudens ménages haushalte famigli* hogar* llar* residents members leden membre* mitglied* miembro*
messages berichten meldingen reports signal* segnalaz* followers volgers seguidor* bytes kb mb gb pages pagina* seiten
""",
    before=r"\s?",
    after="",
)
PLATE_WORDS = _words(r"""
plate* number-plate* numberplate* licence_pl* license_pl* reg registration* registered kenteken* kentekenplaat nummerplaat*
nummerbord* kontrollschild* plaque* plaques immatric* immat nummernschild* nummerschild* *kennzeichen* kfz* placa placas chapa autokennzeichen* targa* targhe
targat* matrícul* matricul* plaat platen vrm tag
""")
VEHICLE_WORDS = _words("""
car cars vans (?:white|blue|black|red|grey|gray|silver|green|the|a|this|that|old|same|parked|delivery|their|his)_van vehicle* truck* lorry suv motorbike* motorcycle* moped* scooter* scooters camper* auto autos auto's
automobile* voiture* véhicule* vehicule* camionnette* fourgon* camion* moto motos bestelbus* busje* bestelwagen* wagen*
bromfiets* brommer* motor vrachtwagen* lieferwagen* transporter* fahrzeug* motorrad* kombi pkw lkw macchina* furgon*
camioncino motorino veicolo autovettura coche* vehícul* vehicul* camión camion* cotxe* automóvil* taxi* taxis bus
golf polo passat audi bmw mercedes volkswagen vw opel astra corsa renault clio megane kangoo twingo peugeot citroen citroën
berlingo fiat panda punto ducato ford fiesta focus transit toyota yaris honda civic nissan qashqai micra seat ibiza leon
león skoda škoda octavia dacia sandero duster volvo tesla hyundai kia mini vivaro sprinter caddy touran tiguan corolla jeep
pickup pick-up subaru roller ciclomotor* remolc* remolque* anhänger* aanhanger* caravan* rimorchio* todoterreno rover quad
tractor* trattore* traktor* furgó* camió* ape chevrolet saab lancia smart cupra jaguar lexus mitsubishi iveco isuzu
suzuki mazda porsche alfa vespa piaggio yamaha kawasaki
parked parking parkeer* geparkeerd geparkt parcheg* parcheggiat* aparcad* aparcat* garé* gare garee stationn*
""")
ID_WORDS = _words(r"""
nationaal_nummer* rijksregisternr* avs ahv-nr identité identiteit número_de_identificación identificación_fiscal ausweis-nr* ausweis
bsn burgerservicenummer* sofi-nummer sofinummer* rijksregisternummer* rijksregister insz niss nrn rrn
numéro_national numero_national registre_national numéro_de_registre sécurité_sociale securite_sociale sécu secu nir
numéro_fiscal numero_fiscal numéro_fiscal_de n°_fiscal spi carte_d'identité carte_identité cni passeport*
permis_de_conduire carte_vitale titre_de_séjour
steuer-id steuerid steuer-idnr* steueridentifikationsnummer* steuer-identifikationsnummer* identifikationsnummer* idnr
steuernummer* sozialversicherungsnummer* sv-nummer svnr rentenversicherungsnummer* sozialvers* personalausweis* ausweisnummer*
ausweisnr ausweis-nr passnr reisepass* reisepassnummer* passnummer* ahv ahv-nummer ahv-nr führerschein*
versichertennummer* krankenversichertennummer* krankenversicherungsnummer* krankenkassennummer* gesundheitskarte*
versichertenkarte* krankenkassenkarte* e-card* kvnr zorgpas* zorgverzekeringsnummer* verzekerdennummer* ehic
ghic carte_européenne_d'assurance_maladie tarjeta_sanitaria_europea tessera_europea tessera_team
codice_stp codice_eni libretto_sanitario health_insurance_card health_card health_insurance_number
codice_fiscale cod\.?_fisc* c\.f\. cf carta_d'identità carta_d'identita passaporto* patente tessera_sanitaria
dni d\.n\.i\. nie nif n\.i\.e\. documento_nacional número_de_la_seguridad_social seguridad_social seguretat_social nuss
pasaporte* tarjeta_sanitaria passaport* targeta_sanitària targeta_sanitaria cip document_d'identitat carnet_d'identitat
carné_de_identidad carnet_de_identidad carnet_de_conducir permiso_de_conducir
nino national_insurance ni_number ni_no nhs_number nhs_no passport* social_security ssn pps ppsn driving_licence*
driver's_license* driver_number identity_card id_card id_number identity_number national_id tax_id tin utr identiteitskaart*
identiteitsbewijs id-kaart paspoort* paspoortnummer* rijbewijs* rijbewijsnummer* identiteitsnummer*
egn егн eгh pesel cnp codice_identificativo
""")
INSTITUTIONS = _words(r"""
\w*notruf* helpline* crisis_line samaritans hulplijn* infolijn* numéro_vert sos-telefon* seelsorge telefonseelsorge* giftzentrale
slachtofferhulp victim_support weisser_ring
town_hall townhall city_hall council council's police police_station station library museum school university court courthouse
office offices museum community_centre community_center centre hospital church ministry embassy headquarters hq parliament
mairie hôtel_de_ville commissariat* gendarmerie préfecture bibliothèque médiathèque école collège lycée université tribunal
siège ministère hôpital maison_de_quartier maison_des_associations centre_social maison_de_la_justice police_municipale bureau bureaux accueil salle
stadhuis gemeentehuis politiebureau* bureau wijkbureau buurthuis* bibliotheek school universiteit rechtbank gemeente kantoor
wijkcentrum dienstencentrum raadhuis ministerie ziekenhuis loket stadskantoor rathaus* polizei* revier inspektion wache
bürgerhaus* haus_der_bürger bürgerbüro gemeindehaus gemeindeamt bibliothek bücherei schule universität gericht amtsgericht landgericht ministerium
krankenhaus stadtverwaltung amt ordnungsamt sitz bürgerzentrum stadtteilzentrum nachbarschaftszentrum volkshochschule
municipio comune questura commissariato stazione caserma biblioteca scuola università tribunale sede ufficio uffici ospedale
centro_civico centro ministero prefettura circolo palazzo ayuntamiento* comisaría* comisaria* cuartel instituto colegio
universidad juzgado* oficina* ministerio centro_cívico biblioteca hospital casa_consistorial concejalía jefatura local_social
ajuntament* comissaria caserna escola institut universitat jutjat* jutjats oficina ministeri centre_cívic casal biblioteca
oac seu casa_de_la_vila casa_consistorial
hôtel-de-ville stadhuisplein rathausplatz kirchplatz marktplatz
""")
# Words in capitals that are nobody's name: places, networks, authorities, days.
NO_PERSON = frozenset(
    [
        "whatsapp",
        "facebook",
        "instagram",
        "telegram",
        "signal",
        "nextdoor",
        "twitter",
        "tiktok",
        "youtube",
        "google",
        "snapchat",
        "linkedin",
        "messenger",
        "discord",
        "x",
        "insta",
        "zenodo",
        "europol",
        "interpol",
        "efus",
        "eu",
        "ue",
        "un",
        "onu",
        "europe",
        "europa",
        "european",
        "bellingcat",
        "amnesty",
        "netflix",
        "amazon",
        "android",
        "iphone",
        "apple",
        "microsoft",
        "netherlands",
        "holland",
        "nederland",
        "belgium",
        "belgie",
        "belgique",
        "vlaanderen",
        "flanders",
        "wallonie",
        "france",
        "frankreich",
        "deutschland",
        "germany",
        "austria",
        "osterreich",
        "schweiz",
        "suisse",
        "switzerland",
        "svizzera",
        "italia",
        "italy",
        "italie",
        "espana",
        "spain",
        "espagne",
        "catalunya",
        "cataluna",
        "andorra",
        "portugal",
        "luxembourg",
        "ireland",
        "scotland",
        "wales",
        "england",
        "britain",
        "uk",
        "usa",
        "london",
        "paris",
        "berlin",
        "madrid",
        "barcelona",
        "roma",
        "rome",
        "milano",
        "milan",
        "napoli",
        "torino",
        "amsterdam",
        "rotterdam",
        "utrecht",
        "eindhoven",
        "groningen",
        "tilburg",
        "breda",
        "arnhem",
        "leiden",
        "antwerpen",
        "anvers",
        "gent",
        "brugge",
        "leuven",
        "bruxelles",
        "brussel",
        "brussels",
        "liege",
        "namur",
        "charleroi",
        "lille",
        "lyon",
        "marseille",
        "toulouse",
        "bordeaux",
        "nantes",
        "strasbourg",
        "nice",
        "rennes",
        "geneve",
        "lausanne",
        "zurich",
        "bern",
        "basel",
        "wien",
        "graz",
        "linz",
        "hamburg",
        "munchen",
        "koln",
        "frankfurt",
        "stuttgart",
        "leipzig",
        "dresden",
        "essen",
        "dortmund",
        "bremen",
        "hannover",
        "nurnberg",
        "munich",
        "cologne",
        "sevilla",
        "valencia",
        "zaragoza",
        "malaga",
        "bilbao",
        "granada",
        "murcia",
        "palma",
        "mallorca",
        "girona",
        "lleida",
        "tarragona",
        "reus",
        "sabadell",
        "terrassa",
        "badalona",
        "manchester",
        "birmingham",
        "liverpool",
        "leeds",
        "glasgow",
        "edinburgh",
        "cardiff",
        "belfast",
        "dublin",
        "bristol",
        "sheffield",
        "firenze",
        "bologna",
        "venezia",
        "genova",
        "palermo",
        "bari",
        "verona",
        "brescia",
        "padova",
        "trieste",
        "haag",
        "hague",
        "hasselt",
        "mechelen",
        "kortrijk",
        "maastricht",
        "nijmegen",
        "haarlem",
        "almere",
        "zwolle",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "police",
        "policia",
        "polizei",
        "politie",
        "polizia",
        "guardia",
        "mossos",
        "gendarmerie",
        "carabinieri",
        "garda",
        "ok",
        "nb",
        "ps",
        "dna",
        "gps",
        "cctv",
        "pcso",
        "nhs",
        "bbc",
        "cnn",
        "vrt",
        "nos",
        "rtl",
        "rai",
        "rtve",
        "tv3",
        "zdf",
        "ard",
        "adhd",
        "lgbt",
        "covid",
        "gdpr",
        "dsgvo",
        "rgpd",
        "avg",
        "ai",
        "ki",
        "ikea",
        "lidl",
        "aldi",
        "jumbo",
        "carrefour",
        "mercadona",
        "tesco",
        "asda",
        "spar",
        "delhaize",
        "action",
        "hema",
        "bmw",
        "audi",
        "vw",
        "volkswagen",
        "ford",
        "opel",
        "renault",
        "peugeot",
        "citroen",
        "fiat",
        "seat",
        "skoda",
        "toyota",
        "volvo",
        "mercedes",
        "golf",
        "polo",
        "corsa",
        "clio",
        "punto",
        "transit",
        "caddy",
        "twingo",
        "ibiza",
        "porsche",
        "tesla",
        "vespa",
        "piaggio",
        "yamaha",
        "islam",
        "christian",
        "muslim",
        "god",
        "allah",
    ]
)
