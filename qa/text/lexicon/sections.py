"""Names of a paper's sections, which label a line as a speaker's name does ("Sports: An earlier …")."""

from __future__ import annotations

SECTIONS: frozenset[str] = frozenset(
    """
    arts books briefs business clarification clarifications correction corrections culture economy
    editorial education entertainment fashion fashions features film finance food graphic graphics health
    home letters life lifestyle local markets media metro money movies music nation national news note
    obituaries opinion photo photos politics print science sport sports style technology tech television
    travel tv update video weather weekend world
    """.split()
)
