"""What page furniture is called across sites, as rows: menus, counters, prompts, rights, credits, and the
frames of agencies and press offices. Nothing here knows of a particular site.

A row is a pattern of a whole line. ``boilerplate`` puts them together.
"""

from __future__ import annotations


def any_of(*words: str) -> str:
    """An alternation of words or patterns."""
    return f"(?:{'|'.join(words)})"


SOCIAL = any_of(
    *("facebook", "twitter", "x", "pinterest", "e-?mail", "whats ?app", "linked ?in", "reddit", "telegram"),
    *("tumblr", "copy link", "print", "share", "tweet", "pin", "instagram", "youtube", "bluesky", "threads"),
    *("messenger", "flipboard", "rss"),
)

# An article ends here when the page repeats it: counters and comment prompts.
END_MARKS = (
    r"\d+\s+(?:comments?|shares?|views?|likes?|reactions?|replies)\b.{0,40}",
    r"(?:comments?|shares?)\s*[:(]?\s*\d+\)?",
    r"(?:no|leave a|add a|post a|be the first to)\s+(?:comments?|reply)(?:\s+yet)?.{0,40}",
    rf"\d*\s*(?:{SOCIAL}[\s|,·/•]*){{2,}}\d*",
)
READ_MORE = any_of(
    *(
        "continue reading",
        r"read (?:more|the full (?:story|article)|full (?:story|article)|on)",
        "keep reading",
    ),
    *("full story", "more", "lire la suite", "weiterlesen", "leer más"),
)
_LINK = r"[^\s|·•]+(?: [^\s|·•]+){0,3}"
_NAVIGATION = (
    rf"{_LINK}(?:(?:\s{{2,}}|\t|\s*[|·•]\s*){_LINK}){{3,}}",
    r"home(?:\s*[»›>/|]?\s*\S.{0,60})?",
    any_of(
        *(
            "home",
            "menu",
            "search",
            "sections?",
            "skip to (?:main )?content",
            "sign in",
            "log ?in",
            "register",
        ),
        *("my account", "subscribe(?: now)?", "close", "advertisement", "sponsored(?: content)?", "promoted"),
        "ad",
    ),
    r"tags?:?",
    r"(?:filed under|categor(?:y|ies)|topics?|tagged(?: with)?|keywords|posted in)\s*:.{0,120}",
    r"(?:posted|filed) (?:in|under) .{1,100}",
    r"(?:contents?|posts?|articles?|stories) (?:tagged|filed)(?: with| under| in)?\b.{0,80}",
    r"tags?\s*:\s*\S.{0,120}",
    r"(?:newer|older|previous|next)(?: (?:posts?|articles?|stories|entries|page))?\s*[»›→>«‹←<]*",
    r"[«‹←<]+\s*(?:newer|older|previous|next|back).{0,20}",
    r"page \d+(?: of \d+)?.{0,20}",
    r"\d(?:\s*(?:[|·]\s*)?\d)+\s*(?:[|·]\s*)?(?:\.{3}|…)?\s*(?:\d+\s*)?(?:next.{0,10})?",
    r"back to top.{0,3}",
    r"(?:load|show) more.{0,20}",
    r"view all.{0,30}",
    r"see (?:all|more).{0,30}",
    r"sort(?:ed)? by\b.{0,30}",
    r"search for:?.{0,20}",
    r"people also (?:search|ask)\b.{0,40}",
)
_SHARING = (
    r"(?:share|follow us|follow|print|save|listen|tweet|like|e-?mail)"
    r"(?: (?:this|on|via|to|us|article|story|page|now)\b.{0,60})?\s*:?",
    r"(?:comments?|view comments|join the (?:conversation|discussion).{0,40}|have your say.{0,60})",
    r"copy(?: this)? link.{0,20}",
    r"link copied.{0,20}",
    r"(?:story|article) saved\b.{0,60}",
    r"(?:partager|compartir).{0,40}",
    r"teilen",
    r"(?:réagir|commenter).{0,30}",
    r"contact (?:the|our) (?:authors?|reporters?|newsroom|editors?|desk)\b.{0,80}",
    r"follow (?:the )?\S.{0,40} (?:for|on) .{1,60}",
    r"send us your .{0,80}",
    r"(?:got|have) a (?:story|tip)\b.{0,100}",
)
_RELATED = any_of(
    *("related", r"you (?:may|might) (?:also )?(?:like|be interested).{0,20}", "recommended(?: for you)?"),
    *(r"more (?:from|on|stories|news|in|like)\b.{0,60}", "most (?:read|popular|viewed|shared|commented)"),
    *("trending(?: now)?", "also read.{0,120}", "read (?:also|next|more).{1,140}", "see also.{0,120}"),
    *(r"don['’]?t miss.{0,80}",),
    r"related (?:articles?|stories|posts?|topics?|news|links|content).{0,40}",
    *("latest(?: news| posts| stories| articles)?", "recent (?:posts|comments)", "top stories"),
    *("popular posts", "editor['’]?s picks?", "(?:à )?lire (?:aussi|également).{0,120}"),
    *("lea también.{0,120}", "te puede interesar.{0,80}"),
    *("lesen sie (?:auch|mehr).{0,120}", "mehr zum thema.{0,60}"),
)
_SUBSCRIBING = (
    r"newsletters?",
    r"(?:sign up|subscribe|register) (?:to|for|now|here|today)\b.{0,160}",
    r"(?:get|receive) (?:our|the|all the|daily|breaking|more) .{0,120}"
    r"(?:inbox|newsletter|updates|e-?mail)\b.{0,40}",
    r"(?:enter )?your e-?mail(?: address)?.{0,40}",
    r"are you sure\b.{0,60}\?",
    r"(?:this (?:article|content|post) is (?:for|only|reserved)|already a subscriber|unlock this"
    r"|to continue reading).{0,100}",
    r"by (?:signing up|subscribing|registering|continuing)\b.{0,200}",
    r"you are receiving this\b.{0,160}",
    r".{0,80}\bunsubscribe\b.{0,160}",
    r"want (?:the latest|more|to (?:get|stay|hear|receive))\b.{0,200}",
    r"join our (?:whatsapp|telegram|facebook|community|mailing|newsletter)\b.{0,160}",
    r"trouble (?:reading|viewing) this.{0,120}",
    r"(?:se connecter|s[’']abonner).{0,80}",
    # who pays for the outlet, and how to join
    r"\S.{0,60} is (?:funded|supported|paid for|made possible) by (?:its|our) "
    r"(?:readers|listeners|viewers|subscribers)\b.{0,60}",
    r"(?:please )?(?:support|donate to) (?:us|our|the work of)\b.{0,120}",
    r"(?:become|be) (?:a |our )?(?:member|subscriber|supporter|patron|friend)\b.{0,60}",
    # such an invitation as a link in Markdown
    r"\[(?:become|join|subscribe|sign up|donate|support|give|register|log in|read more)\b[^\]]{0,60}\]"
    r"\([^)]*\)",
    r"iniciar sesión.{0,60}",
)
_CONSENT = (
    r"(?:we|this (?:web)?site) uses? cookies.{0,300}",
    r"we value your privacy.{0,200}",
    r"we and our (?:\d+ )?partners\b.{0,300}",
    r"manage (?:options|preferences|consent).{0,20}",
    r"(?:accept|reject|manage)(?: all)?(?: cookies)?(?: (?:and|&) .{0,20})?"
    r"(?:\s+(?:accept|reject|manage).{0,30})?",
    r"(?:cookie|privacy) (?:policy|settings|notice|preferences).{0,60}",
    r"terms (?:of (?:use|service)|and conditions|&).{0,80}",
    any_of(
        *(
            r"about us",
            r"contact(?: us)?",
            r"advertise(?: with us)?",
            "careers",
            "privacy",
            "terms",
            "sitemap",
        ),
        *("imprint", "impressum", "mentions légales", "help", "faq"),
    )
    + r"(?:\s*[|·•/]\s*\S.{0,120})?",
)
_RIGHTS = (
    r"(?:©|\(c\)|copyright|@\s?(?:19|20)\d\d)\s?.{0,200}",
    r".{0,60}\bcopyright\b.{0,10}(?:19|20)\d\d.{0,60}",
    r".{0,60}\ball rights? reserved\b.{0,120}",
    r"(?:the )?(?:views?|opinions?)(?: and opinions?)? (?:expressed|stated)\b.{0,300}",
    r"(?:the )?(?:views?|opinions?)\b[^.]{0,120}\b(?:article|author|writer|contributor|column)s?\b"
    r"[^.]{0,80}\b(?:not|own|solely|alone)\b.{0,160}",
    r"(?:disclaimer|legal notice)\b.{0,300}",
    r"(?:tous droits réservés|todos los derechos reservados|alle rechte vorbehalten).{0,80}",
)
_PLAYERS = (
    r"\d{1,2}:\d{2}(?:\s*/\s*\d{1,2}:\d{2})?",
    r"-+|_+|=+|\*+|~+|·+|\|+|#+|(?:\*\s*){2,}|(?:-\s){2,}-?|(?:_\s){2,}",
    r"\d{1,3}",
    r"\d+\s*(?:min(?:ute)?s?)\s+read.{0,10}",
    r"(?:reading time|temps de lecture|tiempo de lectura|lesezeit).{0,20}",
    r"(?:play|pause|mute|video|audio|loading|gallery|live)\W{0,3}",
    r"\d+\s+(?:hours?|minutes?|days?|weeks?) ago",
)
_PICTURES = (
    r"(?:©|\(c\))\s?.{2,80}",
    r"[(\[]?(?:image|photo(?:graph)?|picture|pic|credit|file photo|foto|crédit photo|photo credit"
    r"|image credit)(?: (?:by|credit|source|courtesy))?\s*[:/©]\s?.{1,100}",
    r".{0,160}[(\[](?:image|photo(?:graph)?|picture|pic|credit|foto|source)\s*[:/]\s?.{1,80}[)\]]",
    r"!\[[^\]]*\]\([^)]*\)",
    r"(?:img|dsc|image|photo)[_-]?\d{2,}\w*(?:\.(?:jpe?g|png|webp))?",
    r"[\w-]+\.(?:jpe?g|png|webp|gif)",
)
# Lines of news agencies that are about the transmission ("what is new in this version" is no news).
_TRANSMISSION = (
    r"\((?:adds?|updates?|recasts?|releads?|edits?|refiles?|repeats?|rewrites?|previous)\b[^()]{0,200}\)",
    r"(?:eds|editors|desks)\s*:\s?(?!.*\b(?:kill|not use|disregard|withdraw|correct)).{1,200}",
    r"(?:urgent|bulletin|flash|newsalert|alert)\W{0,3}",
    r"[A-Z]{2}-[A-Z0-9]+(?:[-/][A-Z0-9]+)+.{0,40}",
    r"[a-z] [a-z] BC-\S.{0,60}",
    r"\(\$1 = [\d.,]+ .{1,60}\)",
    r"this is a rush transcript\b.{0,160}",
    r"\[\d{1,2}:\d{2}(?::\d{2})?\]",
    r"\((?:(?:begin|end) (?:video|audio) ?(?:clip|tape)|crosstalk|commercial break|applause|laughter)\)",
)
# Press offices: what stands around the text of a release.
_RELEASE = (
    r"(?:for (?:immediate|general) release|(?:press|news|media) release"
    r"|embargoed? (?:until|till|for)\b.{0,80}"
    r"|for release\b.{0,60}|pressemitteilung|communiqué de presse)\W{0,3}",
    r"(?:(?:media|press|news|investor) )?contacts?\s*:\s?.{0,30}\S+@\S+.{0,120}",
    r"(?:(?:media|press|investor) (?:contacts?|enquiries|inquiries))\s*:?.{0,160}",
    r"(?:-\s*|–\s*)?(?:ends?|30|xxx)(?:\s*-|\s*–)|-30-|ENDS",
)
ROWS = (
    *(
        *_NAVIGATION,
        *_SHARING,
        rf"{_RELATED}\s*:?",
        *_SUBSCRIBING,
        *_CONSENT,
        *_RIGHTS,
        *_PLAYERS,
        *_PICTURES,
    ),
    *(*_TRANSMISSION, *_RELEASE),
)
# From here to the end of an article nothing but furniture follows, if little running text does.
TAIL = (
    *(r"related\b.{0,40}", r"share this.{0,30}", r"most (?:read|popular|viewed).{0,20}"),
    *(
        r"more (?:from|on|stories|news)\b.{0,60}",
        r"you (?:may|might) (?:also )?(?:like|be interested).{0,20}",
    ),
    *(r"recommended.{0,20}", r"newsletters?", r"sign up .{0,160}", r"subscribe .{0,160}"),
    *(r"(?:©|copyright|@\s?(?:19|20)\d\d).{0,200}", r"about (?:us|the author).{0,40}", r"comments?"),
    *(r"leave a (?:comment|reply).{0,20}", r"latest news", r"trending.{0,20}", r"top stories"),
    *(r"recent (?:posts|comments)", r"(?:à )?lire aussi.{0,120}", r"follow us.{0,80}", r"partager.{0,60}"),
    r"[←«‹<\s]*(?:older|newer|previous|next)(?: posts| stories| articles| page)?[→»›>\s]*",
)
BYLINE_LEADS = any_of(
    *(r"(?:story|words|written|reported|posted|report|live updates?|reporting|interview|text)\s+by",),
    *(r"interview\s*:", "by", "par", "por", "von"),
)
