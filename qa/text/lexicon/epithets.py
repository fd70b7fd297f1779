"""Words by which a report names somebody anew without a name: offices of titles, parties, and nouns that
describe who is known already ("the real estate mogul"), as rows."""

from __future__ import annotations

from qa.text.lexicon.build import table
from qa.text.lexicon.places import STATES

# A title before a name -> what its holder is called.
OFFICES: dict[str, frozenset[str]] = {
    title: frozenset(nouns.split())
    for title, nouns in table(
        """
        sen | senator lawmaker legislator
        senator | senator lawmaker legislator
        rep | representative congressman congresswoman lawmaker legislator
        congressman | congressman representative lawmaker legislator
        congresswoman | congresswoman representative lawmaker legislator
        gov | governor
        governor | governor
        gen | general
        prof | professor
        professor | professor
        sgt | sergeant
        dr | doctor
        sheriff | sheriff
        justice | justice judge
        judge | judge
        """
    )
}
# A word or letter for a party -> the party. ("(R-Wis.)" stands behind the name of a lawmaker.)
PARTIES: dict[str, str] = {
    word: party
    for party, words in table(
        """
        republican | republican republicans gop r
        democrat | democrat democrats democratic d
        independent | i
        conservative | tory conservative
        labour | labour
        """
    )
    for word in words.split()
}
# As a newspaper or the post office shortens a state.
_SHORT_STATES = table(
    """
    Alabama | Ala. AL
    Alaska | AK
    Arizona | Ariz. AZ
    Arkansas | Ark. AR
    California | Calif. CA
    Colorado | Colo. CO
    Connecticut | Conn. CT
    Delaware | Del. DE
    Florida | Fla. FL
    Georgia | Ga. GA
    Hawaii | HI
    Idaho | ID
    Illinois | Ill. IL
    Indiana | Ind. IN
    Iowa | IA
    Kansas | Kan. KS
    Kentucky | Ky. KY
    Louisiana | La. LA
    Maine | ME
    Maryland | Md. MD
    Massachusetts | Mass. MA
    Michigan | Mich. MI
    Minnesota | Minn. MN
    Mississippi | Miss. MS
    Missouri | Mo. MO
    Montana | Mont. MT
    Nebraska | Neb. NE
    Nevada | Nev. NV
    New Hampshire | N.H. NH
    New Jersey | N.J. NJ
    New Mexico | N.M. NM
    New York | N.Y. NY
    North Carolina | N.C. NC
    North Dakota | N.D. ND
    Ohio | OH
    Oklahoma | Okla. OK
    Oregon | Ore. OR
    Pennsylvania | Pa. PA
    Rhode Island | R.I. RI
    South Carolina | S.C. SC
    South Dakota | S.D. SD
    Tennessee | Tenn. TN
    Texas | Tex. TX
    Utah | UT
    Vermont | Vt. VT
    Virginia | Va. VA
    Washington | Wash. WA
    West Virginia | W.Va. WV
    Wisconsin | Wis. WI
    Wyoming | Wyo. WY
    """
)
# A state, full or short -> its name.
HOMES: dict[str, str] = {
    **{state: state for state in (*STATES, "Georgia", "Virginia", "West Virginia")},
    **{short: state for state, shorts in _SHORT_STATES for short in shorts.split()},
}
# Nouns that describe somebody who is known already rather than tell of somebody new.
EPITHETS = frozenset(
    """actor actress author billionaire businessman businesswoman candidate centrist comedian contender
    entrepreneur firebrand front-runner frontrunner hopeful industrialist magnate maverick millionaire mogul
    multimillionaire neurosurgeon newcomer nominee novelist philanthropist physician politician popstar rapper
    singer socialist statesman surgeon tycoon underdog veteran""".split()
)
# What narrows an office so much that its holder is another: "press secretary", "vice president".
ANOTHER_OFFICE = frozenset(
    """attorney campaign club council county defence defense deputy district finance foreign guild interior
    minority majority opposition party police press prime school speaker state team union vice""".split()
)
LESSER = frozenset("assistant deputy former vice".split())
