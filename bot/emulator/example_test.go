package emulator_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/funtekco/webhookbot/bot/emulator"
)

// parrot is a bot without an SDK.
var parrot = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `{"senderID":"parrot","toBotState":"talkative","data":{"messageType":"text","message":"Hello yourself"}}`)
})

// A conversation through a pipe comes out as a transcript.
func ExampleREPL() {
	typed := strings.NewReader("hello\n/join\n/state quiet\n")
	if err := emulator.REPL(context.Background(), emulator.Config{Handler: parrot}, typed, os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// room demo
	// ann: hello
	// < Hello yourself
	// = talkative
	// ann joins
	// < Hello yourself
	// at quiet
}

// The page of a bot that runs elsewhere.
func ExampleServe() {
	ctx, stop := context.WithCancel(context.Background())
	stop() // a program would wait for a signal
	err := emulator.Serve(ctx, "localhost:0", emulator.Config{
		Webhook: "http://localhost:8080/webhook",
		Header:  http.Header{"X-Bot-Secret": {os.Getenv("BOT_SECRET")}},
	})
	if err != nil {
		panic(err)
	}
}
