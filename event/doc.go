// Package event is the incoming side of the protocol: what the chat server
// POSTs to a bot's webhook, as typed Go values.
//
//	e, err := event.Decode(body)
//	switch e := e.(type) {
//	case *event.Message:
//		fmt.Println(e.Sender.Nickname, "wrote", e.Text())
//	case *event.AddMembers:
//		fmt.Println(len(e.Members), "came into", e.RoomID)
//	}
//
// Decoding is strict in what routes an event (event, roomID, botState and the
// sender's ID) and forgiving in what informs a handler: a nickname that is a
// number leaves Nickname empty and must not make the bot deaf. Whatever the
// types do not know is still there, byte for byte, in [Envelope.Raw].
//
// Names are matched exactly, a name that stands twice in one object is refused,
// and so are bytes that are not UTF-8, text after the document and nesting
// beyond [MaxDepth]. Escaped lone surrogates become U+FFFD, because some
// clients send half an emoji.
//
// Events are pointers and belong to the caller; reading one from several
// goroutines is safe as long as nobody writes to it.
package event
