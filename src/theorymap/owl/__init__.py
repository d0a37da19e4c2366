"""Reasoning in OWL 2 DL: contradictions, impossible classes and their explanations in sentences.

The reasoners, HermiT and Pellet, are Java programs that owlready2 brings; each runs as a process of its own.
A reasoner that does not start, does not finish or does not answer as it does is an `errors.EngineError`, never a pass.
"""

from .axioms import Axiom, fingerprint
from .justifications import Justification, explain
from .profile import Violation, dl_violations
from .reasoners import Consistency, Running, consistency, realise, start
from .report import to_findings, violation_findings

__all__ = [
    "Axiom",
    "Consistency",
    "Justification",
    "Running",
    "Violation",
    "consistency",
    "dl_violations",
    "explain",
    "fingerprint",
    "realise",
    "start",
    "to_findings",
    "violation_findings",
]
