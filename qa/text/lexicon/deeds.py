"""Verbs of saying that are deeds too: what stands behind each where nothing is said."""

from __future__ import annotations

import re

# Behind a verb, by its lemma ("wrote to the king", "maintains in the country"); ¤ stands for a quotation.
DEED_BEHIND = {
    "write": re.compile(
        r"\s+(?:to|for|from)\b|\s+(?:an?|his|her|their|its|several|two|three|many)\s(?!.*(?:[¤:]|\bthat\b))"
        r"|\s+(?:(?:the|our|my|your)\s+)?(?:legislation|bills?|laws?|books?|songs?|poems?|code|che(?:cks?|ques?))\b"
        r"|\s+(?:[a-z]+\s+)?[a-z]+\s+(?:on|for|about|at|in|as)\b(?!.*(?:[¤:]|\bthat\b))"
    ),
    "report": re.compile(r"\s+(?:it|them|him|her|this|that)\s+to\b"),
    "respond": re.compile(r"\s+(?:to|first|by|as)\b|,\s+with\b"),
    "maintain": re.compile(r"\s+(?:in|on|to)\b"),
    "advise": re.compile(
        r"(?!.*(?:\b(?:that|to|against|not)\b|[¤:]))|\s+(?:the\s+)?(?:campaigns?|presidents?|firms?|clients?|companies|"
        r"governments?)\s+(?:of|on)\b"
    ),
    "tweet": re.compile(r"\s+(?:at|under|as|from)\s+@"),
    "convey": re.compile(
        r"(?!.*(?:\b(?:that|messages?|thanks|condolences|concerns?|sense|views?|support|regrets?|sympathy|"
        r"gratitude|sorrow|greetings|wishes|words|apolog\w+|how|why|what)\b|[¤:]))"
    ),
    "set out": re.compile(r"\s+(?:to|for|on|from|in|at|with)\b"),
    "offer": re.compile(
        r"(?!.*(?:\b(?:(?:evidence|hopes?|proof|word|reminders?|promises?|suggestions?)\s+that|advice|apolog\w+|condolences|criticism|praise|explanations?|assurances?|thanks|"
        r"congratulations|views?|assessments?|theor\w+|opinions?|details|sympathy|takes?|updates?)\b|[¤:]))"
    ),
    "request": re.compile(r"\s+(?:\w+\s+)?(?:anonymity|not\s+to\s+be)\b"),
    "ask": re.compile(
        r"\s+(?:not\s+to\s+be\s+\w+ed|for\s+anonymity|to\s+(?:remain\s+anonymous|be\s+identified))\b"
    ),
    "deem": re.compile(r"\s+(?!(?:the|an?|it|him|her|them|this|that|these|his|their|its|such)\b)[a-z]"),
    "rule": re.compile(r"\s+(?:on\s+)?[A-Z]\w+day[\s.]*$"),
    "recommend": re.compile(r"\s+for\b"),
    "dismiss": re.compile(
        r"\s+(?:(?:the|an?|his|her|their|its)\s+)?(?:[\w-]+\s+){0,3}?(?:cases?|charges?|lawsuits?|suits?|"
        r"indictments?|petitions?|appeals?|jury|jurors?)\b"
    ),
    "compare": re.compile(r"\s+with\b"),
    "accuse": re.compile(r"\s+of\b"),  # "men accused of lying"
    "call": re.compile(r"[\s.!?…]*$"),
    "conclude": re.compile(r"\s+(?:(?:on|in|with|at|by|after|last|this)\b|[A-Z]\w+day\b)(?!.*\bthat\b)"),
    "declare": re.compile(r"\s+(?:an?\s+|the\s+)?(?:war|victory|bankruptcy|emergency|state\s+of)\b"),
    "claim": re.compile(
        r"\s+(?:the|an?|its|his|her|their|more|\d[\d,]*)\s(?!.*(?:\b(?:is|are|was|were|has|had|have|will|"
        r"would|could"
        r"|can|did|does|that|for|of)\b|[’']s\s|[¤:]))"
    ),
}
# Verbs that judge somebody, who is lauded or blamed for something.
JUDGING = frozenset(
    """
    applaud bash berate blame blast chastise commend condemn criticise criticize decry denounce hail laud mock
    praise rebuke ridicule scold slam thank
    """.split()
)
