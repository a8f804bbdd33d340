package chatapi_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/stretchr/testify/require"
)

// A server that drops a connection it had kept open. net/http would send
// the request again by itself if it looked idempotent.
func TestRow45_DroppedReusedConnection(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	requests := make(chan string, 16)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go keepOnce(conn, requests)
		}
	}()
	c := client(t, chatapi.Config{BaseURL: "http://" + ln.Addr().String()})
	_, err = send(c)
	require.NoError(t, err)
	for range 3 {
		_, err = send(c) // on the kept connection: read by the server, and dropped
		e := failure(t, err)
		require.ErrorIs(t, err, chatapi.ErrMaybeSent)
		require.Zero(t, e.Status)
		require.Equal(t, 1, e.Tries)
		_, err = send(c) // on a new one
		require.NoError(t, err)
	}
	require.Len(t, requests, 7)
	for range 7 {
		require.NotContains(t, strings.ToLower(<-requests), "idempotency")
	}
}

// keepOnce answers the first request on a connection and keeps it, then reads
// another and closes without a word.
func keepOnce(conn net.Conn, requests chan<- string) {
	defer conn.Close()
	buf := make([]byte, 64<<10)
	for i := range 2 {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		requests <- string(buf[:n])
		if i == 0 {
			_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 37\r\n\r\n" + `{"RC":0,"RM":"OK","result":{"_id":1}}`))
		}
	}
}

// A connection that the server closed while it was idle is noticed, and a new one
// taken: nothing was written to the old one.
func TestRow45_ClosedWhileIdle(t *testing.T) {
	s, url := listen(t, func(w http.ResponseWriter, r *http.Request) { answer(200, sent, "Connection", "close")(w, r) })
	c := client(t, chatapi.Config{BaseURL: url})
	for range 20 {
		_, err := send(c)
		require.NoError(t, err)
	}
	require.Equal(t, 20, s.count())
}
