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
# # The log of the real system
#
# After this notebook you will know what the real system's tests did, how a printed line becomes an event
# with a cause, which of its 446 runs are odd and why, and how near the simulation comes to it.
#
# Before there was a simulation there was a system: eleven Elixir processes at most, running Paxos under a
# leader elector, and twelve tests that kill some of them. All that is left of those tests is what they
# printed.

#
# The log itself is not part of the project. `SIMULATION_SEED_LOG` says where it lies, or it is looked for
# beside the project; without it, read on: what it shows is stored here.

# %%
import os
from pathlib import Path

import matplotlib.pyplot as plt
import pandas

import simulation
from simulation.audit import Auditor

plt.style.use("paper.mplstyle")

beside = sorted(Path("../../shared/seed").glob("*.txt"))
log = Path(os.environ.get("SIMULATION_SEED_LOG") or beside[0])
text = log.read_text(encoding="utf-8")
text[:300]

# %% [markdown]
# The lines were saved with spaces in the place of line ends. There are no times, and there is nothing about
# messages on their way. From this, `check` finds the runs, and for each of them an execution of the
# protocol that prints exactly its lines, in their order. Then it asks of every execution what it asks of
# every simulated run.

# %%
tally = simulation.check(log)
tally

# %% [markdown]
# *Fail* because one run has no such execution; we shall come to it. These are the tests, by number of
# processes and by whether all ran in one virtual machine (`local`) or each on a node of its own (`dist`):

# %%
pandas.DataFrame.from_dict(tally.as_json()["by_test"], orient="index")

# %% [markdown]
# Each test is a scenario of this package. So what a test does can be looked up:

# %%
for test in sorted({row.test for row in tally.rows.values()}):
    print(f"{test:30}{simulation.load(test).model.about}")

# %% [markdown]
# ## One run, line by line
#
# `Auditor` gives the executions themselves. Here is the shortest complete run:

# %%
audited = list(Auditor().judge_all([text]))
shortest = min((each for each in audited if each.complete), key=lambda each: each.lines)
print(f"run {shortest.number}, {shortest.test}, {shortest.participants} processes, {shortest.profile}\n")
print(shortest.run.log())

# %% [markdown]
# Read it so. The first process proposes, and relays its value to everybody; whoever hears of the instance
# first prints `SET BALLOT VALUE 3 nil`. An elector names a leader. The leader asks everybody to promise its
# ballot (`prepare`); each answer that comes back is `prepared`, counted as `p1 3 1 false`: of three
# processes, the first to promise, not more than a majority yet. With a majority it asks for a value
# (`accept`), counts the votes (`accepted`), and tells the decision.
#
# The log shows what processes *did*. The execution adds why:

# %%
frame = shortest.run.frame()
frame[frame.event == "message"].head(12)

# %% [markdown]
# `cause` is the event that directly led to this one. So a promise in the log, which does not say whose it
# is, is now the promise of a certain process. (A log has no clock: times count lines, a millisecond each.)

# %%
frame.event.value_counts()

# %% [markdown]
# ## What is odd
#
# 444 runs are possible, and most of them are dull. In twelve something happened that deserves a note.

# %%
for each in tally.told:
    for note in each.notes:
        print(f"run {each.number}, {each.test}, {each.profile}: {note}")

# %% [markdown]
# Run 28 is Paxos at work. A leader dies after eight votes for its value, more than a majority, and nobody
# has been told that they are enough. The next leader has to find this value and ask for it again. Here are
# the steps:

# %%
saved = audited[28].run
frame = saved.frame()
kills = frame.detail.map(lambda detail: detail.get("fault") == {"is": "Kill"})
steps = frame[kills | frame.content.isin(["BallotStarted", "ValueAsked", "Accepted", "Decided"])]
steps[["process", "event", "content", "detail"]]

# %% [markdown]
# And the whole run. A value that no line shows is a negative number.

# %%
saved.diagram()

# %% [markdown]
# ## What cannot be
#
# One run has no execution. Its leader asks everybody to accept a value, itself too, and never gets its own
# request.

# %%
for each in tally.told:
    if each.divergence is not None:
        print(f"run {each.number}, line {each.divergence.line}: {each.divergence.message}")

# %% [markdown]
# Either two lines were lost, or a message was. It is left as it is: a simulation that may lose messages
# whenever that helps explains everything, and so nothing.
#
# ## Is a simulated run like a real one?
#
# A re-enacted run is a run like any other, so both can be asked the same. How often does a process announce
# a leader, in the test with the most deaths and one node for each process?


# %%
def announcements(run):
    return run.log().count(" is leader")


SAME = ("leader_crash_complex", "dist")
real = [announcements(each.run) for each in audited if (each.test, each.profile) == SAME]
runner = simulation.Runner(simulation.load("leader_crash_complex", participants=11, profile="dist"))
simulated = [announcements(runner.run(seed)) for seed in range(300)]

figure, axes = plt.subplots()
axes.ecdf(real, label=f"the log, {len(real)} runs")
axes.ecdf(simulated, label=f"simulated, {len(simulated)} seeds")
axes.set(xlabel="announcements of a leader in a run", ylabel="share of runs")
axes.set_title("leader_crash_complex, dist, 11 processes", loc="left")
axes.legend(loc="lower right")
plt.show()

# %% [markdown]
# `tests/fidelity` asks many such questions, and the README shows the answers. Of what the log does not
# witness, nacks for example, [docs/choices.md](../docs/choices.md) says what was done.
# [docs/logs.md](../docs/logs.md) explains how an execution is found, and what a check of a log cannot see.
