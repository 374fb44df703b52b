"""Runs Rasa's command line without the deprecation warnings of its pinned libraries: `python -m dialogue.start run …`.

Sanic 21.12 and Rasa itself turn some on again, whatever PYTHONWARNINGS says. What is logged, and every other warning, stays.
"""

import sys
import warnings

import sanic  # noqa: F401 (first, so that what it sets is set back below)

warnings.filterwarnings("ignore", category=DeprecationWarning)

import matplotlib  # noqa: E402, F401 (now, before Rasa shows user warnings, as which pyparsing's pass)
from rasa.__main__ import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
