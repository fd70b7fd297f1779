"""``python -m qa`` and the command ``qa``: also while modules are still loading, Ctrl-C is one line."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from qa.cli.app import main as run
    except KeyboardInterrupt:
        sys.stderr.write("qa: stopped\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
