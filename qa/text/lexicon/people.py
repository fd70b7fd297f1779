"""Nouns for somebody who speaks: offices and trades, titles, kin; and which role is part of which."""

from __future__ import annotations

import re

from qa.text.lexicon.bodies import BODIES
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import MONTH_NAMES
from qa.text.lexicon.epithets import EPITHETS
from qa.text.lexicon.peoples import ADJECTIVES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words for somebody by office, trade or kin; the head of "a senior official", "the club's captain".
PERSONS = _words(
    """
    academic accuser activist actor actress admiral adviser advisor advocate agent aide alderman
    ally alto alum alumnus ambassador analyst anchor archbishop architect artist assemblyman
    assemblywoman assistant astronaut attendee attorney aunt author baker banker barista barrister
    biologist bishop blogger boss boy boyfriend bride brother builder businessman businesswoman
    bystander caller campaigner candidate captain cardinal ceo cfo chair chairman chairperson
    chairwoman chancellor chaplain chef chemist chief child citizen classmate clerk climber co-host
    coach colleague colonel columnist comedian commander commentator commissioner conductor
    congressman congressperson congresswoman conservative contender cook cop coroner correspondent
    councillor councilman councilor councilwoman counsel cousin critic curator customer cyclist czar
    dad daughter deacon dean defendant delegate democrat demonstrator deputy designer detective
    dictator diplomat director diver doctor donor driver ecologist economist editor employee
    engineer envoy ex-husband ex-wife executive expert eyewitness fan farmer father fellow fiance
    fiancee figure firefighter fisherman foe forecaster foreman founder freshman friend front-runner
    frontrunner general gentleman geologist girl girlfriend goalkeeper governor graduate
    granddaughter grandfather grandmother grandson groom guard guest gymnast head headteacher
    heiress hiker historian hopeful host husband imam immigrant insider inspector insurer intern
    interviewer investigator investor jockey journalist judge juror justice keeper king lady
    landlady landlord lawmaker lawyer leader lecturer legislator liberal librarian lieutenant
    linebacker listener lobbyist local lodger magistrate major man manager marine master mate mayor
    mechanic medic member meteorologist midwife minister moderator mom monarch monk mother motorist
    mp mum musician nanny native negotiator neighbor neighbour nephew niece nominee nun nurse
    observer oceanographer officer official onlooker operative operator opponent organiser organizer
    owner pal paramedic parent parishioner participant partner passenger passer-by passerby
    pensioner people person physicist pilot plaintiff player playwright pm poet policeman
    policewoman politician pollster pope premier presenter president president-elect priest prime
    prince princess principal producer professor prosecutor protester provost psychologist pundit
    pupil quarterback queen rabbi ranger reader recorder referee refugee relative rep reporter
    representative republican rescuer researcher resident respondent restaurateur rival rookie
    roommate sailor salesman scholar scientist seamstress secretary secretary-general senator
    sergeant sheriff shopkeeper shopper singer sister skeptic skipper soldier solicitor son
    sophomore soprano source speaker specialist spokesman spokesperson spokeswoman spouse standout
    statistician strategist striker student superintendent supporter surgeon surrogate surveyor
    survivor swimmer teacher teammate technician teenager tenant tenor trader trainer treasurer
    trooper trustee tsar umpire uncle undersecretary upstart veteran vicar vice-chair vice-president
    victim viewer villager violinist volunteer voter vp waitress walker whip widow widower wife
    winner witness woman worker worshipper writer
    """
)
# Words for several that have no singular of this meaning.
GROUPS = _words(
    """
    audience chiefs crowd delegation figures folk folks jury leadership locals mps opposition public
    villagers
    """
)
# Words for a person that are mostly something else right before a noun ("which local paper").
ALSO_ADJECTIVES = _words(
    """
    assistant conservative cook critic democrat executive fellow
    general liberal local major marine native operative
    principal private relative representative republican veteran
    """
)
# Those whom a second sentence takes up again by their office ("The minister …").
HOLDERS = _words("leader minister official politician president spokesman spokesperson spokeswoman")
# Titles whose abbreviation has no full stop of its own at the end of a sentence.
ABBREVIATED_TITLES = _words(
    """
    adm amb capt cllr cmdr col cpl det dr fr gen gov hon
    insp lt maj messrs mgr mlle mme mons mr mrs ms mx pres prof
    rep rev sen sgt st ste supt
    """
)
# Titles before a name, without their full stop.
TITLES = _words(
    """
    capt cllr col dame det dr fr gen gov insp justice lady lord lt miss mr mrs ms mx pc prof rep rev
    sen sgt sir supt
    """
)
# Behind a name, and no name themselves.
GENERATIONS = _words("jr sr ii iii iv")
# Nouns for somebody that are common family names too: "Willem Cook".
FAMILY_NAMES = frozenset(
    """archer baker barber bishop brewer butler carpenter carter cook cooper farmer fisher hunter king knight
    mason miller parker pope porter potter prince shepherd steward taylor turner walker weaver""".split()
)
# What they say nobody says.
NOBODY = frozenset("none neither nobody no-one".split())
DETERMINERS = _words(
    """
    a all an another both five four her his its many my one other our several some the their these
    those three two
    """
)
# Words that narrow a role.
_NARROWING = _words(
    """
    acting army assistant attorney chief city club communications company county court current
    defence defense deputy district economic economy education executive federal finance fire
    foreign former government harbor harbour head health incoming incumbent independent intelligence
    interior late lead leading local longtime managing medical military national new opposition
    outgoing party police presidential press prime public regional security senior state team top
    town trade transport union veteran vice
    """
)
NARROWS = re.compile(rf"{alternatives(_NARROWING)}|[\w]+(?:ian|ese|ish|al|ic|ing|ed|an)")
# Before "of" and "for": one name ("Minister of Transport"), not two ("Hill of Norvik").
JOINED = _words(
    """
    academy agency alliance archbishop association authority bank bishop board bureau campaign
    center centers centre centres chamber chief church city club coalition college commission
    committee congress council court department director duke embassy federation foundation
    fund governor head house institute institution isle kingdom league mayor minister ministry
    office order organisation organization parliament party port president republic school secretary
    society state states trust union university
    """
)
# Nouns for speakers that are verbs too.
ALSO_VERBS = _words(
    """
    affidavit author board captain chair champion coach document father figure figures force fund
    group guard head host judge mother note pilot post press report side staff state statement study
    survey witness
    """
)
_WOMEN = _words(
    """
    Dame Lady Madam Miss Mrs Ms actress aunt businesswoman chairwoman congresswoman councilwoman
    daughter girl grandmother landlady midwife mother mum policewoman princess queen sister
    spokeswoman widow wife woman
    """
)
_MEN = _words(
    """
    Lord Mr Sir actor boy brother businessman chairman congressman councilman dad father fisherman
    grandfather husband king landlord man policeman prince son spokesman uncle widower
    """
)
WOMAN = re.compile(rf"\b{alternatives(_WOMEN)}\b")
MAN = re.compile(rf"\b{alternatives(_MEN)}\b")
# A wider word -> the roles that it may mean.
WIDER = {
    "official": _words(
        "adviser ambassador chief commissioner deputy director envoy minister secretary "
        "spokesman spokesperson"
    ),
    "leader": _words("chairman chancellor emperor king minister premier president prime"),
    "politician": _words(
        "candidate chancellor councillor lawmaker mayor minister mp premier president senator"
    ),
    "head": _words("chief director president"),
    "diplomat": _words("ambassador envoy minister secretary"),
    "premier": _words("minister"),
    "boss": _words("chief coach director executive manager"),
    "coach": _words("manager"),
    "manager": _words("coach"),
    "woman": _words("nurse"),
    "scientist": _words(
        "biologist chemist ecologist geologist lecturer oceanographer physicist professor researcher"
    ),
    "researcher": _words("biologist chemist ecologist geologist lecturer physicist professor scientist"),
    "officer": _words("constable detective inspector sergeant superintendent"),
    "executive": _words("chairman chief director"),
}
_AGENT = re.compile(
    r"(?:[a-z-]{2,}(?:er|or|ist|ian|eer|ant|man|men|woman|women)|[a-z-]*"
    r"(?:person|people|folk|keeper|rep|chef|crew|diplomat|bishop|monk|nun|cop|detective|relative|native|"
    r"executive))"
)
# Words with the ending of an agent that mean nobody.
_NO_AGENT = _words(
    """
    abundant senior junior interior exterior superior after amber anger another answer arrogant banner
    barter better bigger bitter border brighter brilliant broader bumper butter cancer center centre
    chapter character charter cheaper christian clearer clever closer cluster clutter computer consider
    constant container copper corner corridor counter covenant cover danger darker dearer deeper deliver
    differ dinner disaster discover disorder distant dominant door earlier easier either elegant
    elephant encounter enter error ever factor fairer faster favor favour feather fever fewer filter
    finger floor flower forever former further gather gender giant grant greater hammer happier harder
    heavier higher hinder honor honour horror however human hunger ignorant important indoor inner
    instant labor labour ladder larger later layer leather letter lighter liter litre litter longer
    louder lower major manner matter member meter metre minor mirror monster moreover motor murder
    nearer neither never newer newsletter norman number offer older order other outdoor outer over paper
    pepper per plant pleasant poorer poster powder power prefer printer prior proper quarter rather
    recover redundant refer register relevant reluctant remainder remember render restaurant richer
    riskier river roster router rubber safer scanner sector semester server sharper shelter shorter
    shoulder shower shutter significant silver slender slower smaller sober soccer softer sooner steeper
    stronger suffer summer super supper surrender tender terror theater theatre thriller thunder tiger
    tighter together tolerant tower tractor trailer transfer trigger twitter under upper utter vacant
    vapor vigor waiver wander water weaker weather whatever whenever wherever whether wider winter
    woman's wonder younger adamant administer altogether antidepressant ardor armor armour assist
    barometer barrier beer behavior behaviour biggest-ever blister bluster boiler bulldozer caliber
    candor career cater centimeter chant chatter cheer color colour compressor consist cooler costlier
    cracker cucumber cyber decor defer deter diameter dossier eager elevator endanger epicenter exist
    fervor fiber filibuster flagrant flavor flavour flutter fragrant game-changer grander gutter
    haughtier headquarter helicopter hesitant hover humor humour inferior insignificant insist kilometer
    kilometre laser laughter ledger lesser locker lumber makeover maneuver marker mater meant median
    megamerger merger meteor millimeter misdemeanor murkier narrower odor ouster outnumber oyster
    parameter perimeter persist poor pregnant prosper rampant reactor reconsider reminder remnant
    reptilian resist rigor rollover rumor rumour scooter shatter skyscraper slumber specter splendor
    splinter stagnant steer takeover teleprompter temper thereafter thermometer timber toaster tougher
    tremor tumor turnover uglier undercover upriver valor vector vibrant vigilant warrant whisper whiter
    wilder
    """
)
_NOBODY = _NO_AGENT | {w.lower() for w in ADJECTIVES} | set(MONTH_NAMES)
_SOMEBODY = PERSONS | GROUPS | EPITHETS


def is_person(word: str) -> bool:
    """Whether a noun, in lower case and singular, means somebody: a word of PERSONS or GROUPS, or one that is
    made like them ("juror", "novelist", "shopkeeper")."""
    return word in _SOMEBODY or (
        word not in _NOBODY and word not in BODIES and _AGENT.fullmatch(word) is not None
    )


def singular(word: str) -> str:
    """The singular of a noun for somebody or for a body: "officials" -> "official", "women" -> "woman"."""
    low = word.casefold()
    if low in ("people", "children"):
        return "person" if low == "people" else "child"
    if (low.endswith("men") and len(low) > 4) or low == "men":
        return low[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x)es$", low):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us")) else low


def plural(word: str) -> str:
    """The plural of a noun for somebody: "officials", "spokesmen", "secretaries"."""
    if word == "person":
        return "people"
    if word.endswith("man"):
        return word[:-2] + "en"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|sh|ch|x)$", word) else "s")


def person_pattern(*, offices: bool = False) -> str:
    """A group that matches a noun for somebody, singular or plural. ``offices``: only those of HOLDERS."""
    words = HOLDERS if offices else PERSONS - ALSO_ADJECTIVES
    return alternatives({*words, *map(plural, words)})
