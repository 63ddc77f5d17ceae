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
# # Your own scenario, your own protocol
#
# After this notebook you will know how to write a scenario and a protocol from empty files, how to look for
# bugs in it, and what to do with the ones that you find. The protocol is Paxos for a single decision, and
# it has two mistakes. One was made on purpose. The other one was not.
#
# We begin in an empty folder. `sys.path` has to name it, so that the processes of a sweep find our module
# too.

# %%
import os
import sys
import tempfile
from pathlib import Path

import simulation

os.chdir(tempfile.mkdtemp())
sys.path.insert(0, str(Path.cwd()))

# %% [markdown]
# ## A scenario
#
# A scenario says who is there, what everybody does, what the network is like, and what has to come of it.
# Three processes here, two of which propose at the same time; a message takes 1 to 20 ms and may overtake
# others.

# %%
RIVALS = """\
format = 1
about = "Two of three propose at the same time."
participants = 3
order = "sorted"
protocol = "mine:PROTOCOL"

[roles]
rivals = "first 2 of all"
others = "all except rivals"

[script]
rivals = ["propose for 5s", "wait 5s"]
others = ["wait 10s"]

[network]
delay = "1..20ms"
fifo = false

[expect]
decision = "required"
by = "all"
"""
_ = Path("rivals.toml").write_text(RIVALS, encoding="utf-8")

# %% [markdown]
# ## A protocol
#
# A protocol is a *machine*: for each kind of input a handler, which gets the state and returns a new one
# and the effects, what is to be done. It has no clock, no luck and no network. So messages and state come
# first. All are frozen values.

# %%
# %%writefile mine.py
"""Paxos for a single decision."""

from msgspec import Struct
from msgspec.structs import replace

from simulation.protocols import Machine, Protocol, handles, reports
from simulation.protocols.effects import Answer, Multicast, Persist, Send, SetTimer
from simulation.protocols.inputs import Decision, GetDecision, Propose, Restarted, Started, Undecided

Ballot = tuple[int, int]  # a round, and the process whose ballot it is: no two processes share one


class Prepare(Struct, frozen=True, array_like=True, tag=True):
    ballot: Ballot


class Promise(Struct, frozen=True, array_like=True, tag=True):
    ballot: Ballot
    vote_ballot: Ballot | None
    vote: int | None


class Accept(Struct, frozen=True, array_like=True, tag=True):
    ballot: Ballot
    value: int


class Accepted(Struct, frozen=True, array_like=True, tag=True):
    ballot: Ballot
    value: int


class Decide(Struct, frozen=True, array_like=True, tag=True):
    value: int


class Retry(Struct, frozen=True, array_like=True, tag=True):
    ballot: Ballot


class State(Struct, frozen=True):
    # as an acceptor
    promised: Ballot = (0, 0)
    vote_ballot: Ballot | None = None
    vote: int | None = None
    # as a proposer
    ballot: Ballot = (0, 0)
    call: int | None = None  # the client that waits
    wish: int | None = None  # what it proposed
    promises: tuple[tuple[int, Ballot | None, int | None], ...] = ()
    votes: tuple[int, ...] = ()
    decided: int | None = None


# %% [markdown]
# An acceptor promises, and votes unless it has promised a higher ballot. `Persist` keeps what a restart
# must not forget. *Reports* say which step of the protocol was taken. Nobody needs them to run; checks and
# searches do more with them.


# %%
# %%writefile -a mine.py
class Acceptor(Machine):
    @handles(Prepare)
    def on_prepare(self, state, sender, message):
        ballot = message.ballot
        if ballot <= state.promised:
            return state, ()
        state = replace(state, promised=ballot)
        said = reports.Promised(1, ballot, state.vote_ballot, state.vote)
        return state, (Persist(state), said, Send(sender, Promise(ballot, state.vote_ballot, state.vote)))

    @handles(Accept)
    def on_accept(self, state, sender, message):
        ballot, value = message.ballot, message.value
        if ballot < state.promised:
            return state, ()
        state = replace(state, promised=ballot, vote_ballot=ballot, vote=value)
        said = reports.Accepted(1, ballot, value)
        return state, (Persist(state), said, Send(sender, Accepted(ballot, value)))


# %% [markdown]
# A proposer starts a ballot, and another one when a while has passed. When a majority has promised, it asks
# for a value: its client's, or one that somebody has voted for already. When a majority has voted, that is
# the decision.


# %%
# %%writefile -a mine.py
class Mine(Acceptor):
    @property
    def quorum(self):
        return len(self.config.peers) // 2 + 1

    def choose(self, state):
        voted = [vote for _, vote_ballot, vote in state.promises if vote_ballot is not None]
        return voted[0] if voted else state.wish

    def begin(self, state):
        ballot = (max(state.ballot[0], state.promised[0]) + 1, self.config.process)
        state = replace(state, ballot=ballot, promises=(), votes=())
        again = SetTimer(Retry(ballot), 50_000, 100_000)
        said = reports.BallotStarted(1, ballot)
        return state, (Persist(state), again, said, Multicast(self.config.peers, Prepare(ballot)))

    @handles(Propose)
    def on_propose(self, state, sender, call):
        said = reports.Proposed(1, call.value, call.action)
        if state.decided is not None:
            return state, (said, Answer(call.call, Decision(1, state.decided)))
        state, effects = self.begin(replace(state, call=call.call, wish=call.value))
        return state, (said, *effects)

    @handles(Retry)
    def on_retry(self, state, sender, timer):
        is_late = timer.ballot == state.ballot and state.call is not None
        return self.begin(state) if is_late else (state, ())

    @handles(Promise)
    def on_promise(self, state, sender, message):
        heard = reports.PromiseHeard(1, message.ballot, message.vote_ballot, message.vote, sender)
        known = [acceptor for acceptor, _, _ in state.promises]
        if message.ballot != state.ballot or sender in known or len(known) == self.quorum:
            return state, (heard,)
        promise = (sender, message.vote_ballot, message.vote)
        state = replace(state, promises=(*state.promises, promise))
        if len(state.promises) < self.quorum:
            return state, (heard,)
        value = self.choose(state)
        said = reports.ValueAsked(1, state.ballot, value)
        return state, (heard, said, Multicast(self.config.peers, Accept(state.ballot, value)))

    @handles(Accepted)
    def on_accepted(self, state, sender, message):
        heard = reports.AcceptedHeard(1, message.ballot, sender)
        if message.ballot != state.ballot or sender in state.votes:
            return state, (heard,)
        state = replace(state, votes=(*state.votes, sender))
        if len(state.votes) != self.quorum:
            return state, (heard,)
        return state, (heard, Multicast(self.config.peers, Decide(message.value)))

    @handles(Decide)
    def on_decide(self, state, sender, message):
        if state.decided is not None:
            return state, ()
        answer = () if state.call is None else (Answer(state.call, Decision(1, message.value)),)
        state = replace(state, decided=message.value, call=None)
        return state, (Persist(state), reports.Decided(1, message.value), *answer)

    @handles(GetDecision)
    def on_get_decision(self, state, sender, call):
        reply = Undecided(1) if state.decided is None else Decision(1, state.decided)
        return state, (Answer(call.call, reply),)

    @handles(Started)
    def on_started(self, state, sender, started):
        return State(), ()

    @handles(Restarted)
    def on_restarted(self, state, sender, restarted):
        durable = restarted.durable or State()
        return replace(durable, call=None), ()


STEPS = "Proposed BallotStarted Promised PromiseHeard ValueAsked Accepted AcceptedHeard Decided"

PROTOCOL = Protocol(
    name="mine",
    about="Paxos for a single decision",
    components=(Mine,),
    steps=tuple(STEPS.split()),
    retries=(Retry,),
)

# %% [markdown]
# ## It works
#
# One run:

# %%
run = simulation.run("rivals.toml", seed=0)
run

# %% [markdown]
# Five hundred runs:

# %%
sweep = simulation.sweep("rivals.toml", seeds=range(500))
sweep.passed, sweep.failed

# %% [markdown]
# ## It does not
#
# In those runs messages took about as long as each other, and nobody died. A *strategy* looks for the runs
# that hurt: it decides itself which message arrives next, who tries again, and who dies and comes back.


# %%
def searched(protocol):
    scenario = simulation.load("rivals.toml", strategy="portfolio", protocol=protocol)
    sweep = simulation.sweep(scenario, seeds=range(2000))
    print(f"{protocol}: {sweep.passed:,} of {sweep.runs:,} runs pass")
    for group in sweep.causes:
        print(f"{group.runs:6} x {group.cause}")
    return sweep


first = searched("mine:PROTOCOL")

# %% [markdown]
# Each group is a way to fail, and some of them have one cause. Take the first run that failed, and make it
# as small as it goes: `shrink` leaves out what the failure does not need, and tells what is left as a
# story.

# %%
small = simulation.shrink(first.failures[0].run())
print("\n".join(small.story))

# %%
small.run.diagram()

# %% [markdown]
# There it is. Two promises told of a vote, and the proposer took the value of the first that came, from the
# lower ballot. It has to be the vote of the *highest* ballot (P2c in *Paxos Made Simple*).
#
# ## Mended

# %%
# %%writefile mended.py
"""Mine, with the vote of the highest ballot."""

from msgspec.structs import replace

import mine


class Mended(mine.Mine):
    def choose(self, state):
        voted = [(vote_ballot, vote) for _, vote_ballot, vote in state.promises if vote_ballot is not None]
        return max(voted)[1] if voted else state.wish


PROTOCOL = replace(mine.PROTOCOL, name="mended", components=(Mended,))

# %%
second = searched("mended:PROTOCOL")

# %% [markdown]
# Nearly. One kind of failure is left. It was in the first list already, and easily overlooked. This is the
# mistake that was not made on purpose.

# %%
small = simulation.shrink(second.failures[0].run())
print("\n".join(small.story))

# %%
small.run.diagram()

# %% [markdown]
# A proposer died when its ballot ran, and came back with the state that it had kept at the *beginning* of
# that ballot. It did not know that it had asked for a value already. A late promise completed another
# majority, and it asked for another value in the same ballot. After a restart, the old ballot must not go
# on.

# %%
# %%writefile mended_again.py
"""Mended, and a ballot ends with the life of its proposer."""

from msgspec.structs import replace

import mended
import mine
from simulation.protocols import handles
from simulation.protocols.inputs import Restarted


class MendedAgain(mended.Mended):
    @handles(Restarted)
    def on_restarted(self, state, sender, restarted):
        durable = restarted.durable or mine.State()
        ended = (max(durable.ballot[0], durable.promised[0]), -1)  # nobody's, and the next one is above it
        return replace(durable, ballot=ended, call=None), ()


PROTOCOL = replace(mine.PROTOCOL, name="mended again", components=(MendedAgain,))

# %%
third = searched("mended_again:PROTOCOL")

# %% [markdown]
# No run fails any more. That is no proof: [docs/power.md](../docs/power.md) measures how many runs it takes
# to find bugs like these. The runs that failed make good tests. Here is the second one, with the last
# version of the protocol:

# %%
scenario = simulation.load("rivals.toml", strategy="portfolio", protocol="mended_again:PROTOCOL")
simulation.run(scenario, seed=second.failures[0].seed).verdict

# %% [markdown]
# ## To go on
#
# - [docs/scenarios.md](../docs/scenarios.md) has every word of a scenario: crashes, restarts, partitions,
#   slow disks.
# - [docs/protocols.md](../docs/protocols.md) has every input and effect of a machine.
# - [docs/pytest.md](../docs/pytest.md) puts a scenario into your tests, with `@pytest.mark.scenario`.
