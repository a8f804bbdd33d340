// Package app is what the example programs share: flags, the secret from the
// environment, and the lines that say where the bot listens. A program of your
// own needs no more of it than
//
//	bot.ListenAndServe(ctx, ":8080", b, b.Close)
package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"github.com/funtekco/webhookbot/bot"
)

// secretHeader is where the examples expect BOT_SECRET.
const secretHeader = "X-Bot-Secret"

// App is an example program.
type App struct {
	// New builds the bot. verify is nil when BOT_SECRET is not set: then the bot
	// answers requests from this machine only.
	New func(verify bot.Verifier) *bot.Bot

	// Handle adds further paths beside /webhook, and may be nil.
	Handle func(mux *http.ServeMux)

	// Drain is called at the end, after the bot was closed, and may be nil.
	Drain func(context.Context) error
}

// Main runs the app with the process's arguments and ends the process: with
// status 0 after SIGTERM or SIGINT, 1 after an error, 2 after a wrong flag.
func (a App) Main() {
	err := a.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var errUsage = errors.New("wrong flags")

// Run serves until ctx or the process is told to end.
func (a App) Run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("bot", flag.ContinueOnError)
	addr := flags.String("addr", ":8080", "address to listen on")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	b := a.New(verifier())
	ln, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	announce(out, ln.Addr())
	return bot.Serve(ctx, ln, a.Handler(b), a.drain(b)...)
}

// Handler returns what the app serves: the bot at /webhook, in whichever way a
// server joins that with a key, and what Handle adds.
func (a App) Handler(b *bot.Bot) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/webhook", b)
	mux.Handle("/webhook/", b)
	if a.Handle != nil {
		a.Handle(mux)
	}
	return mux
}

func (a App) drain(b *bot.Bot) []func(context.Context) error {
	if a.Drain == nil {
		return []func(context.Context) error{b.Close}
	}
	return []func(context.Context) error{b.Close, a.Drain}
}

// verifier makes BOT_SECRET the secret, where it is set.
func verifier() bot.Verifier {
	secret, ok := os.LookupEnv("BOT_SECRET")
	if !ok {
		return nil
	}
	return bot.SecretHeader(secretHeader, secret)
}

// announce says where the bot listens and how to talk to it.
func announce(out io.Writer, addr net.Addr) {
	_, port, _ := net.SplitHostPort(addr.String())
	fmt.Fprintf(out, "webhook: http://localhost:%s/webhook\n", port)
	secret := ""
	if _, ok := os.LookupEnv("BOT_SECRET"); ok {
		secret = " -H '" + secretHeader + ": '\"$BOT_SECRET\""
	} else {
		fmt.Fprintln(out, "answers this machine only; set BOT_SECRET to serve others")
	}
	fmt.Fprintf(out, "try:     curl -s localhost:%s/webhook -H 'Content-Type: application/json'%s -d @testdata/events/spec_message.json\n", port, secret)
}
