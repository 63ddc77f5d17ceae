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
# # Many runs, and figures of them
#
# After this notebook you will know how to run a scenario thousands of times, how to ask the results with
# pandas or with SQL, and how long a decision takes: by protocol, by size, by network, and when processes
# die.
#
# One run is an anecdote. A *sweep* runs every scenario, at every point of a grid, with every seed, on all
# cores. Its rows are a function of scenarios, grid and seeds; how many cores there were, and who did what,
# changes nothing.

# %%
import matplotlib.pyplot as plt
import pandas

import simulation

plt.style.use("paper.mplstyle")

sweep = simulation.sweep(
    "simple",
    seeds=range(60),
    grid={"protocol": ["paxos", "textbook"], "profile": ["local", "dist"], "participants": [3, 5, 7, 11]},
)

# %% [markdown]
# A sweep shows itself: how many runs passed, and the times of each point of the grid. Times are *virtual*,
# so they are the same on a slow machine. Only the first line tells how long you had to wait.

# %% tags=["varies"]
sweep

# %% [markdown]
# The *digest* is the certificate of all runs together. Yours is this one, or the runs were others.

# %%
sweep.digest

# %% [markdown]
# ## A frame
#
# `frame()` has one row for each run, indexed by scenario, profile and seed. Units are in the names of the
# columns.

# %%
frame = sweep.frame()
frame[["protocol", "participants", "verdict", "decided", "decision_us", "ballots", "messages"]].head()

# %% [markdown]
# `decision_us` is the time from the first proposal to the moment when the last process that has to know the
# decision knows it. Here are its median and the range of the middle 90 %.

# %%
runs = frame.reset_index()
times_us = runs.groupby(["protocol", "profile", "participants"]).decision_us.quantile([0.05, 0.5, 0.95])
times_ms = times_us.unstack() / 1000
times_ms.round(2)

# %%
figure, axes = plt.subplots()
for (protocol, profile), cell in times_ms.groupby(level=["protocol", "profile"]):
    size = cell.index.get_level_values("participants")
    spread = [cell[0.5] - cell[0.05], cell[0.95] - cell[0.5]]
    axes.errorbar(size, cell[0.5], yerr=spread, marker="o", label=f"{protocol}, {profile}")
axes.set(yscale="log", xlabel="processes", ylabel="time to decide (ms)", xticks=[3, 5, 7, 11])
axes.set_title("Median and middle 90 % of 60 runs each, nobody dies", loc="left")
figure.legend(loc="outside right upper")
plt.show()

# %% [markdown]
# A factor of 50 to 5,000 lies between the two protocols, and it has little to do with messages. `textbook`
# has no leader: whoever wants something starts a ballot at once, and that takes two round trips. `paxos`,
# the real system's, waits for an elector which ticks once a second.
#
# That is also why it gets *faster* with more processes under `dist`. There every process is a node of its
# own, and many nodes take longer to start. When the first proposal comes at last, the next tick is nearer.
#
# ## A distribution
#
# A median hides that. The empirical distribution shows every run: how many of them have decided by then.

# %%
figure, (left, right) = plt.subplots(1, 2, sharey=True)
for size, cell in runs[runs.profile == "dist"].groupby("participants"):
    left.ecdf(cell[cell.protocol == "paxos"].decision_us / 1e6, label=f"{size} processes")
    right.ecdf(cell[cell.protocol == "textbook"].decision_us / 1e3)
left.set(xlabel="time to decide (s)", ylabel="share of runs")
left.set_title("paxos, dist", loc="left")
right.set(xlabel="time to decide (ms)")
right.set_title("textbook, dist", loc="left")
figure.legend(loc="outside right upper")
plt.show()

# %% [markdown]
# ## What rivals cost
#
# So a leader is expensive. What is it good for? In `many_1` everybody proposes at once. Without a leader
# the proposers refuse each other's ballots, and have to try again.

# %%
rivals = simulation.sweep(
    "many_1",
    seeds=range(40),
    grid={"protocol": ["paxos", "textbook"], "profile": ["dist"], "participants": [3, 5, 7, 11]},
)
rivals.query("""
    SELECT protocol, participants, median(ballots) AS ballots, max(ballots) AS most,
           round(avg(messages)) AS messages, round(median(decision_us) / 1000, 1) AS median_ms
    FROM runs GROUP BY protocol, participants ORDER BY protocol, participants
""").df()

# %% [markdown]
# That was SQL: the rows of a sweep lie in Parquet files, and `query` asks them with DuckDB. It suits
# millions of rows, which need not fit into memory.

# %%
figure, axes = plt.subplots()
for protocol, cell in rivals.frame().groupby("protocol"):
    means = cell.groupby("participants").ballots.agg(["mean", "min", "max"])
    spread = [means["mean"] - means["min"], means["max"] - means["mean"]]
    axes.errorbar(means.index, means["mean"], yerr=spread, marker="o", label=protocol)
axes.set(xlabel="processes, all of which propose", ylabel="ballots in a run", ylim=(0, None))
axes.set_xticks([3, 5, 7, 11])
axes.set_title("Mean, least and most of 40 runs each, dist", loc="left")
axes.legend()
plt.show()

# %% [markdown]
# ## What deaths cost
#
# Five scenarios with eleven processes: nobody dies; five that never lead die; the first proposer dies; two
# proposers and three others die; the leader dies with the votes of a majority in its hands.

# %%
STORIES = {
    "simple": "nobody dies",
    "minority_non_leader_crash": "5 others die",
    "leader_crash_simple": "a proposer dies",
    "leader_crash_complex": "2 proposers, 3 others die",
    "leader_crash_before_decision": "the leader dies",
}
grid = {"participants": [11], "profile": ["local", "dist"]}
deaths = simulation.sweep(STORIES, seeds=range(60), grid=grid).frame().reset_index()
pandas.crosstab([deaths.profile, deaths.scenario], deaths.verdict)

# %% [markdown]
# A few runs are *unknown*. In those the fault that the scenario is about never struck: the process that was
# to die as the leader never came to lead. Such a run proves nothing, and is not counted as passed. We leave
# it out.

# %%
in_order = pandas.CategoricalDtype(STORIES, ordered=True)
told = deaths[deaths.verdict == "pass"].astype({"scenario": in_order})
costs = told.groupby(["profile", "scenario"], observed=True).agg(
    median_s=("decision_us", lambda us: us.median() / 1e6),
    worst_s=("decision_us", lambda us: us.max() / 1e6),
    ballots=("ballots", "mean"),
    messages=("messages", "mean"),
)
costs.round(2)

# %%
figure, panels = plt.subplots(1, 2, sharey=True, sharex=True)
for axes, profile in zip(panels, ["local", "dist"], strict=True):
    for scenario, story in STORIES.items():
        cell = told[(told.scenario == scenario) & (told.profile == profile)]
        axes.ecdf(cell.decision_us / 1e6, label=story if profile == "local" else None)
    axes.set(xlabel="time to decide (s)")
    axes.set_title(profile, loc="left")
panels[0].set_ylabel("share of runs")
figure.legend(loc="outside upper center", ncols=3)
plt.show()

# %% [markdown]
# A death costs time only if it takes the leader away, and then it costs one or two ticks of the elector, a
# second each: one in which the dead process is still announced, one for its successor. The others' deaths
# save messages.
#
# ## To go on
#
# - `simulation.sweep(..., out="results")` keeps the rows in a folder. The same call again does what is
#   missing.
# - `simulation.read_sweep("results")` reads them, even while the sweep still runs.
# - `figure.savefig("figure.pdf")` is what a paper wants. `paper.mplstyle` has the colours: they can be told
#   apart by the colour-blind, and their dashes in grey.
# - `2_replay_a_failing_seed` shows what to do when a run fails.
