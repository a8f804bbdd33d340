package bot

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

// drainTime is how long a server waits at its end for requests in work, and then
// for what works in the background.
const drainTime = 10 * time.Second

// NewServer returns a server with the time-outs a public webhook needs and
// http.Server lacks by default: 5 s for a request's header, 10 s for all of it,
// 30 s for request and answer, 60 s for an idle connection, headers of at most
// 16 KiB. Keep the budgets of the bots behind it below the 30 s.
func NewServer(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
}

// ListenAndServe serves h on addr until ctx ends or the process gets SIGTERM or
// SIGINT. Then it takes no new connections, lets the requests in work finish,
// calls the drain functions in order (Close of the bot, then whatever works in
// the background) and returns nil, so that main can end with status 0:
//
//	log.Fatal(...)                                              // not this
//	if err := bot.ListenAndServe(ctx, ":8080", b, b.Close); err != nil {
//		log.Fatal(err)
//	}
//
// Requests have 10 seconds to finish and the drain functions have 10 seconds
// together; what is not done by then is an error.
func ListenAndServe(ctx context.Context, addr string, h http.Handler, drain ...func(context.Context) error) error {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	return Serve(ctx, ln, h, drain...)
}

// Serve is [ListenAndServe] on a listener that is open already. It closes ln.
func Serve(ctx context.Context, ln net.Listener, h http.Handler, drain ...func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	srv := NewServer("", h)
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	select {
	case err := <-served:
		return errors.Join(err, runDrains(ctx, drain))
	case <-ctx.Done():
		stop() // a second signal kills
	}
	return shutDown(ctx, srv, drain)
}

func shutDown(ctx context.Context, srv *http.Server, drain []func(context.Context) error) error {
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err := srv.Shutdown(wait)
	if err != nil {
		_ = srv.Close()
	}
	return errors.Join(err, runDrains(ctx, drain))
}

// runDrains gives them time of their own, whatever the requests have used up.
func runDrains(ctx context.Context, drain []func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	var errs []error
	for _, d := range drain {
		errs = append(errs, d(ctx))
	}
	return errors.Join(errs...)
}
