"""Decisions, one small module per question. Each is a pure function of facts, law and day; none holds a sentence."""
