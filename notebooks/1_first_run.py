# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A first run
#
# After this notebook you will know what a run is: the scenario and the seed that it comes from, its
# verdict, its decisions, its log, its diagram, and every event of it in a table.
#
# Eleven processes run Paxos. Two that propose and three others are killed. The six that are left have to
# decide, all of them, and all for one value. That is the scenario `leader_crash_complex`:

# %%
import simulation

scenario = simulation.load("leader_crash_complex", participants=11)
print(scenario.text)

# %% [markdown]
# The scenario leaves much open: in which order the processes stand, how long a message takes, when exactly
# somebody dies. The *seed* decides all of that. So a run is a function of scenario and seed, and nothing
# else.

# %%
run = simulation.run(scenario, seed=7)
run

# %% [markdown]
# The first line says it all: scenario, seed, network, verdict, who decided what, how much virtual time
# passed, how many events that were, and the *digest*. The digest is a certificate of every event. You have
# the same, on any machine, or the run was another one.
#
# ## Verdict and decisions
#
# The verdict sums up what each check found. *Pass* means that every property held, and that the faults did
# strike. A run in which nobody died as planned would be *unknown*, for it proves nothing.

# %%
run.verdict, run.survivors, run.decisions

# %%
run.findings

# %% [markdown]
# ## The log
#
# The protocol is that of a real system, and a run prints what that system would print. Here is the end,
# from the votes on.

# %%
print("\n".join(run.log().splitlines()[-32:]))

# %% [markdown]
# ## The diagram
#
# Time goes down, and where nothing happens it is folded. Every process has a line, which ends in a cross
# where it is killed. An arrow is a message. Colours are ballots; heartbeats and other details are folded
# away, and can be shown.

# %%
run.diagram()

# %% [markdown]
# ## Another seed
#
# Another seed is another run. The order differs, other processes die, another value may win. The verdict
# should not.

# %%
for seed in range(5):
    print(simulation.run(scenario, seed=seed))

# %% [markdown]
# The same seed is the same run. `replay` repeats it and compares event by event. It raises an error if one
# differs.

# %%
assert simulation.replay(run).digest == run.digest

# %% [markdown]
# Scenarios have settings. Here the network is that of one node for each process, and the leader dies by
# itself at the worst moment: with the votes of a majority in its hands, and before it has told anybody.

# %%
simulation.run(simulation.load("leader_crash_before_decision", profile="dist"), seed=1).diagram()

# %% [markdown]
# ## The frame
#
# Everything that happened is in the *trace*, and `frame()` is the trace as a pandas DataFrame: one row an
# event. `cause` is the event that directly led to it.

# %%
frame = run.frame()
frame.tail()

# %% [markdown]
# Which messages were handled, by kind:

# %%
frame[frame.event == "message"].content.value_counts()

# %% [markdown]
# Who learned the decision, and when:

# %%
decided = frame[frame.content == "Decided"]
decided[["time_us", "process", "detail"]]

# %% [markdown]
# ## To go on
#
# - `simulation list` in a shell, or [docs/scenarios.md](../docs/scenarios.md), for what else there is to
#   run.
# - `2_replay_a_failing_seed`: a run that fails, and why.
# - `3_sweep`: thousands of runs, and figures of them.
# - `4_your_own_protocol`: a scenario and a protocol of your own.
# - `5_the_seed_log`: the log of the real system.
