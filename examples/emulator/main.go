// Command emulator opens a page, or a terminal, to talk to any webhook bot, in
// whatever language it is written:
//
//	go run ./examples/emulator -webhook http://localhost:8080 -header 'X-Bot-Secret: …'
//
// The environment variable WEBHOOK_HEADER keeps a secret out of the shell's history.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/funtekco/webhookbot/bot/emulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	cfg := emulator.Config{Header: http.Header{}}
	headers := []string{os.Getenv("WEBHOOK_HEADER")}
	flags := flag.NewFlagSet("emulator", flag.ContinueOnError)
	flags.StringVar(&cfg.Webhook, "webhook", "", "the bot's `URL`")
	flags.Func("header", "a `Name: value` to send with every request; may be repeated", func(s string) error {
		headers = append(headers, s) // an error here would repeat the value
		return nil
	})
	addr := flags.String("addr", "localhost:0", "`host:port` of the page")
	repl := flags.Bool("repl", false, "talk in this terminal, or by lines from a pipe")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, s := range headers {
		if err := addHeader(cfg.Header, s); err != nil {
			return err
		}
	}
	if *repl {
		return emulator.REPL(ctx, cfg, in, out)
	}
	return emulator.Serve(ctx, *addr, cfg)
}

// addHeader does not repeat what it cannot read, since it may be a secret.
func addHeader(h http.Header, s string) error {
	if s == "" {
		return nil
	}
	name, value, ok := strings.Cut(s, ":")
	if !ok || strings.TrimSpace(name) == "" {
		return errors.New("a header is written 'Name: value'")
	}
	h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	return nil
}
