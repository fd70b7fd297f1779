"""Forenames, and whether they tell "she" from "he" in English-language news."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

Gender = Literal["she", "he"]

_SHE = """
    abigail alice alicia alison amanda amber amelia amy ana angela angelina anita ann anna anne annette
    audrey barbara beatrice beatrix becky beth bethany betsy betty beverly bonnie brenda bridget brooke
    camilla carla carly carmen carol carole caroline carolyn catherine cathy celia charlotte chelsea cheryl
    chloe christina christine cindy claire clara claudia colleen connie crystal cynthia daisy danielle
    daphne dawn debbie deborah debra denise diana diane dolores donna dora doris dorothy edith eileen elaine
    eleanor elena elisabeth elizabeth ella ellen emilia emily emma erica erin esther ethel eva eve
    fiona florence frances gail geraldine gertrude gina ginger gladys glenda gloria grace greta gwen hannah
    harriet hazel heather heidi helen helena hillary hope ida ingrid irene iris isabel isabella ivanka
    jacqueline jane janet janice jeanette jeanne jenna jennifer jenny jessica jill joan joann
    joanna joanne jocelyn josephine joy joyce juanita judith judy julia juliana julie juliet june karen kate
    katherine kathleen kathryn kathy katie katrina kayla kellyanne kimberly kirsten kristen
    kristin laura lauren leah lena liliana lillian lily linda lisa livia liz lois lorraine louise lucia
    lucille lucy lydia mabel madeleine maggie marcia margaret margot maria marian marianne marie marilyn
    marina marjorie marlene martha mary matilda maureen megan megyn melania melanie melinda melissa mia
    michelle mildred miranda molly monica nadia nancy naomi natalie natasha nellie nicole nikki nina
    nora norma olga olivia pamela patricia patty paula pauline peggy penelope penny phyllis polly priscilla
    rachel rebecca regina renee rhonda rita roberta rosa rosalind rosario rose rosemary roxanne ruth
    sabrina sally samantha sandra sara sarah selina sharon sheila shelley sherry shirley silvia sofia
    sonia sophia sophie stacey stella stephanie sue susan susana susanna suzanne sylvia tamara tammy tanya
    tara teresa theresa tiffany tina ursula valerie vanessa vera veronica victoria viola violet virginia
    vivian wanda wendy yvette yvonne zoe
"""
_HE = """
    aaron abraham adam adrian al alan albert alec alejandro alexander alexei alfred ali allan allen alvin
    amir andre andreas andrei andrew andy angelo angus anthony antonio archie arnold arthur austin barack
    barry ben benjamin bernard bernie bert bill billy bob bobby boris brad bradley brandon brendan brent brett
    brian bruce bryan byron calvin carl carlos cecil cesar chad charles charlie chester christian
    christopher chuck clarence clark claude clifford clint clive colin conrad corey craig curtis cyril dale
    dan daniel danny darren darryl dave david dean dennis derek diego dmitri dmitry dominic don donald doug
    douglas duncan dwight earl ed eddie edgar edmund eduardo edward edwin eli elias elliot emanuel emil eric
    ernest ethan eugene evan felix fernando floyd francisco frank franklin fred frederick gabriel
    gareth gary gavin gene geoff geoffrey george gerald gerard gilbert glen glenn gordon graham grant greg
    gregory gus guy hans harold harry harvey hector henry herbert herman howard hubert hugh hugo ian igor
    isaac ivan jack jacob jake james jared jason jay jeb jeff jeffrey jeremy jerome jerry jesse jesus jim
    jimmy joe joel joey john johnny jon jonathan jorge jose joseph josh joshua juan julian julio justin karl
    keith ken kenneth kevin kirk klaus kurt kyle lance larry lars lawrence len leo leon leonard
    leroy lester lewis liam lloyd louis lucas luis luke magnus malcolm manuel marc marco marcus mario
    mark martin marvin matt matthew maurice max maxim melvin merrick michael miguel mike mikhail mitch
    mitchell mitt mohammed morris murray nate nathan nathaniel ned neil newt nicholas nick nicolas nigel
    nikolai noah norman oleg oliver omar orrin oscar otto owen pablo patrick paul pedro percy perry pete
    peter phil philip phillip pierre rafael ralph ramon rand randall randy ray raymond reginald reince rex
    ricardo richard rick ricky rob robert roberto rod rodney roger roland ron ronald ronnie ross roy rudolph
    rudy rupert russ russell ryan salvador samuel santiago scott sean sebastian serge sergei sergey seth
    shane sheldon simon spencer stan stanley stefan stephen steve steven stewart stuart sylvester
    ted terence terrence theodore thomas tim timothy todd tom tommy tony travis trevor troy tyler victor
    viktor vincent vladimir volodymyr wallace walter warren wayne wesley wilfred will willard william willie
    winston xavier yuri zach zachary
"""
_BOTH = """
    alex andrea chris dana evelyn francis hilary jackie jean kelly kerry kim laurence lee lindsey
    lynn michele pat robin sam shawn sidney simone terry tracy whitney
"""
# Names that mean somebody wherever they stand; the file also holds some that are words ("Mercy").
GENDERS: dict[str, Gender | None] = {
    **dict.fromkeys(_HE.split(), "he"),
    **dict.fromkeys(_SHE.split(), "she"),
    **dict.fromkeys(_BOTH.split()),
}


@lru_cache(maxsize=1)
def forenames() -> dict[str, Gender | None]:
    """Some 3,000 forenames in lower case; None where women and men bear one ("Taylor")."""
    found: dict[str, Gender | None] = {}
    gender: Gender | None = None
    text = (Path(__file__).parents[2] / "data" / "forenames.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            gender = _SECTIONS[line]
        elif not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), gender))
    return {**found, **GENDERS}


_SECTIONS: dict[str, Gender | None] = {"[he]": "he", "[she]": "she", "[either]": None}


def gender_of(name: str) -> Gender | None:
    """What the first word of a full name tells; None for one word alone, or where it tells nothing."""
    words = name.split()
    return forenames().get(words[0].casefold().strip(".")) if len(words) > 1 else None


# Forenames that are written like a verb that no sentence is without.
LIKE_VERBS = frozenset({"May", "Will"})
