"""What this package costs beside a bare heap, beside SimPy as its textbook writes it, and beside peers.

``python -m benchmarks`` prints one table; see ``benchmarks.__main__``. The peers, other
deterministic simulators, take part where they are installed; the extra ``peers`` names them.
"""
