// Package bot answers the IMKIT chat server's webhook: it is an [http.Handler]
// that gives each event of a chatroom to the function registered for it, and
// sends what the function returns back as the room's new state and one message.
//
//	b := bot.MustNew(bot.Config{SenderID: "echo"})
//	b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
//		return bot.Say(m.Text()), nil
//	})
//	log.Fatal(http.ListenAndServe("localhost:8080", b))
//
// The server keeps every room's state and sends it along with each event, so a
// bot is a function of (state, event) and its process holds no conversation.
// Any number of processes may serve the same rooms.
//
// # Routing
//
// Exactly one handler runs for an event. The kind of match decides first, then
// how near the handler is to the room's state:
//
//	command > exact text > pattern > condition > message type > any event of that kind > fallback
//	the state's own > a group of states > bot-wide
//
// See [Group] for the registrations, [Bot.Match] for which one would run and
// why, [Reply] for what an answer becomes on the wire.
//
// # Defaults
//
// Only loopback requests are answered until [Config.Verify] is set. Events of
// the bot itself and of other robots are not handled. A redelivered MESSAGE gets
// the first answer's bytes again, events of one room are handled one at a time
// in the order they arrive, and a handler that overruns 2.5 s is answered for.
// [Limits] has every bound. Message texts and secrets are never logged.
//
// [http.Handler]: https://pkg.go.dev/net/http#Handler
package bot
