"""A log in; for every run of it the verdict, what is odd about it, and why it cannot be, out."""

from simulation.audit.auditor import Audited, Auditor, Breach
from simulation.audit.door import check
from simulation.audit.explain import Divergence
from simulation.audit.tally import Row, Tally, is_odd

__all__ = ["Audited", "Auditor", "Breach", "Divergence", "Row", "Tally", "check", "is_odd"]
