package bottest

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// All runs every layer as a subtest: the golden conversations of [Files], if
// any, [Cells], [Tour], [Stateless], [Interleaved], [Echo] and [Redelivered].
// A handler that is no *bot.Bot declares nothing, so Cells and Tour are left out.
func All[H http.Handler](t *testing.T, newBot func() H, opts ...Option) {
	c := newConfig(opts)
	for _, glob := range c.globs {
		t.Run("talks", func(t *testing.T) { Talks(t, newBot, glob, opts...) })
	}
	if newSubject(newBot()).bot != nil {
		t.Run("cells", func(t *testing.T) { Cells(t, newBot, opts...) })
		t.Run("tour", func(t *testing.T) { Tour(t, newBot, opts...) })
	}
	t.Run("stateless", func(t *testing.T) { Stateless(t, newBot, opts...) })
	t.Run("interleaved", func(t *testing.T) { Interleaved(t, newBot, opts...) })
	t.Run("echo", func(t *testing.T) { Echo(t, newBot, opts...) })
	t.Run("redelivered", func(t *testing.T) { Redelivered(t, newBot, opts...) })
}

// Echo tells the bot of each of its own replies, as a server may, and fails when
// the bot answers one: two such answers are a loop.
func Echo[H http.Handler](t testing.TB, newBot func() H, opts ...Option) {
	t.Helper()
	k := newKit(t, newBot, opts)
	k.layer(func(tk *talk.Talk) *failure {
		return k.play(tk, func(s *session) { s.echo = true })
	})
}

// Redelivered sends every message twice, as a server does that missed the
// answer. The second answer must be the same bytes, and with [Effects] nothing
// may have happened twice. Joins and other membership events are sent once: they
// carry no ID, so nobody can tell a second one from a resend.
func Redelivered[H http.Handler](t testing.TB, newBot func() H, opts ...Option) {
	t.Helper()
	k := newKit(t, newBot, opts)
	k.layer(func(tk *talk.Talk) *failure {
		return k.play(tk, func(s *session) { s.redeliver = true })
	})
}

// worn is how many requests a bot has served that is compared with a fresh one.
const worn = 1000

// Stateless plays every conversation with a bot that has served a thousand other
// requests. Then the same requests go to fresh bots, in several other orders,
// and must be answered with the same bytes: otherwise the process holds something
// that a restart or a second replica loses. A bot that keeps data elsewhere must
// find the same data each time.
func Stateless[H http.Handler](t testing.TB, newBot func() H, opts ...Option) {
	t.Helper()
	k := newKit(t, newBot, opts)
	all := k.talks()
	var old http.Handler
	rooms := map[string]bool{} // which the old bot knows
	unused := func(tk *talk.Talk) *failure { return k.replayed(k.newBot(), tk) }
	used := func(tk *talk.Talk) *failure {
		if old == nil || rooms[tk.Room] {
			old, rooms = k.newBot(), map[string]bool{}
			k.wear(old, append([]*talk.Talk{tk}, all...))
		}
		rooms[tk.Room] = true
		return k.replayed(old, tk)
	}
	k.layer(unused, used) // what shows without wear is found and shortened faster
}

// replayed plays a conversation and compares its answers with those of fresh
// bots that get the same requests in other orders.
func (k *kit) replayed(h http.Handler, tk *talk.Talk) *failure {
	s := k.converse(h, tk)
	for _, order := range orders(len(s.turns)) {
		if f := k.again(s, order); f != nil {
			return f
		}
	}
	return nil
}

// orders returns the backward order, in which every pair is turned around, and
// some shuffled ones.
func orders(n int) [][]int {
	backward := make([]int, n)
	for i := range backward {
		backward[i] = n - 1 - i
	}
	all := [][]int{backward}
	for seed := range uint64(shuffles) {
		all = append(all, rand.New(rand.NewPCG(seed, 0)).Perm(n))
	}
	return all
}

// again gives the requests of a conversation to a fresh bot, in another order.
func (k *kit) again(s *session, order []int) *failure {
	fresh := connect(k.newBot(), k.conf)
	defer fresh.close()
	for _, i := range order {
		x := s.turns[i]
		if again := fresh.post(x.request); differ(again, x.response) {
			return &failure{s, x, "the answer depends on what the process did before",
				[]string{"a fresh bot     " + brief(again), "one in use      " + brief(x.response)}}
		}
	}
	return nil
}

// converse plays a whole conversation, whatever comes of it.
func (k *kit) converse(h http.Handler, tk *talk.Talk) *session {
	s := k.open(h, tk)
	defer s.client.close()
	for _, turn := range tk.Turns {
		_, _ = s.play(turn) // an edit of nothing, after shrinking, is passed over
	}
	return s
}

// wear plays conversations with a bot in other rooms until it has served enough.
func (k *kit) wear(h http.Handler, all []*talk.Talk) {
	for i, served := 0, 0; served < worn; i++ {
		tk := *all[i%len(all)]
		tk.Room = fmt.Sprintf("%s-worn-%d", tk.Room, i)
		served += max(1, len(k.converse(h, &tk).turns))
	}
}

// shuffles is how many random orders are tried; the seeds are fixed.
const shuffles = 5

// Interleaved plays each conversation in two rooms of one bot, their turns
// shuffled together in several ways. Each room must hear the same bytes as it
// does when it is alone with a bot.
func Interleaved[H http.Handler](t testing.TB, newBot func() H, opts ...Option) {
	t.Helper()
	k := newKit(t, newBot, opts)
	k.layer(func(tk *talk.Talk) *failure {
		other := *tk
		other.Room += "-other"
		alone := [2][]*exchange{k.converse(k.newBot(), tk).turns, k.converse(k.newBot(), &other).turns}
		for seed := range uint64(shuffles) {
			if f := k.together([2]*talk.Talk{tk, &other}, alone, rand.New(rand.NewPCG(seed, 0))); f != nil {
				return f
			}
		}
		return nil
	})
}

func (k *kit) together(tks [2]*talk.Talk, alone [2][]*exchange, rng *rand.Rand) *failure {
	h := k.newBot()
	rooms := [2]*session{k.open(h, tks[0]), k.open(h, tks[1])}
	defer rooms[0].client.close()
	defer rooms[1].client.close()
	for next := [2]int{}; next[0] < len(tks[0].Turns) || next[1] < len(tks[1].Turns); {
		i := rng.IntN(2)
		if next[i] == len(tks[i].Turns) {
			i = 1 - i
		}
		s := rooms[i]
		x, err := s.play(tks[i].Turns[next[i]])
		next[i]++
		if err != nil || x == nil {
			continue
		}
		want := alone[i][len(s.turns)-1]
		if differ(want.response, x.response) {
			return &failure{s, x, "the answer depends on what is said in another room",
				[]string{"alone             " + brief(want.response), "beside room " + tks[1-i].Room + "  " + brief(x.response)}}
		}
	}
	return nil
}
