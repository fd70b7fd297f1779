"""Options that several commands share, so that one name means one thing everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

Articles = Annotated[
    str | None,
    typer.Option(
        "--articles",
        "-a",
        metavar="FOLDER",
        help="The folder, file or pattern that holds the articles; - for standard input. Without it: "
        "the folder “articles” here, else the last one.",
        show_default=False,
    ),
]
Bare = Annotated[
    str | None,
    typer.Argument(metavar="[FOLDER]", help="The same as --articles FOLDER.", show_default=False),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only articles published on or after this day."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only articles published up to and including this day."),
]
Outlet = Annotated[
    str | None,
    typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet (part of its name)."),
]
Undated = Annotated[
    bool, typer.Option("--undated", help="Take in undated articles under --since and --until.")
]
Answerer = Annotated[
    str | None, typer.Option("--answerer", metavar="NAME", help="extractive (quotes only) or llm.")
]
Long = Annotated[
    bool, typer.Option("--long", help="Print each quote again under its source, as it stands there.")
]
AsAnswer = Annotated[bool, typer.Option("--json", help="Print it as qa.answer/1.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a table for other programs.")]

# What to do about a note on this surface, by its kind; from Python and in a chat it is something else.
HINTS = {
    "undated_left_out": "--undated takes them in.",
    "left_out": "--since, --until and --outlet narrow it.",
    "nearest_names": "`qa people` lists all.",
    "no_such_outlet": "`qa outlets` lists all.",
}
CHAT_HINTS = {
    "undated_left_out": "/undated takes them in.",
    "no_such_outlet": "/outlet NAME changes it.",
}
