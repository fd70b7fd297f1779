"""A claim gives words only to whom its source gives them, with every verb of the lexicon; and a claim never
contradicts its own attribution. Sentences are invented."""

from __future__ import annotations

import pytest

from qa.checking.speakers import contradicts
from qa.checking.verify import Verified, verify
from qa.text.lexicon.speech import verbs
from qa.types import Article, Draft, DraftClaim, DraftQuote, Meta, Span, StoredArticle


def checked(source: str, claim: str, quote: str | None = None) -> Verified:
    article = Article(n=1, spans=(Span(start=0, end=len(source)),), meta=Meta(outlet="Norvik Post"))
    stored = StoredArticle(key=1, source=1, article_id="a.txt#1", file="a.txt", article=article)
    draft = Draft(claims=(DraftClaim(text=claim, quotes=(DraftQuote(article=1, text=quote or source),)),))
    return verify(draft, lambda _: stored, lambda _: source)


def why(source: str, claim: str) -> str:
    found = checked(source, claim)
    return "pass" if found.claims else found.dropped[0].why


# (verb and what is said, by Otto Lind)
SAID = [
    "accused the council of lying",
    "alleged that the council was lying",
    "denied that the pier was closed",
    "conceded that the pier was closed",
    "promised that the pier would open",
    "demanded that the pier be closed",
    "said that the pier was closed",
    "warned that the pier would fall",
    "criticized the plan for the pier",
    "praised the plan for the pier",
    "insisted that the pier was safe",
    "complained that the pier was late",
    "admitted that the pier was late",
    "claimed that the pier was late",
    "predicted that the pier would fall",
    "pointed out that the pier was old",
    "vowed that the pier would open",
    "contended that the pier was safe",
]
ASIDE = "while Mayor Ilse Brandt left the room"


@pytest.mark.parametrize("said", SAID)
def test_the_true_speaker_is_kept(said: str) -> None:
    source = f"Councillor Otto Lind {said}, {ASIDE}."
    found = checked(source, f"Otto Lind {said}.")
    assert found.claims and found.claims[0].text.startswith("Otto Lind")


@pytest.mark.parametrize("said", SAID)
def test_the_other_person_of_the_sentence_is_dropped(said: str) -> None:
    assert why(f"Councillor Otto Lind {said}, {ASIDE}.", f"Ilse Brandt {said}.") == "speaker"


@pytest.mark.parametrize(
    ("source", "claim", "verdict"),
    [
        (
            "“The pier is closed,” Mayor Ilse Brandt said. Otto Lind agreed.",
            "Ilse Brandt said the pier is closed.",
            "pass",
        ),
        (
            "“The pier is closed,” Mayor Ilse Brandt said. Otto Lind went home.",
            "Otto Lind said the pier is closed.",
            "speaker",
        ),
        (
            "The pier is closed, according to Mayor Ilse Brandt. Otto Lind left.",
            "Otto Lind said the pier is closed.",
            "speaker",
        ),
        (
            "The pier is closed, according to Mayor Ilse Brandt. Otto Lind left.",
            "According to Ilse Brandt, the pier is closed.",
            "pass",
        ),
        (
            "Mayor Ilse Brandt opened the hall. She said that it was late.",
            "Ilse Brandt said that it was late.",
            "pass",
        ),
        (
            "Otto Lind grumbled: “Nobody asked us.” Ilse Brandt laughed.",
            "Otto Lind grumbled that nobody asked them.",
            "pass",
        ),
    ],
)
def test_other_orders_of_words(source: str, claim: str, verdict: str) -> None:
    assert why(source, claim) == verdict


def test_every_verb_of_saying_is_known_to_the_check() -> None:
    """No verb of the lexicon lets a false attribution through that another catches."""
    unknown = []
    for verb in verbs("words", without=("told", "hearer")):
        if verb.particle or verb.lemma in ("ask", "answer"):
            continue
        source = f"Otto Lind {verb.past[0]} that the pier was closed, {ASIDE}."
        if why(source, f"Ilse Brandt {verb.past[0]} that the pier was closed.") == "pass":
            unknown.append(verb.lemma)
    assert unknown == []


@pytest.mark.parametrize(
    ("text", "speaker", "role", "against"),
    [
        ("Ilse Brandt said the pier is closed.", "Otto Lind", "engineer", True),
        ("Ilse Brandt said the pier is closed.", "Ilse Brandt", "mayor", False),
        ("The mayor said the pier is closed.", "Ilse Brandt", "mayor", False),
        ("The pier is closed.", "Otto Lind", None, False),
        ("The pier is closed, Otto Lind said.", "Norvik Post", None, True),
    ],
)
def test_what_contradicts_an_attribution(text: str, speaker: str, role: str | None, against: bool) -> None:
    assert contradicts(text, speaker, role) is against


@pytest.mark.parametrize("said", SAID)
def test_a_claim_never_contradicts_itself(said: str) -> None:
    """Whatever is kept, its attribution is nobody or somebody whom the claim does not contradict."""
    source = (
        f"Engineer Jan Holt warned of cracks. Councillor Otto Lind {said}, {ASIDE}. “We wait,” Holt said."
    )
    for claim in (f"Otto Lind {said}.", f"Ilse Brandt {said}.", f"Jan Holt {said}.", source):
        for c in checked(source, claim).claims:
            assert c.attribution is None or not contradicts(c.text, c.attribution.speaker, c.attribution.role)
