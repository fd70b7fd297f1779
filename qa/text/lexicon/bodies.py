"""Nouns for a body, a paper or a document that states something, and names of papers."""

from __future__ import annotations

import re

from qa.text.lexicon.build import alternatives

WORD = re.compile(r"[^\W\d_](?:[\w]|[’'-](?=\w))*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words for what is written and states something.
DOCUMENTS = _words(
    """
    account ad advisory affidavit analysis article audit bill book brief bulletin census column complaint
    count data document editorial email estimate figures filing findings guidance handbook headcount
    indictment inventory investigation law lawsuit leaflet ledger letter log manual memo minutes note notice
    order petition plan playbook poll probe readout records release report results review ruling statement
    statistics story study summary survey tally transcript version website
    """
)
# What else has a name of its own that ends so: laws, prizes, contests, gatherings.
WORKS = _words(
    """
    accord act agreement amendment award bowl championship code conference constitution convention cup
    declaration deal debate election festival forum games olympics pact primary prize protocol referendum
    resolution summit treaty war week
    """
)
# Words for a body, a paper or a document that states something.
BODIES = _words(
    """
    administration affidavit agency airline army association authority bank bloc board brewery
    brigade broadcaster bureau cabinet campaign carrier cathedral caucus chamber channel chapter
    center centre charity choir church clinic club coalition coastguard college commission committee community
    company conglomerate congregation congress consortium consulate contractor corporation council
    court daily department developer division document embassy emergency family federation filing
    firm force forces foundation fund government group guild hospital house indictment inquiry
    institute institution intelligence junta lab laboratory leaflet league lender letter magazine
    manufacturer media memo militia ministry mission museum navy network newspaper newsroom
    nonprofit note observatory office operator orchestra organisation organization outlet panel
    paper parliament party police portal post press programme publication publisher railway regime
    regiment regulator report retailer room school secretariat senate service services side society
    squad staff startup state statement station study supplier survey syndicate team theatre
    treasury tribunal troupe trust union unit university utility watchdog website weekly zoo
    """
)
# Words for an outlet, or for one who writes for it.
OUTLETS = _words(
    """
    agency blog broadcaster channel correspondent daily gazette journal magazine media newspaper
    newsroom outlet paper portal publication reporter station tabloid website weekly
    """
)
# Words of which the name of an outlet is made.
_PAPERS = _words(
    """
    Times Post Guardian Herald Tribune Journal Ledger Chronicle Gazette Courier Mirror Telegraph
    Observer Independent Mercury Sentinel Examiner Inquirer Standard Echo Argus Globe Star News
    Press Wire Weekly Daily Zeitung Spiegel Monde Figaro Pravda Reuters AFP Bloomberg BBC CNN CBS
    NBC ITV TASS Tass Interfax Novosti Sputnik Xinhua Axios Politico Radio Television Beacon Evening
    Dispatch Bulletin Review
    """
)
PAPER = re.compile(rf"\b{alternatives(_PAPERS)}\b")
# Bodies that an article names by their trade alone ("the company").
CONCERNS = _words(
    """
    airline charity club company contractor developer firm manufacturer operator supplier
    """
)

# Nouns for those who say what a body says: "TSA officials", but not "TSA union officials".
MOUTHPIECES = _words("official officials spokesman spokesperson spokeswoman statement")
# What is left out behind a body's name: "the Arlen Police", "Norvik".
LEFT_OUT = _words(
    "agency co company corp corporation department group inc llc ltd ministry office plc service"
)
# The last word of the name of a programme or a paper that a quotation is signed with.
PROGRAMMES = _words("hour interview live magazine news podcast programme report review show today tonight")
# Bodies that a wider noun may mean: "The Department of Health said … . The agency said".
WIDER_BODIES = {
    "agency": _words("administration authority bureau center centers commission department office service"),
}


def is_outlet(name: str) -> bool:
    """Whether a name looks like that of a newspaper, an agency or a station."""
    return bool(PAPER.search(name)) or bool({w.casefold() for w in WORD.findall(name)} & OUTLETS)
