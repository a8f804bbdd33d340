package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

const talks = "testdata/talks/*.txt"

func quiet() *assistant {
	return &assistant{faq: ParseFAQ(bundled), call: func(context.Context, string) {}}
}

func newTestBot() *bot.Bot { return quiet().newBot(nil) }

func TestAll(t *testing.T) { bottest.All(t, newTestBot, bottest.Files(talks)) }

func FuzzQuestions(f *testing.F) { bottest.Fuzz(f, newTestBot) }

func TestButtons(t *testing.T) {
	ann := bottest.New(t, newTestBot()).Room("demo").User("ann", "")
	ann.Joins().RepliesLike("Welcome")
	ann.Taps("What does delivery cost?").RepliesLike("60 for each order")
	ann.Says("elephants").RepliesLike("I do not know")
	ann.Taps("Yes, please").RepliesLike("A person will be with you").State(Person)
}

func TestAPersonIsCalledOnce(t *testing.T) {
	called := 0
	a := quiet()
	a.call = func(context.Context, string) { called++ }
	ann := bottest.New(t, a.newBot(nil)).Room("demo").User("ann", "")
	ann.Says("/human").RepliesLike("A person").State(Person)
	ann.Says("/human").Silent().Stays()
	require.Equal(t, 1, called)
}

// TestSearch asks in other words than the FAQ's headings.
func TestSearch(t *testing.T) {
	faq := ParseFAQ(bundled)
	require.Len(t, faq.entries, strings.Count(bundled, "## "))
	for _, c := range []struct{ asked, want, why string }{
		{"shipping time? how many days until delivery", "How long does delivery take?", "more of the words"},
		{"DELIVERY COST", "What does delivery cost?", "letter case"},
		{"can i pay by card", "How can I pay?", ""},
		{"refund: when will i get my money", "When do I get my money back?", ""},
		{"invoice", "Can I get a receipt or an invoice?", "one rare word is enough"},
		{"passwords", "I forgot my password.", "plural"},
		{"do you ship to Japan", "Which countries do you ship to?", "a word of the answer"},
		{"我想退貨", "可以退貨嗎？", "characters, since there are no blanks"},
		{"what is the weather like", "", "nothing to do with it"},
		{"so what can you do for me", "", "common words alone"},
		{"who made the link?", "", "a word that several entries have, by chance"},
		{"", "", ""},
		{"???", "", ""},
	} {
		found := faq.Search(c.asked, 3)
		switch {
		case c.want == "":
			require.Empty(t, found, "%s (%s)", c.asked, c.why)
		default:
			require.NotEmpty(t, found, "%s (%s)", c.asked, c.why)
			require.Equal(t, c.want, found[0].Question, "%s (%s)", c.asked, c.why)
			require.LessOrEqual(t, len(found), 3)
		}
	}
	require.Empty(t, ParseFAQ("").Search("delivery", 3))
}

// script is a server with the API of a language model, whose answers a test
// writes down.
func script(t *testing.T, answer http.HandlerFunc) *Model {
	t.Helper()
	srv := httptest.NewServer(answer)
	t.Cleanup(srv.Close)
	return NewModel(srv.URL+"/v1/", "sesame", "tiny")
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":%q}}]}`, text)
	}
}

func TestModelAnswers(t *testing.T) {
	var asked chat
	a := quiet()
	a.model = script(t, func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, "POST /v1/chat/completions", r.Method+" "+r.URL.Path)
		require.Equal(t, "Bearer sesame", r.Header.Get("Authorization"))
		require.NoError(t, json.UnmarshalRead(r.Body, &asked))
		says("It is 60. <b>Ask</b> me anything!")(w, r)
	})
	ann := bottest.New(t, a.newBot(nil)).Room("demo").User("ann", "")
	ann.Says("How much is delivery?").Replies(`It is 60. \<b>Ask\</b> me anything!`)
	require.Equal(t, "tiny", asked.Model)
	require.Equal(t, line{"user", "How much is delivery?"}, asked.Messages[1])
	require.Contains(t, asked.Messages[0].Content, "A: 60 for each order")
	require.NotContains(t, asked.Messages[0].Content, "Dry, dark and airtight", "only what was found")

	ann.Says("¿Cuánto cuesta el envío?").RepliesLike("It is 60")
	require.Contains(t, asked.Messages[0].Content, "Dry, dark and airtight", "nothing was found, so the model looks through all")
}

func TestModelFails(t *testing.T) {
	const fromFAQ = "60 for each order, nothing from 1000 on."
	for _, c := range []struct {
		name   string
		server http.HandlerFunc
		answer string
		why    string
	}{
		{"unknown", says("UNKNOWN."), "~I do not know that", "it was asked and has nothing, so the FAQ's guess is none either"},
		{"empty", says(""), fromFAQ, ""},
		{"500", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "oops", http.StatusInternalServerError) }, fromFAQ, ""},
		{"429", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, fromFAQ, ""},
		{"html", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, fromFAQ, "a proxy's page"},
		{"no choices", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"choices":[]}`) }, fromFAQ, ""},
		{"padded", func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, strings.Repeat(" ", maxAnswer))
			says("too late")(w, r)
		}, fromFAQ, "no more than 1 MiB is read"},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" {
				says("somebody else's answer")(w, r)
				return
			}
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, fromFAQ, "question and key go to the configured place only"},
		{"hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, fromFAQ, ""},
		{"long", says(strings.Repeat("a", 100_000)), "~^a{1000}$", "no message is refused for its size"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := quiet()
			a.model = script(t, c.server)
			turn := bottest.New(t, a.newBot(nil)).Room("demo").User("ann", "").Says("How much is delivery?")
			if expr, ok := strings.CutPrefix(c.answer, "~"); ok {
				turn.RepliesLike(expr)
			} else {
				turn.Replies(c.answer)
			}
		})
	}
}

// A model that is too slow costs its share of the budget and no more: the bot is
// in time with the FAQ's answer, and lets go of the request.
func TestModelIsSlow(t *testing.T) {
	for _, c := range []struct {
		name  string
		start func(w http.ResponseWriter)
	}{
		{"before the header", func(http.ResponseWriter) {}},
		{"in the body", func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, `{"choices":[{"mess`)
			_ = http.NewResponseController(w).Flush()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			let := make(chan struct{})
			a := quiet()
			a.budget = 4 * time.Second
			a.model = script(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body) // so that the server notices who hangs up
				c.start(w)
				<-r.Context().Done()
				close(let)
			})
			begun := time.Now()
			ann := bottest.New(t, a.newBot(nil)).Room("demo").User("ann", "")
			ann.Says("How much is delivery?").Replies("60 for each order, nothing from 1000 on.")
			require.Less(t, time.Since(begun), a.budget)
			<-let
		})
	}
}

func TestModelFromEnv(t *testing.T) {
	t.Setenv("OPENAI_BASE_URL", "")
	t.Setenv("OPENAI_API_KEY", "")
	require.Nil(t, ModelFromEnv(), "without an account the FAQ answers alone")
	t.Setenv("OPENAI_API_KEY", "sesame")
	require.Equal(t, "https://api.openai.com/v1", ModelFromEnv().url)
	t.Setenv("OPENAI_BASE_URL", "http://localhost:11434/v1/")
	t.Setenv("OPENAI_API_KEY", "")
	t.Setenv("OPENAI_MODEL", "llama3.2")
	m := ModelFromEnv()
	require.Equal(t, "http://localhost:11434/v1 llama3.2", m.url+" "+m.name, "a local server needs no key")
}

func TestFlow(t *testing.T) {
	fsmtest.RequireSound(t, newTestBot())
	fsmtest.States(t, flow, "testdata/states.golden")
	fsmtest.Diagram(t, flow, "README.md", "assistant")
}

func TestREADME(t *testing.T) { readme.Curl(t, newTestBot()) }

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	bottest.Main(m, bottest.Cover{States: 100, Transitions: 100})
}

func BenchmarkSearch(b *testing.B) {
	faq := ParseFAQ(bundled)
	for b.Loop() {
		faq.Search("How much is delivery to Japan, and how long does it take?", 3)
	}
}
