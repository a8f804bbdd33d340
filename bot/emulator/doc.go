// Package emulator is a small chat server to talk to a bot with: in a browser or
// in a terminal, without an account, a public URL or a network.
//
//	log.Fatal(emulator.Serve(ctx, "localhost:0", emulator.Config{Handler: newBot()}))
//
// prints an address to open. The bot is a handler in the same process or any
// webhook by its URL. The page draws replies as the vendor's web client does, and
// says where the web or the mobile client would show something else, nothing, or
// break. For each turn it shows the request and the response, whether the
// protocol was kept, and the room's state; a turn can be rewound or forked, and a
// conversation saved as a transcript that package bottest plays.
//
// [REPL] does the same on lines of text, for a terminal or a pipe.
//
// # Safety
//
// The emulator is for a developer's machine. It answers loopback requests only,
// unless [Config.Hosts] names more; a Host header it does not know and requests
// that another site caused are refused, so that no web page can drive it. Nothing
// that a message names is ever fetched. The page runs no inline script and draws
// texts as text. Values of [Config.Header] and credentials in the webhook's URL
// are not sent to the page.
package emulator
