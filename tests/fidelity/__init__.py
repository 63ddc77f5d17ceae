"""How near the simulation comes to the system of the seed log, measured.

``lines`` names the kinds of lines, ``runs`` gives a run its structure, ``measure`` counts,
``grammar`` spells what one process printed, ``invariants`` lists what a run breaks,
``provenance`` says which test printed a run of the seed log, ``expected`` holds the figures
of the seed, ``samples`` draws simulated runs, ``table`` sets both side by side, and
``report`` prints that table. Nothing here looks inside the simulation: a run is its log.
"""
