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
	"os/signal"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/emulator"
)

// secretHeader is where the examples expect BOT_SECRET.
const secretHeader = "X-Bot-Secret"

// drainTime is how long -chat and -repl wait at their end, as bot.Serve does.
const drainTime = 10 * time.Second

// App is an example program.
type App struct {
	// New builds the bot. verify is nil when BOT_SECRET is not set: then the bot
	// answers requests from this machine only.
	New func(verify bot.Verifier) *bot.Bot

	// Wrap goes around the bot, for what has to see requests and answers as they
	// are on the wire, and may be nil.
	Wrap func(http.Handler) http.Handler

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
	flags.SetOutput(out)
	addr := flags.String("addr", ":8080", "address to listen on")
	chat := flags.Bool("chat", false, "serve a page to talk to the bot, in place of the webhook")
	repl := flags.Bool("repl", false, "talk to the bot in the terminal")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	verify, err := verifier()
	if err != nil {
		return err
	}
	b := a.New(verify)
	switch {
	case *chat || *repl:
		return a.talk(ctx, b, *addr, *repl, in, out)
	default:
		return a.serve(ctx, b, *addr, out)
	}
}

// serve is the bot as a chat server sees it.
func (a App) serve(ctx context.Context, b *bot.Bot, addr string, out io.Writer) error {
	// From here on SIGTERM drains, also when it comes before Serve is there.
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	announce(out, ln.Addr())
	return bot.Serve(ctx, ln, a.Handler(b), a.drain(b)...)
}

// talk is the bot with the emulator in front of it, in one process.
func (a App) talk(ctx context.Context, b *bot.Bot, addr string, repl bool, in io.Reader, out io.Writer) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	cfg := emulator.Config{Handler: a.Handler(b), Webhook: "http://localhost/webhook", Machine: b.Machine()}
	if secret, ok := os.LookupEnv("BOT_SECRET"); ok {
		cfg.Header = http.Header{secretHeader: {secret}}
	}
	var err error
	if repl {
		err = emulator.REPL(ctx, cfg, in, out)
	} else {
		err = emulator.Serve(ctx, addr, cfg)
	}
	drainCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	for _, drain := range a.drain(b) {
		err = errors.Join(err, drain(drainCtx))
	}
	return err
}

// Handler returns what the app serves: the bot at /webhook and below it, also
// where a server has joined an address and a key with one slash too many, and
// what Handle adds.
func (a App) Handler(b *bot.Bot) http.Handler {
	mux := http.NewServeMux()
	if a.Handle != nil {
		a.Handle(mux)
	}
	var webhook http.Handler = b
	if a.Wrap != nil {
		webhook = a.Wrap(b)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// ServeMux would redirect the doubled slash, which senders do not follow.
		if p := path.Clean("/" + r.URL.Path); p == "/webhook" || strings.HasPrefix(p, "/webhook/") {
			webhook.ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (a App) drain(b *bot.Bot) []func(context.Context) error {
	if a.Drain == nil {
		return []func(context.Context) error{b.Close}
	}
	return []func(context.Context) error{b.Close, a.Drain}
}

// verifier makes BOT_SECRET the secret, where it is set: in the header, or as the
// last part of the webhook's address, since a chat server may be unable to send
// headers.
func verifier() (bot.Verifier, error) {
	secret, ok := os.LookupEnv("BOT_SECRET")
	if !ok {
		return nil, nil
	}
	v := either{bot.SecretHeader(secretHeader, secret), bot.SecretPath(secret)}
	for _, one := range v {
		if _, err := bot.New(bot.Config{Verify: one}); err != nil {
			return nil, fmt.Errorf("BOT_SECRET: %w", err)
		}
	}
	return v, nil
}

// either lets a request in that one of two verifiers lets in.
type either [2]bot.Verifier

func (e either) Verify(r *http.Request) (key int, err error) {
	if key, err = e[0].Verify(r); err != nil {
		key, err = e[1].Verify(r)
	}
	return key, err
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
	fmt.Fprintln(out, "talk:    run it again with -chat for a page in the browser, or -repl for the terminal")
	fmt.Fprintf(out, "try:     curl -s localhost:%s/webhook -H 'Content-Type: application/json'%s -d @testdata/events/spec_message.json\n", port, secret)
	fmt.Fprintln(out, "         (an answer of nulls is silence)")
}
