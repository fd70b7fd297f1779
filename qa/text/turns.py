"""Labels in capitals that open the turns of a transcript: "OSTREM:", "DANA OSTREM, EVENING HOST:", "GOV. HALE
IVERSON (L), NORLAND:"."""

from __future__ import annotations

LABEL = (
    r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]*){0,4})(?: \([^():\n]{1,40}\))?"
    r"(?P<role>, [^:\n]{2,70})?:\s"
)
