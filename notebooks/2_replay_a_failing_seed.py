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
# # From a failing seed to its cause
#
# After this notebook you will know how to come from a failing row of a sweep to the line of code that is
# wrong: failures by cause, a failing run with the events that prove it, its replay, and the smallest run
# that still fails.
#
# We need a bug. `simulation.planted` is a collection of protocols, each wrong in one rule. We take the one
# of an acceptor that votes for whatever it is asked to, and pretend not to know. In `duel` two proposers
# fight over three acceptors. A *strategy*, not the network, says which message comes next, who dies, and
# who tries again.

# %%
import simulation

scenario = simulation.load("duel", strategy="portfolio", protocol="simulation.planted:VOTES_FOR_ANYTHING")
sweep = simulation.sweep(scenario, seeds=range(500))

# %% tags=["varies"]
sweep

# %% [markdown]
# ## By cause
#
# Many of these runs fail, but not for so many reasons. Of all that a run violates, what is proven first
# counts; its message without names and numbers is what the runs of one group share.

# %%
for group in sweep.causes:
    print(f"{group.runs:4} x {group.cause}")

# %% [markdown]
# ## One of them
#
# A failure is a row. Shown by itself it is the run, drawn. Time goes down, every process has a line, an
# arrow is a message. The ringed events are those that prove the violation.

# %%
failure = sweep.failures[0]
failure

# %% [markdown]
# The command repeats this run in a shell. `run()` repeats it here. It is the same run, and a proof is asked
# for: `replay` runs it once more, compares event by event, and would name the first that differs.

# %%
print(failure.command)
run = failure.run()
assert simulation.replay(run).digest == run.digest

# %%
run.violations

# %% [markdown]
# ## The evidence
#
# A violation names events. The frame has them: first the process promises a ballot, then it votes in a
# lower one. That is what a promise forbids.

# %%
frame = run.frame()
evidence = list(run.violations[0].events)
frame.loc[evidence]

# %% [markdown]
# How did it come to that vote? Every event names the one that directly led to it, so we can walk back.

# %%
chain = [evidence[-1]]
while frame.loc[chain[-1], "cause"] in frame.index:
    chain.append(frame.loc[chain[-1], "cause"])
frame.loc[chain[::-1], ["time_us", "event", "process", "source", "content", "detail"]]

# %% [markdown]
# A proposal, a ballot, a promise, a request for votes, a vote. Nothing here is wrong by itself, it only
# came late. The other ballot began in between.
#
# ## The smallest run that fails
#
# Most events of the run have nothing to do with it. `shrink` leaves out what the failure does not need. It
# looks at the failing runs of other seeds as well, so the smallest one may be of another seed.

# %%
small = simulation.shrink(run)
print("\n".join(small.story))

# %%
small.run.diagram()

# %% [markdown]
# Now it is plain. An acceptor that has promised ballot 2 gets a request of ballot 1, late, and votes. So
# look at the handler of that request, and at what it asks before it votes:

# %%
import inspect

from simulation.planted.acceptor import VotesForAnything

print(inspect.getsource(VotesForAnything))

# %% [markdown]
# ## What it costs
#
# Does a broken promise matter? In some runs it was the first step to two decisions. Those are the ones that
# a user of the system would have seen.

# %%
rows = sweep.frame()
split = rows[rows.decided.str.count("=") > 1].sort_values("events")
print(f"{len(split)} runs with two decisions")
split[["decided", "failed_check", "ballots", "faults", "events"]].head()

# %%
seed = split.index.get_level_values("seed")[0]
worst = simulation.shrink(simulation.run(scenario, seed=seed), check="agreement")
print("\n".join(worst.story))

# %%
worst.run.diagram()

# %% [markdown]
# ## Mended
#
# The same seeds with the protocol as it should be:

# %%
right = simulation.load("duel", strategy="portfolio", protocol="textbook")
simulation.sweep(right, seeds=range(500)).failed

# %% [markdown]
# ## To go on
#
# - A sweep with `out="results"` leaves a record of each kind of failure in `results/failures`.
#   `simulation.replay` and `simulation.shrink` take its path, and so do the commands of the same names.
# - [docs/strategies.md](../docs/strategies.md) tells what the strategies do,
#   [docs/power.md](../docs/power.md) how soon they find which bug.
# - `4_your_own_protocol` does all this to a protocol that is not planted.
