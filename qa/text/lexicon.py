"""Words for those who speak: offices and trades, bodies, outlets, titles; and which role is part of which."""

from __future__ import annotations

import re

# Words for somebody who speaks by office or trade; the head of "a senior official", "the club's captain".
PERSONS = frozenset(
    """adviser advisor agent aide ambassador analyst archbishop assistant astronaut attorney author baker banker bishop boss brother builder
    campaigner candidate captain cardinal chairman chairperson chairwoman chancellor chief chiefs citizen clerk coach colleague columnist commander commentator
    commissioner congressman congresswoman coroner councillor councilor counsel critic cyclist dad daughter dean defendant delegate deputy designer detective dictator
    director doctor driver economist editor employee engineer envoy executive expert eyewitness farmer father figure fisherman founder friend general goalkeeper governor
    guard head headteacher historian host inspector investigator investor judge justice keeper king landlord landlady lawmaker lawyer leader lecturer librarian lieutenant magistrate
    manager master mayor medic member midwife minister monarch mother mum musician negotiator neighbour neighbor nurse observer officer official operator opponent owner
    parent partner passenger pilot player poet politician pope premier presenter president president-elect priest prime prince princess principal producer professor prosecutor psychologist
    queen reader recorder referee representative reporter rescuer researcher resident rival sailor scientist secretary senator sergeant sheriff singer sister skipper soldier
    solicitor son source specialist spokesman spokesperson spokeswoman spouse striker student superintendent supporter surgeon surveyor survivor teacher technician trader trainer
    treasurer trustee veteran vicar victim volunteer widow widower wife husband winner witness woman man worker writer correspondent journalist blogger organiser organizer
    curator conductor actor actress artist architect biologist chemist physicist geologist ecologist oceanographer meteorologist forecaster statistician academic chair vice-president vice-chair pm mp mps ceo cfo vp
    grandmother grandfather uncle aunt cousin boy girl child pensioner shopkeeper barrister paramedic firefighter fan delegation tsar czar opposition figures leadership bride groom pal mate villager villagers locals shopper protester demonstrator activist lodger customer tenant motorist diver swimmer walker climber hiker teenager""".split()
)
# Words for a body, a paper or a document that states something.
BODIES = frozenset(
    """administration agency army association authority bank board brigade broadcaster bureau cabinet campaign charity church club college commission committee community company congress
    consortium contractor council court daily department developer embassy emergency family federation firm force forces foundation government group hospital house institute
    institution intelligence inquiry kremlin league magazine media ministry mission navy newspaper office operator organisation organization outlet panel paper parliament party
    police portal post press programme publication publisher regime regulator room school senate service services side society staff state statement team trust tribunal
    union university weekly website newsroom watchdog channel station report survey study memo letter document affidavit filing indictment note leaflet court fund brewery railway utility supplier manufacturer airline coastguard treasury secretariat consulate museum theatre orchestra cathedral""".split()
)
OUTLETS = frozenset(
    "agency broadcaster channel correspondent daily magazine media newspaper outlet paper portal publication station tabloid weekly website reporter newsroom blog gazette journal".split()
)
PAPER = re.compile(
    r"\b(?:Times|Post|Guardian|Herald|Tribune|Journal|Ledger|Chronicle|Gazette|Courier|Mirror|Telegraph|Observer|Independent|Mercury|Sentinel|Examiner|Inquirer|Standard|Echo|Argus|Globe|Star|News|Press|Wire|Weekly|"
    r"Daily|Zeitung|Spiegel|Monde|Figaro|Pravda|Reuters|AFP|Bloomberg|BBC|CNN|CBS|NBC|ITV|TASS|Tass|Interfax|Novosti|Sputnik|Xinhua|Axios|Politico|Radio|Television|Beacon|Evening|Dispatch|Bulletin|Review)\b"
)
TITLES = frozenset(
    "mr mrs ms miss mx dr prof sir dame lord lady rev fr sgt capt gen col lt cllr supt insp det sen rep gov justice pc".split()
)
WOMAN = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Madam|spokeswoman|chairwoman|congresswoman|councilwoman|businesswoman|policewoman|woman|mother|mum|sister|daughter|wife|widow|queen|princess|actress|landlady|grandmother|aunt|midwife|girl)\b"
)
MAN = re.compile(
    r"\b(?:Mr|Sir|Lord|spokesman|chairman|congressman|councilman|businessman|policeman|fisherman|man|father|dad|brother|son|husband|widower|king|prince|actor|landlord|grandfather|uncle|boy)\b"
)
WORD = re.compile(r"[^\W\d_](?:[\w]|[’'-](?=\w))*")
DETERMINERS = frozenset(
    "the a an one another its his her their our my some several many two three four five other both all these those".split()
)
NARROWS = re.compile(
    r"senior|former|chief|local|deputy|acting|late|new|top|leading|lead|assistant|vice|prime|foreign|press|medical|managing|executive|attorney|opposition|military|national|state|federal|regional|police|government|fire|harbour|harbor|head|team|club|company|party|city|town|union|army|security|defen[cs]e|intelligence|interior|finance|economic|economy|health|education|trade|transport|public|presidential|communications|district|county|court|incumbent|outgoing|incoming|current|longtime|veteran|independent|[\w]+(?:ian|ese|ish|al|ic|ing|ed|an)"
)
JOINED = frozenset(
    "ministry department bank house university council court city chamber board office institute institution bureau secretary minister chief congress parliament federation association society school mayor governor president director bishop archbishop duke head trust club church isle port state states union republic kingdom party commission committee".split()
)

ALSO_VERBS = frozenset(
    "report note state statement study survey document affidavit judge host coach captain pilot force fund head side staff group board mother father author guard witness chair champion figure figures press post".split()
)
CONCERNS = frozenset(
    "company firm operator contractor developer manufacturer supplier club airline charity".split()
)
WIDER = {
    "official": frozenset(
        "spokesman minister secretary adviser commissioner ambassador envoy director chief deputy spokesperson".split()
    ),
    "leader": frozenset("president premier chancellor king emperor minister chairman prime".split()),
    "politician": frozenset(
        "president minister senator mp premier mayor councillor candidate lawmaker chancellor".split()
    ),
    "head": frozenset("president director chief".split()),
    "diplomat": frozenset("minister ambassador envoy secretary".split()),
    "premier": frozenset("minister".split()),
    "boss": frozenset("manager director executive chief coach".split()),
    "coach": frozenset("manager".split()),
    "manager": frozenset("coach".split()),
    "woman": frozenset("nurse".split()),
    "scientist": frozenset(
        "professor researcher biologist chemist physicist geologist ecologist lecturer oceanographer".split()
    ),
    "researcher": frozenset(
        "professor scientist biologist chemist physicist geologist ecologist lecturer".split()
    ),
    "officer": frozenset("superintendent inspector sergeant detective constable".split()),
    "executive": frozenset("director chief chairman".split()),
}


_AGENT = re.compile(
    r"(?:[a-z-]{2,}(?:er|or|ist|ian|eer|ant|man|men|woman|women)|[a-z-]*(?:person|people|folk|keeper|rep|chef|crew|diplomat|bishop|monk|nun|cop|detective|relative|native|executive))"
)
_NO_AGENT = frozenset(
    """after other another under over ever never however whether rather either neither former later earlier further order number matter paper power water winter summer centre center corner
    quarter chapter letter member november october september december river border tower flower shoulder weather dinner computer offer answer together easier cover fever silver
    error mirror floor door labor labour favor favour honor honour major minor prior factor sector motor terror horror indoor outdoor human woman's plant grant restaurant giant elephant
    important significant relevant constant instant distant brilliant elegant reluctant pleasant vacant dominant russian ukrainian american german italian iranian norman roman christian
    bigger larger smaller higher lower greater older younger newer better longer shorter stronger weaker faster slower proper super cancer danger anger hunger finger counter disorder
    container transfer remainder disaster newsletter theatre metre litre meter liter layer ladder pepper copper leather feather butter hammer amber rubber bumper trailer thriller poster""".split()
)


def is_person(word: str) -> bool:
    """Whether a noun, in lower case and singular, means somebody: a word of PERSONS, or one that is made like
    them ("juror", "novelist", "shopkeeper")."""
    return word in PERSONS or (
        word not in _NO_AGENT and word not in BODIES and _AGENT.fullmatch(word) is not None
    )


def is_outlet(name: str) -> bool:
    """Whether a name looks like that of a newspaper, an agency or a station."""
    return bool(PAPER.search(name)) or bool(set(w.casefold() for w in WORD.findall(name)) & OUTLETS)
