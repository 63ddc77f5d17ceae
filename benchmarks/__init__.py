"""What this package costs beside a bare heap and beside SimPy as its textbook writes it.

``python -m benchmarks`` prints one table; see ``benchmarks.__main__``.
"""
