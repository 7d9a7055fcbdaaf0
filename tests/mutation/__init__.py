"""Does anything notice when the law data is wrong? One change at a time, and every check asked.

``./scripts/mutate`` takes every rule of ``calculator/law/places``, changes one thing in it (a threshold, a boundary, a
day, an outcome, a condition, how sure it is, a citation) and asks the checks that guard the law data. A change that
none of them notices is a gap in the checks, or changes nothing a reader could see: then ``explained.toml`` says why.

* ``mutants.py``: the changes.
* ``suite.py``: the checks, each asked only what a change can have touched.
* ``borrowed.py``: tests of pytest's, asked of a changed law.
* ``explained.py``, ``explained.toml``: the changes that may go unnoticed, and why.
* ``__main__.py``: the command; it judges on every core and reports.
"""
