"""Which articles of a store a question about the articles means, filter by filter, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters, lexical_search
from qa.index.store import Store
from qa.question.collection import CatalogueQuestion
from qa.text.terms import terms
from qa.types import StoredArticle

NAMED = 5  # articles that a question for one of them may mean
LEAD = 400  # code points after an article's start that say what it is about
NEARLY = 0.6  # of the words of a topic, that one article must have where none has all
_GENERIC = frozenset(terms("article piece story report news event topic matter subject"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles that a question means, in order of publication, undated last, and how they were picked."""

    articles: tuple[StoredArticle, ...]
    how: str | None = None  # "that mention “Velgrad”"
    missed: str | None = None  # why there is none


def choose(store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, filters: Filters) -> Chosen:
    """The articles that a question means."""
    allowed = store.allowed_articles(filters.since, filters.until, filters.outlet, filters.undated)
    keys = store.article_keys() if allowed is None else sorted(allowed)
    how: list[str] = []
    for narrow in _FILTERS:
        found = narrow(store, index, asked, keys)
        if found is None:
            continue
        keys, said = found
        how.append(said)
        if not keys:
            missed = None if narrow in (_by_mention, _by_absence) else _missed(store, asked, said)
            return Chosen((), _joined(how), missed)
    ordered = sorted(
        (store.article(key) for key in keys),
        key=lambda a: (a.article.meta.published is None, a.article.meta.published or "", a.article_id),
    )
    return Chosen(tuple(ordered), _joined(how) or None)


Narrowed = tuple[list[int], str] | None


def _by_file(store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]) -> Narrowed:
    """By the file's name: the whole path, the last part of it, or its end ("b.txt" for "meta_b.txt")."""
    if asked.file is None:
        return None
    name = asked.file.casefold()
    paths = {path.casefold(): path for path in store.files()}
    last = {low: low.rsplit("/", 1)[-1] for low in paths}
    fits: tuple[Callable[[str], bool], ...] = (
        lambda low: low == name,
        lambda low: last[low] == name,
        lambda low: re.search(rf"[\W_]{re.escape(name)}$", low) is not None,
    )
    matching = next((found for fit in fits if (found := {paths[low] for low in paths if fit(low)})), set())
    return [k for k in keys if store.article(k).file in matching], f"in the file {asked.file}"


def _by_title(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By the title in quotation marks, whole or a part of it ("Seal numbers …")."""
    if asked.title is None:
        return None
    wanted = flat(re.sub(r"(?:…|\.\.\.)\s*$", "", asked.title))
    titles = {k: flat(store.article(k).article.meta.title or "") for k in keys}
    exact = [k for k in keys if titles[k] == wanted]
    return exact or [k for k in keys if wanted and wanted in titles[k]], f"titled “{asked.title}”"


def _of_source(store: Store, keys: list[int], source: str) -> tuple[list[int], str]:
    """The articles by an author, else those from an outlet, of a name; and which of the two it is."""
    wanted = re.compile(rf"\b{re.escape(flat(source).removeprefix('the '))}\b")
    metas = {k: store.article(k).article.meta for k in keys}
    written = [k for k in keys if wanted.search(flat(metas[k].author or ""))]
    published = [k for k in keys if wanted.search(flat(metas[k].outlet or ""))]
    return (written, "by") if written else (published, "from")


def _by_source(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By an author or an outlet."""
    if asked.source is None:
        return None
    found, how = _of_source(store, keys, asked.source)
    return found, f"{how} {asked.source}"


def _by_other_source(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By not being of an author or an outlet; what states none counts as of another."""
    if asked.not_source is None:
        return None
    found, how = _of_source(store, keys, asked.not_source)
    return [k for k in keys if k not in set(found)], f"not {how} {asked.not_source}"


def _by_description(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By the words before "articles": an author or an outlet, else a topic."""
    if asked.described is None:
        return None
    found, how = _of_source(store, keys, asked.described)
    if found:
        return found, f"{how} {asked.described}"
    return _about(store, index, asked, asked.described, keys)


_LISTED_WORDS = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+", re.IGNORECASE)


def _mentioning(store: Store, phrase: str, keys: list[int]) -> tuple[list[int], str]:
    """The articles that have the words of a phrase in their title or text, in this order and without regard
    to case. Several things ("both A and B", "A or B") are told apart where the whole stands nowhere."""
    phrase = re.sub(r"^(?:the\s+)?(?:words?|names?|terms?)\s+", "", phrase, flags=re.IGNORECASE)
    both = re.match(r"(?:both|either)\s+", phrase, flags=re.IGNORECASE)
    whole = phrase[both.end() :] if both else phrase
    found = [] if both else _holding(store, whole, keys)
    things = [thing for t in _LISTED_WORDS.split(whole) if (thing := _bare(t))]
    if found or len(things) < 2:
        return found, f"“{_bare(whole)}”"
    each = [set(_holding(store, thing, keys)) for thing in things]
    every = re.search(r"\s+or\s+", whole, re.IGNORECASE) is None
    held = set.intersection(*each) if every else set.union(*each)
    return [k for k in keys if k in held], (" and " if every else " or ").join(f"“{t}”" for t in things)


def _bare(words: str) -> str:
    return words.strip(" “”\"'‘’")


def _holding(store: Store, words: str, keys: list[int]) -> list[int]:
    parts = r"\s+".join(re.escape(w) for w in _bare(words).split())
    pattern = re.compile(rf"(?<!\w){parts}(?:['’]s)?(?!\w)", re.IGNORECASE)
    found = []
    for key in keys:
        stored = store.article(key)
        text = store.text(stored.source)
        held = any(pattern.search(text, s.start, s.end) for s in stored.article.spans)
        if held or pattern.search(stored.article.meta.title or ""):
            found.append(key)
    return found


def _by_mention(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By words that stand in the title or the text."""
    if asked.mentions is None:
        return None
    found, what = _mentioning(store, asked.mentions, keys)
    return found, f"that {'mention' if len(found) > 1 else 'mentions'} {what}"


def _by_absence(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By words that stand neither in the title nor in the text."""
    if asked.without is None:
        return None
    held, what = _mentioning(store, asked.without, keys)
    left = [k for k in keys if k not in set(held)]
    return left, f"that {'do' if len(left) > 1 else 'does'} not mention {what}"


def _by_topic(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By what an article is about: all words in its title, else in its title and beginning, else in its text;
    where no article has all, the one that has most of them."""
    return None if asked.topic is None else _about(store, index, asked, asked.topic, keys)


def _about(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, topic: str, keys: list[int]
) -> tuple[list[int], str]:
    wanted = set(terms(topic)) - _GENERIC
    said = f"about {topic}"
    if not wanted:
        return [], said
    near = keys
    if index is not None and len(keys) > 200:
        found = lexical_search(index, topic, 400, None)
        articles = dict.fromkeys(article for _, article in store.passages([key for key, _ in found]))
        near = [k for k in articles if k in set(keys)]
    held = {k: _held(store, store.article(k), wanted) for k in near}
    many = asked.wants in _OF_MANY
    for level in (1,) if many else (0, 1):
        if all_of := [k for k in near if held[k][level] == 1.0]:
            return all_of, said
    if whole := [k for k in near if held[k][2] == 1.0]:
        return whole if many else whole[:NAMED], said
    best = max(near, key=lambda k: held[k], default=None)
    return ([best] if best is not None and held[best][1] >= NEARLY else []), said


def _held(store: Store, stored: StoredArticle, wanted: set[str]) -> tuple[float, float, float]:
    """The share of the words that the title, the title and beginning, and the whole article hold."""
    text = store.text(stored.source)
    title = set(terms(stored.article.meta.title or ""))
    body = "\n".join(text[s.start : s.end] for s in stored.article.spans)
    lead = title | set(terms(body[:LEAD]))
    return (
        len(wanted & title) / len(wanted),
        len(wanted & lead) / len(wanted),
        len(wanted & (title | set(terms(body)))) / len(wanted),
    )


def _by_date(store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]) -> Narrowed:
    if not asked.undated:
        return None
    return [k for k in keys if store.article(k).article.meta.published is None], "without a date"


def _by_author(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    if not asked.unsigned:
        return None
    return [k for k in keys if not store.article(k).article.meta.author], "without an author"


_OF_MANY = ("list", "count", "newest", "oldest", "longest", "shortest", "outlets", "authors", "title")
_FILTERS = (
    _by_file,
    _by_title,
    _by_source,
    _by_other_source,
    _by_description,
    _by_mention,
    _by_absence,
    _by_topic,
    _by_date,
    _by_author,
)


def _joined(how: list[str]) -> str:
    """How articles were picked, filter after filter: those that a word says ("from X") before clauses."""
    return " ".join(sorted(how, key=lambda said: said.startswith("that ")))


def flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _missed(store: Store, asked: CatalogueQuestion, said: str) -> str:
    """Why no article matches, and what there is instead."""
    if asked.file is not None:
        names = sorted(store.files())
        some = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        return f"The folder holds no file {asked.file}; it holds {some}."
    if asked.source is not None and said.endswith(asked.source):
        outlets = ", ".join(store.outlets()) or "not stated"
        return f"No article is by or from {asked.source}; the outlets are {outlets}."
    return f"No article {said} was found among {store.corpus().articles}."
