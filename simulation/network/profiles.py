"""The named conditions. Both were fitted to the log of the real system.

``local``: all processes in one virtual machine. ``dist``: one node per process, which
takes time to start and to learn the names of the others.
"""

from __future__ import annotations

from simulation.network.conditions import Boot, Conditions

LOCAL = Conditions(
    delay_us=(15, 30),
    own_delay_us=(15, 30),
    own_decision_us=50,
    fifo=True,
    send_us=(0, 2),
    print_us=(10, 30),
    node_start_us=(0, 0),
    last_node_us=(0, 0),
    boot=Boot(mean_us={3: 110_000}, deviation_us={3: 0}, least_us=110_000),
    registered_at_once=True,
    visible_after_us=0,
    start_jitter_us=(15, 30),
    slice_per_mille=12,
    slice_us=200,
)

DIST = Conditions(
    delay_us=(50, 1_200),
    own_delay_us=(20, 100),
    own_decision_us=0,
    fifo=True,
    send_us=(10, 60),
    print_us=(200, 1_200),
    node_start_us=(0, 80_000),
    last_node_us=(5_000, 36_000),
    boot=Boot(
        mean_us={3: 450_000, 5: 700_000, 7: 750_000, 11: 1_070_000},
        deviation_us={3: 150_000, 7: 150_000, 11: 160_000},
        least_us=150_000,
    ),
    registered_at_once=False,
    visible_after_us=10_000,
    start_jitter_us=(0, 6_000),
    slice_per_mille=60,
    slice_us=2_000,
)

PROFILES: dict[str, Conditions] = {"local": LOCAL, "dist": DIST}

ABOUT: dict[str, str] = {
    "local": "all processes in one virtual machine: delays of 15 to 30 us, ticks together",
    "dist": "one node per process: start-up skew, names not yet visible, delays of up to 1.2 ms",
}
