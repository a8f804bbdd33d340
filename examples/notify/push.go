package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/funtekco/webhookbot/event"
)

// Push is one notification, in the form that FCM's HTTP API made common.
type Push struct {
	To           string       `json:"to"` // a topic, which phones subscribe to
	Notification Notification `json:"notification"`
	Data         Data         `json:"data"`
}

// Notification is what the phone shows.
type Notification struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// Data is what the app on the phone gets.
type Data struct {
	// ID is the same for the same push of the same message, even after a
	// restart, so that a service or a phone can drop a second copy.
	ID   string     `json:"id"`
	Room string     `json:"room"`
	Kind event.Kind `json:"kind"`
}

// maxBody is how many characters of a body are sent: phones show no more.
const maxBody = 200

// newPush returns a push about e. messageID is empty for events that have none:
// two joins can be equal byte for byte, so each of them is a push of its own.
func newPush(e event.Event, messageID, to, body string) Push {
	room := e.Head().RoomID
	id := rand.Text()
	if messageID != "" {
		sum := sha256.Sum256([]byte(room + "\x00" + messageID + "\x00" + to))
		id = hex.EncodeToString(sum[:16])
	}
	return Push{To: to, Notification: Notification{Title: room, Body: cut(body, maxBody)}, Data: Data{id, room, e.Kind()}}
}

func roomTopic(id string) string { return topic("room-", id) }
func userTopic(id string) string { return topic("user-", id) }

// topic escapes an ID, which may hold any character, to those that the names of
// topics allow: letters, digits and -_.~%.
func topic(prefix, id string) string {
	return "/topics/" + prefix + strings.ReplaceAll(url.QueryEscape(id), "+", "%20")
}

// cut returns at most max characters of s.
func cut(s string, max int) string {
	n := 0
	for i := range s {
		if n == max {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
