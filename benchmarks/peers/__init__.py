"""The Paxos of the workloads on other deterministic simulators, a module for each.

Each module has one function ``decide(seed)``: a whole run of its own, its outcome, nothing
left over. It is written on the peer's public interface as the peer's documentation would
have its user write it, and of several such ways it takes the leanest. Which that was stands
at the top of each module. A peer is a guest here: what is not installed does not take part.
"""
