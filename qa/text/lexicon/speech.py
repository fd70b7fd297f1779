"""Verbs and nouns of saying, as rows; patterns are built from them by flag.

A row: lemma | past (past participle) where irregular | flags. Flags of what a verb means:
``words``    it introduces what is said ("say", "warn")
``deed``     a deed of speech that has somebody or a matter for its object ("accuse", "praise", "call")
``mind``     a thought that a report ascribes ("believe", "think", "hope")
``manner``   a way of uttering ("grumble", "sigh"): saying only beside words in quotation marks
Flags of how it is used:
``inverts``  "…," said X: the speaker may stand behind it without a quotation mark before
``told``     saying only where what is said follows ("maintain that", "state:"), since it also means a deed
``as``       saying only where a claim is its object or "as" follows ("dismissed the report", "cast X as")
``noun``     its plain forms are nouns too ("the claim", "three calls")
``hearer``   its object is who is spoken to ("tell", "assure", "remind")
``shows``    a thing may do it ("the move suggests"), so that only somebody or a body says by it
``asked``    questions ask for words with it ("What did X promise?")
``plain``    any report has it, so that it tells nothing about what is asked
``doubled``  its last consonant is doubled ("quipped")
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from qa.text.lexicon.build import alternatives, regular, table


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of saying. ``forms``: the present (plain and third person), past, participle of the past and
    of the present, in lower case; ``particle``: what must follow for it to be one ("point" – "out")."""

    lemma: str
    particle: str
    present: tuple[str, str]
    past: tuple[str, ...]
    participle: str
    flags: frozenset[str]

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms, particle and all."""
        tail = f" {self.particle}" if self.particle else ""
        return tuple(dict.fromkeys(f"{f}{tail}" for f in (*self.present, *self.past, self.participle)))

    @property
    def finite(self) -> tuple[str, ...]:
        """The forms of a clause of their own: says, say, said."""
        tail = f" {self.particle}" if self.particle else ""
        return tuple(dict.fromkeys(f"{f}{tail}" for f in (*self.present, *self.past)))

    def __contains__(self, flag: str) -> bool:
        return flag in self.flags


_ROWS = """
    say | said | words inverts asked plain
    tell | told | words hearer asked plain
    add | | words inverts
    claim | | words inverts noun asked
    warn | | words inverts asked
    announce | | words inverts asked
    insist | | words inverts
    iterate | | words
    reiterate | | words
    emphasize | | words
    emphasise | | words
    stress | | words inverts noun
    declare | | words inverts
    state | | words inverts told noun asked
    argue | | words inverts asked
    assert | | words
    remark | | words inverts noun
    reply | | words inverts noun asked
    explain | | words inverts asked
    acknowledge | | words inverts
    admit | | words inverts doubled
    recall | | words inverts noun
    remember | | words told
    testify | | words
    confirm | | words inverts shows
    deny | | words
    allege | | words
    complain | | words inverts
    note | | words inverts noun
    quip | | words inverts doubled
    joke | | words inverts noun
    boast | | words noun
    brag | | words doubled
    vow | | words noun
    pledge | | words noun
    promise | | words noun asked
    predict | | words inverts
    forecast | forecast | words told
    concede | | words inverts
    contend | | words
    lament | | words
    caution | | words noun
    counter | | words noun
    disclose | | words
    divulge | | words
    mention | | words noun plain
    underline | | words shows
    underscore | | words shows
    recount | | words noun
    write | wrote written | words inverts
    retort | | words
    posit | | words
    proclaim | | words inverts
    profess | | words
    affirm | | words shows
    reaffirm | | words shows
    attest | | words
    clarify | | words
    elaborate | | words
    specify | | words told
    tweet | | words noun
    retweet | | words noun
    speculate | | words
    suggest | | words inverts asked shows
    surmise | | words
    urge | | words asked
    implore | | words
    exhort | | words
    demand | | words noun asked
    reveal | | words shows
    highlight | | words shows
    indicate | | words told shows
    propose | | words asked
    advise | | words
    recommend | | words
    hint | | words noun shows
    imply | | words told shows
    insinuate | | words
    articulate | | words
    outline | | words
    observe | | words told
    estimate | | words told noun
    report | | words inverts noun plain
    find | found | words told shows
    conclude | | words inverts
    repeat | | words told
    maintain | | words told
    continue | | words inverts told
    respond | | words asked
    answer | | words told noun asked
    ask | | words asked
    inquire | | words
    wonder | | words told
    assure | | words hearer
    reassure | | words hearer
    inform | | words hearer
    notify | | words hearer
    remind | | words hearer
    assume | | mind told
    swear | swore sworn | words
    comment | | words noun asked
    object | | words told noun
    protest | | words told noun
    disagree | | words
    agree | | words told
    rule | | deed told
    plead | pled | words
    charge | | words told noun
    opine | | words
    theorize | | words
    hypothesize | | words
    stipulate | | words
    decree | | words
    certify | | words told
    confess | | words
    confide | | words told
    divulge | | words
    blog | | words told doubled
    post | | words told noun
    text | | words told noun
    email | | words told noun
    signal | | words told noun shows
    interject | | words
    exclaim | | words inverts
    rejoin | | manner
    snap | | manner doubled
    chime | | manner
    muse | | words told
    shout | | manner
    yell | | manner
    scream | | manner
    cry | | manner
    chant | | manner
    bellow | | manner
    roar | | manner
    bark | | manner
    growl | | manner
    grumble | | manner
    mutter | | manner
    murmur | | manner
    mumble | | manner
    whisper | | manner
    sigh | | manner
    groan | | manner
    moan | | manner
    gasp | | manner
    sob | | manner doubled
    laugh | | manner
    chuckle | | manner
    giggle | | manner
    grin | | manner doubled
    smile | | manner
    shrug | | manner doubled
    nod | | manner doubled
    scoff | | manner
    sneer | | manner
    snipe | | manner
    sniff | | manner
    deadpan | deadpanned | manner
    drawl | | manner
    fume | | manner
    rage | | manner
    thunder | | manner
    gush | | manner
    enthuse | | manner
    begin | began begun | manner
    conclude | | words inverts
    read | read | manner
    recite | | manner
    sing | sang sung | manner
    croak | | manner
    hiss | | manner
    stammer | | manner
    blurt | | manner
    plead | | words
    jibe | | manner
    crow | | manner
    beam | | manner
    weigh | | manner
    share | | manner
    reflect | | manner
    marvel | | manner
    reason | | manner
    guess | | manner
    figure | | manner
    gloat | | manner
    rant | | manner
    rave | | manner
    vent | | manner
    coo | | manner
    purr | | manner
    squeal | | manner
    shriek | | manner
    wail | | manner
    howl | | manner
    holler | | manner
    snarl | | manner
    taunt | | manner
    tease | | words told
    beg | | manner doubled
    whine | | manner
    gripe | | manner
    grouse | | manner
    intone | | manner
    lecture | | manner
    counsel | | manner
    interrupt | | manner
    reminisce | | manner
    summarize | | manner
    summarise | | manner
    press | | manner
    prod | | manner
    volunteer | | manner
    venture | | manner
    parry | | manner
    rhapsodize | | manner
    accuse | | deed asked
    condemn | | deed
    praise | | deed noun
    criticize | | deed
    criticise | | deed
    denounce | | deed
    decry | | deed
    deride | | deed
    ridicule | | deed noun
    mock | | deed
    chastise | | deed
    lambast | | deed
    lambaste | | deed
    berate | | deed
    rebuke | | deed noun
    admonish | | deed
    scold | | deed
    slam | | deed doubled
    blast | | deed as
    bash | | deed as
    rip | | deed as doubled
    knock | | deed as
    blame | | deed noun
    fault | | deed as noun
    thank | | deed
    apologize | | deed
    apologise | | deed
    describe | | deed asked plain
    characterize | | deed asked
    characterise | | deed asked
    portray | | deed
    depict | | deed as
    paint | | deed as
    cast | cast | deed as
    brand | | deed as
    label | | deed as noun
    dub | | deed doubled
    deem | | deed
    term | | deed as
    call | | deed noun asked
    hail | | deed
    tout | | deed
    extol | | deed doubled
    laud | | deed
    applaud | | deed
    commend | | deed
    express | | deed asked
    voice | | deed noun
    convey | | deed
    question | | deed told noun
    refute | | deed
    rebut | | deed doubled
    dispute | | deed noun
    contest | | deed as noun
    reject | | deed as
    dismiss | | deed as
    request | | deed noun
    appeal | | deed noun
    congratulate | | deed
    invite | | deed noun
    compare | | deed
    liken | | deed
    equate | | deed
    endorse | | deed
    doubt | | deed noun
    offer | | deed as noun
    cite | | deed told
    welcome | | deed as noun
    defend | | deed as
    champion | | deed as noun
    advocate | | deed noun
    quote | | deed told
    believe | | deed told
    reckon | | words inverts told
    think | thought | mind told asked
    hope | | mind told
    fear | | mind told
    expect | | mind told
    feel | felt | mind told
    consider | | mind told
    point out | | words inverts
    point to | | deed
    chip in | | words doubled
    chime in | | words
    go on | went gone | words told
    sum up | | words doubled
    fire back | | words
    hit back | hit | words
    shoot back | shot | words
    push back | | words
    lash out | | words
    speak of | spoke spoken | deed
    warn of | | deed
    put it | put | words
    spell out | | words
    set out | set | words
    lay out | laid | words
    play down | | words
    rule out | | words
    weigh in | | words
    call for | | deed
    call on | | deed
    make clear | made | words
    make it clear | made | words
    make known | made | words
    leave no doubt | left | words
    take issue with | took taken | deed
    take aim at | took taken | deed
    come out against | came | deed
    blurt out | | manner
    burst out | burst | manner
    cry out | | manner
    call out | | manner
"""


def _verb(row: list[str]) -> Verb:
    lemma, irregular, flags = row
    first, _, particle = lemma.partition(" ")
    marks = frozenset(flags.split())
    third, past, participle = regular(first, "doubled" in marks)
    if first in ("hit", "put", "set", "begin"):
        participle = f"{first}{first[-1]}ing"
    return Verb(lemma, particle, (first, third), tuple(irregular.split()) or (past,), participle, marks)


VERBS: tuple[Verb, ...] = tuple({row[0]: _verb(row) for row in table(_ROWS)}.values())


def verbs(*flags: str, without: tuple[str, ...] = ()) -> tuple[Verb, ...]:
    """The verbs that have any of the flags (all where none is named), and none of ``without``."""
    return tuple(v for v in VERBS if (not flags or v.flags & set(flags)) and not v.flags & set(without))


def verb_pattern(
    *flags: str, without: tuple[str, ...] = (), of: Callable[[Verb], tuple[str, ...]] = lambda v: v.forms
) -> str:
    """A group that matches a form (``of``: which) of one of ``verbs``."""
    return alternatives(f for v in verbs(*flags, without=without) for f in of(v))


@lru_cache(maxsize=1)
def _by_form() -> dict[str, Verb]:
    return {form: v for v in VERBS for form in v.forms}


def verb_of(form: str) -> Verb | None:
    """The verb of saying that a form, in any case, belongs to; None where it is none."""
    return _by_form().get(" ".join(form.casefold().split()))


# Nouns for something said: "made a claim", "his warning", "calls from".
SAYINGS: tuple[str, ...] = (
    *("accusation", "admission", "allegation", "announcement", "appeal", "assertion", "call", "claim"),
    *("comment", "complaint", "condemnation", "confirmation", "criticism", "declaration", "demand", "denial"),
    *("plea", "pledge", "praise", "prediction", "promise", "remark", "statement", "suggestion", "threat"),
    *("vow", "warning"),
)
# What an announcement is made in: "said in a statement".
VESSELS: tuple[str, ...] = (
    *("account", "address", "announcement", "blog", "column", "editorial", "email", "essay", "interview"),
    *("letter", "memo", "message", "note", "post", "report", "speech", "statement", "testimony", "tweet"),
)
# "according to X", "in the words of X": the phrase that names its speaker behind it.
SOURCE_PHRASES: tuple[str, ...] = (
    *("according to", "in the words of", "in the view of", "in the opinion of", "in the account of"),
    *("in the eyes of", "as reported by", "as told by", "as described by", "per"),
)


def finite(lemma: str) -> tuple[str, ...]:
    """The forms of one verb in a clause of their own. Raises KeyError where the lexicon has no such verb."""
    return _by_form()[lemma].finite
