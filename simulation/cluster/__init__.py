"""The driver of a protocol: hosts, network, clients, faults and the trace of them."""

from simulation.cluster.building import build_machines
from simulation.cluster.clients import Question, TimedOut
from simulation.cluster.cluster import Cluster

__all__ = ["Cluster", "Question", "TimedOut", "build_machines"]
