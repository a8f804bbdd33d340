package chatapi_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/funtekco/webhookbot/message"
)

// exampleServer prints what it is asked and answers as a chat server would.
func exampleServer(status int, body string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.Method, r.URL.Path)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
}

// A message that answers nothing: the shop's system calls it.
func ExampleClient_Send() {
	server := exampleServer(200, `{"RC":0,"RM":"OK","result":{"_id":"5c1ddf2d1536bbb6c49f7cfe"}}`)
	defer server.Close()

	api, err := chatapi.New(chatapi.Config{BaseURL: server.URL, Key: "backend-api-key"})
	if err != nil {
		log.Fatal(err)
	}
	defer api.CloseIdleConnections()
	id, err := api.Send(context.Background(), "demo-room", "robot001", message.Text("Your order is ready."))
	fmt.Println(id, err)
	// Output:
	// POST /messages
	// 5c1ddf2d1536bbb6c49f7cfe <nil>
}

// Registering a bot in a room.
func ExampleClient_SetWebhook() {
	server := exampleServer(200, `{"RC":0,"RM":"OK","result":{"_id":"demo-room","botMode":true}}`)
	defer server.Close()

	api, err := chatapi.New(chatapi.Config{BaseURL: server.URL, Key: "backend-api-key"})
	if err != nil {
		log.Fatal(err)
	}
	defer api.CloseIdleConnections()
	fmt.Println(api.SetWebhook(context.Background(), "demo-room", "https://bot.example/webhook/"+os.Getenv("BOT_SECRET")))
	// Output:
	// PUT /rooms/demo-room
	// <nil>
}

// What to do with a failure depends on what it leaves in doubt.
func ExampleError() {
	server := exampleServer(404, `{"RC":404,"RM":"Not Found","error":{"code":"ROOM_NOT_FOUND","message":"Room not found"}}`)
	defer server.Close()

	api, err := chatapi.New(chatapi.Config{BaseURL: server.URL, Key: "backend-api-key"})
	if err != nil {
		log.Fatal(err)
	}
	defer api.CloseIdleConnections()
	_, err = api.Send(context.Background(), "demo-room", "robot001", message.Text("Your order is ready."))
	var failed *chatapi.Error
	switch {
	case errors.Is(err, chatapi.ErrMaybeSent):
		fmt.Println("look into the room before sending it again")
	case errors.As(err, &failed) && failed.Code == "ROOM_NOT_FOUND":
		fmt.Println("the room is gone:", err)
	case err != nil:
		fmt.Println("not sent, try later:", err)
	}
	// Output:
	// POST /messages
	// the room is gone: chatapi: POST /messages: HTTP 404, ROOM_NOT_FOUND
}

// A key does not show, wherever it is printed.
func ExampleKey() {
	cfg := chatapi.Config{BaseURL: "https://example.imkit.io", Key: "backend-api-key"}
	fmt.Printf("%s %v\n", cfg.BaseURL, cfg.Key)
	// Output: https://example.imkit.io [key]
}
