// Package chat is the chat server's side of the webhook protocol, in memory and
// without HTTP: a room's members, messages and bot state, the request bodies its
// events make, and what an answer does to it.
//
//	room := chat.NewRoom(chat.Config{ID: "demo"})
//	ann := event.User{ID: "ann", Nickname: "Ann"}
//	room.Join(ann)
//	e, err := room.Post(ann, chat.Text("hello"))
//	body := room.Request(e)                    // POST this to the webhook
//	answer, broken := response.Answer()        // read what came back
//	room.Apply(answer)                         // and let it take effect
//
// bottest and the emulator drive bots with it. A [Room] is safe for concurrent
// use; everything it hands out is a copy or immutable.
package chat
