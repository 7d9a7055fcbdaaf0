"""What happens to Chinese basic medical insurance when a life changes: rules, calculator, words.

The one public call is :func:`calculator.judge.assess`: facts of a person in, an assessment out.
Standard library only; the same code runs under CPython and, through Pyodide, in the reader's browser.
"""

#: The version of the engine: written into every assessment, so that an answer can be reproduced.
__version__ = "0.1.0"
