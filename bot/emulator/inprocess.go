package emulator

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// inProcess returns a transport whose other end is h, behind net/http's own
// server on a pipe: the handler meets real requests, deadlines, panics and clients
// who give up. Each request has a connection and a server of its own, so nothing
// stays behind.
func inProcess(h http.Handler, log *slog.Logger) *http.Transport {
	return &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			client, server := net.Pipe()
			s := &http.Server{
				Handler:           h,
				ReadHeaderTimeout: 5 * time.Second,
				ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelError),
			}
			go s.Serve(&oneConn{conn: loopback{server}})
			return client, nil
		},
	}
}

// oneConn is a listener that accepts once.
type oneConn struct{ conn net.Conn }

func (l *oneConn) Accept() (net.Conn, error) {
	if c := l.conn; c != nil {
		l.conn = nil
		return c, nil
	}
	return nil, io.EOF
}

func (l *oneConn) Close() error   { return nil }
func (l *oneConn) Addr() net.Addr { return localhost }

// loopback makes a pipe look as if it came from this machine: a bot may answer
// nobody else.
type loopback struct{ net.Conn }

var localhost = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}

func (loopback) LocalAddr() net.Addr  { return localhost }
func (loopback) RemoteAddr() net.Addr { return localhost }
