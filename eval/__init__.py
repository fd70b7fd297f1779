"""The evaluation suite: gold questions, metrics, runs. Needs a checkout; it is not in the wheel."""

from qa.privacy import silence

silence()  # before a tool imports a library that would send events home
