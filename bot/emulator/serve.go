package emulator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"
)

// Serve serves the page on addr until ctx ends, and prints its address on standard
// output. Port 0 chooses a free port. An address without a host means loopback;
// one that other machines reach needs [Config.Hosts].
func Serve(ctx context.Context, addr string, c Config) error {
	e, err := New(c)
	if err != nil {
		return err
	}
	l, err := e.listen(addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "Talk to the bot at http://%s/\n", shownAddr(l.Addr()))
	if c.Handler == nil {
		fmt.Fprintf(os.Stdout, "Requests go to %s\n", e.hook.name())
	}
	return e.serve(ctx, l)
}

func (e *Emulator) listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("emulator: the address is written host:port, for example localhost:0: %w", err)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if len(e.hosts) == 0 && !e.knownHost(host) {
		return nil, errors.New("emulator: other machines could reach this address; use localhost, or name the page's host names in Config.Hosts")
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, fmt.Errorf("emulator: %w", err)
	}
	return l, nil
}

// shownAddr is where to point a browser: a listener on all addresses is reached
// on this machine by its loopback one.
func shownAddr(a net.Addr) string {
	if t, ok := a.(*net.TCPAddr); ok && t.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", t.Port)
	}
	return a.String()
}

func (e *Emulator) serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{
		Handler:           e,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends the streams
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(e.log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("emulator: %w", err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := s.Shutdown(ctx)
	<-done
	if err != nil {
		return fmt.Errorf("emulator: %w", errors.Join(err, s.Close()))
	}
	return nil
}
