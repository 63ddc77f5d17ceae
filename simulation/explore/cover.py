"""When one local of a machine can do all that another one can, as far as anybody can tell.

Messages may stay undelivered for ever, so to do nothing is always possible: a machine that
*could* do more is never the safer one. The local ``strong`` *covers* the local ``weak`` if
for every input that the machine may ever get, what ``weak`` does is matched by ``strong``:

* either ``strong`` does nothing: ``weak`` told nobody anything, and is still covered;
* or ``strong`` takes the same input, tells at least as much, votes and decides the same,
  and still covers what ``weak`` has become.

This is a simulation in the sense of R. Milner, *An algebraic definition of simulation
between programs* (1971), the greatest one. Inputs are those packets that the search has
seen on their way to the machine, in any order, and what the machine does by itself.

All of this is asked after some value is *settled*, chosen or decided: from then on votes
for it and decisions for it are no news, and only another value would be.
"""

from __future__ import annotations

from simulation.explore.cast import Cast
from simulation.explore.pieces import Input, Reaction
from simulation.explore.steps import Steps

Pair = tuple[int, int]
"""A strong local and a weak one."""

Settled = int | None


class Cover:
    """Answers whether a local covers another one, with the steps that are known so far."""

    def __init__(self, cast: Cast, steps: Steps) -> None:
        self._cast = cast
        self._nodes = steps.locals_by_place()
        self._inbound = steps.packets_by_place()
        self._sent = dict(steps.packets)
        self._known: dict[tuple[int, Settled], dict[Pair, bool]] = {}
        self._noise: dict[tuple[int, Settled], bool] = {}

    def covers(self, place: int, strong: int, weak: int, settled: Settled) -> bool:
        """Whether ``strong`` can do all that ``weak`` can do."""
        if strong == weak:
            return True
        known = self._known.setdefault((place, settled), {})
        found = known.get((strong, weak))
        if found is None:
            _Proof(self, place, settled, known).settle((strong, weak))
            found = known[strong, weak]
        return found

    def weakens(self, place: int, local: int, reaction: Reaction, settled: Settled) -> bool:
        """Whether a step only makes the machine do less; what it sends is another matter."""
        if reaction.idle:
            return True
        if reaction.now or self.news(reaction, settled):
            return False
        return self.covers(place, local, reaction.after, settled)

    def news(self, reaction: Reaction, settled: Settled) -> tuple[int, ...]:
        """What a step tells the judge: votes and decisions for other values than the settled one."""
        if not reaction.votes and not reaction.decided:
            return ()
        values = self._cast.votes.items
        votes = [
            number
            for number in range(reaction.votes.bit_length())
            if reaction.votes >> number & 1 and values[number][1] != settled
        ]
        decided = [value for value in reaction.decided if value != settled]
        return (*votes, -1, *decided) if votes or decided else ()

    def noise(self, packet: int, settled: Settled) -> bool:
        """Whether ``packet``, wherever its machine is, only makes it do less, now or ever."""
        key = (packet, settled)
        if key not in self._noise:
            # What leads back to the question itself is answered with no: that is always safe.
            self._noise[key] = False
            self._noise[key] = packet in self._sent and self._is_noise(packet, settled)
        return self._noise[key]

    def obligations(self, place: int, pair: Pair, settled: Settled) -> list[list[Pair]] | None:
        """For each thing that the weak one does, the pairs of which one must hold; None if none can."""
        found = []
        for given in self._inputs(place, pair[1]):
            weak = self._cast.imagine(place, pair[1], given)
            if weak.idle:
                continue
            matches = self._matches(place, pair, given, weak, settled)
            if not matches:
                return None
            if not any(strong == less for strong, less in matches):
                found.append(matches)
        return found

    def _inputs(self, place: int, weak: int) -> list[Input]:
        inbound = self._inbound.get(place, [])
        inputs: list[Input] = [*inbound, *self._cast.own_inputs(place, weak)]
        if self._cast.setting.crashes:
            inputs += self._cast.crashes(place, weak, inbound)
        return inputs

    def _matches(self, place: int, pair: Pair, given: Input, weak: Reaction, settled: Settled) -> list[Pair]:
        if weak.now:
            return []
        found = []
        told = [packet for packet in weak.sends if not self.noise(packet, settled)]
        news = self.news(weak, settled)
        if not told and not news:
            found.append((pair[0], weak.after))
        if isinstance(given, int) or given in self._inputs(place, pair[0]):
            strong = self._cast.imagine(place, pair[0], given)
            as_much = all(told.count(packet) <= strong.sends.count(packet) for packet in told)
            if as_much and strong.allowed and not strong.now and news == self.news(strong, settled):
                found.append((strong.after, weak.after))
        return found

    def _is_noise(self, packet: int, settled: Settled) -> bool:
        place = self._cast.packets.items[packet].destination
        for local in self._nodes.get(place, []):
            reaction = self._cast.imagine(place, local, packet)
            if not self.weakens(place, local, reaction, settled):
                return False
            if not all(self.noise(sent, settled) for sent in reaction.sends):
                return False
        return True


class _Proof:
    """Settles a pair together with all pairs that it depends on.

    The greatest simulation: every pair holds until one of its obligations has nothing left.
    """

    def __init__(self, cover: Cover, place: int, settled: Settled, known: dict[Pair, bool]) -> None:
        self._cover = cover
        self._place = place
        self._settled = settled
        self._known = known
        self._open: dict[Pair, list[list[Pair]]] = {}
        self._users: dict[Pair, list[Pair]] = {}
        self._refuted: dict[Pair, None] = {}

    def settle(self, root: Pair) -> None:
        """Note whether ``root`` holds, and what else came out on the way."""
        ahead = [root]
        while ahead and root not in self._refuted:
            pair = ahead.pop()
            if pair in self._open or pair in self._refuted:
                continue
            obligations = self._cover.obligations(self._place, pair, self._settled)
            if obligations is None:
                self._refute(pair)
                continue
            self._open[pair] = obligations
            for one in [one for matches in obligations for one in matches]:
                self._users.setdefault(one, []).append(pair)
                if self._known.get(one) is None:
                    ahead.append(one)
            if not self._stands(pair):
                self._refute(pair)
        for pair in self._refuted:
            self._known[pair] = False
        if root not in self._refuted:
            for pair in self._open:
                self._known[pair] = True

    def _refute(self, pair: Pair) -> None:
        ahead = [pair]
        while ahead:
            wrong = ahead.pop()
            if wrong in self._refuted:
                continue
            self._refuted[wrong] = None
            self._open.pop(wrong, None)
            ahead += [user for user in self._users.get(wrong, []) if not self._stands(user)]

    def _stands(self, pair: Pair) -> bool:
        if pair not in self._open:
            return pair not in self._refuted
        known, refuted = self._known, self._refuted
        return all(
            any(one not in refuted and known.get(one, True) for one in matches)
            for matches in self._open[pair]
        )
