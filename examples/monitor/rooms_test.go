package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

func message(t *testing.T, room string) event.Event {
	e, err := event.Decode([]byte(fmt.Sprintf(`{"roomID":%q,"event":"MESSAGE","data":{"message":"hi","sender":"ann"}}`, room)))
	require.NoError(t, err)
	return e
}

// However many rooms there are, and however long their names, memory and metrics
// are bounded.
func TestRooms_Bounded(t *testing.T) {
	r := NewRooms()
	for i := range 1000 {
		r.Add(message(t, fmt.Sprintf("%04d", i)+strings.Repeat("é", 1000)))
	}
	all := r.All()
	require.Len(t, all, maxRooms+1)
	var total int
	for _, room := range all {
		total += room.Counts.Messages
		require.LessOrEqual(t, len(room.Name), maxName+len("…"))
		require.True(t, strings.ToValidUTF8(room.Name, "") == room.Name)
	}
	require.Equal(t, 1000, total)
	require.Equal(t, others, all[0].Name)
	require.Equal(t, 1000-maxRooms, all[0].Counts.Messages)
}

func TestRooms_LastMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewRooms()
		recent := func() []int { return r.All()[0].Recent }
		at := func(second int) int { return recent()[second] }
		r.Add(message(t, "r"))
		r.Add(message(t, "r"))
		require.Equal(t, 2, at(59))
		time.Sleep(10 * time.Second)
		r.Add(message(t, "r"))
		require.Equal(t, 2, at(49))
		require.Equal(t, 1, at(59))
		time.Sleep(49 * time.Second)
		require.Equal(t, 2, at(0))
		time.Sleep(time.Second)
		require.Equal(t, 0, at(0), "a minute ago")
		require.Equal(t, 1, at(9))
		time.Sleep(time.Hour)
		require.Equal(t, make([]int, 60), recent())
		r.Add(message(t, "r"))
		require.Equal(t, 1, at(59))
	})
}

func TestWindow_ClockSetBack(t *testing.T) {
	var w window
	w.add(time.Unix(1000, 0))
	w.add(time.Unix(900, 0))
	require.Equal(t, 2, w.at(time.Unix(900, 0))[59])
}

// The whole text of a scrape, but for durations.
func TestMetrics(t *testing.T) {
	m, srv := serve(t)
	s := bottest.New(t, m.bot)
	s.Room("demo").User("ann", "").Joins()
	s.Room("demo").User("ann", "").Says("/stats").RepliesLike("1 joined")
	s.Room("back\\slash \"quote\" new\nline }").User("ann", "").Says("hi")
	m.bot.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	res := get(t, srv.URL+"/metrics")
	require.Equal(t, "text/plain; version=0.0.4; charset=utf-8", res.Header.Get("Content-Type"))
	var out bytes.Buffer
	_, err := out.ReadFrom(res.Body)
	require.NoError(t, err)
	got := regexp.MustCompile(`(_sum\{.*\}) .*`).ReplaceAllString(out.String(), "$1 SECONDS")
	const golden = "testdata/metrics.txt"
	if flag.Lookup("update").Value.String() == "true" {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}
