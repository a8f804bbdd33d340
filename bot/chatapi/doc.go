// Package chatapi calls the chat server's HTTP API, for the little a bot needs
// beside its webhook answers: to write on its own account, to register its
// webhook in a room, and to set a room's state.
//
//	api, err := chatapi.New(chatapi.Config{
//		BaseURL: "https://example.imkit.io",
//		Key:     chatapi.Key(os.Getenv("IMKIT_API_KEY")),
//	})
//	...
//	id, err := api.Send(ctx, "demo-room", "robot001", message.Text("Your order is ready."))
//
// Calls use the Platform API: the key acts as the platform's administrator and
// may speak as any user (vendor's documents). It belongs on a server, never in a
// program that people install.
//
// # Failures
//
// Every failure of a call that was begun is an [*Error]. A call is tried again
// only after failures that leave no doubt that it was not carried out:
//
//	no connection to the server        tried again
//	429; 503 with a time to retry      tried again after that time
//	400-499                            not tried again: the server refused
//	300-399                            not tried again, never followed
//	500-599, no or a broken answer     not tried again: see ErrMaybeSent
//
// A message that may have been sent is not sent again, because nothing in the
// protocol would keep the room from showing it twice. The caller decides, with
// [ErrMaybeSent].
//
// # Waiting
//
// The server takes 1000 requests a minute for a key and then answers 429
// (vendor's documents). The client therefore keeps to [Limits.PerSecond], and
// when the server asks for a pause all its calls keep it. A call that would have
// to wait longer than [Limits.Budget] or its context's deadline fails at once
// with [ErrBusy].
package chatapi
