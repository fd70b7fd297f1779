"""The evaluation suite: gold questions, metrics, runs. Needs a checkout; it is not in the wheel."""
