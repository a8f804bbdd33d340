package emulator

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/go-json-experiment/json/jsontext"
)

func redeliver(p *trial) {
	if p.last == nil {
		p.say(info, "nothing", "nothing was sent in this room yet")
		return
	}
	first := p.last.Exchanges[0]
	again := p.send(parcel{body: first.sent})[0]
	if !p.answered(again) {
		return
	}
	isMessage := strings.Contains(first.Request, `"event":"MESSAGE"`)
	switch same := bytes.Equal(first.got.Body, again.got.Body); {
	case same:
		p.say(info, "same", "answered as the first time, byte for byte")
	case !isMessage:
		p.say(info, "no-id", "answered differently; this event has no ID to know it again by")
	default:
		p.say(careful, "differs", "the same message was answered differently: if the server lost the first answer, the room is now in another place than the bot thinks")
	}
}

func fiveAtOnce(p *trial) {
	p.turn.Exchanges = make([]*exchange, 5)
	var all sync.WaitGroup
	for i := range p.turn.Exchanges {
		body := p.room.Request(p.text(fmt.Sprintf("hello, %d of 5", i+1)))
		all.Go(func() {
			p.turn.Exchanges[i] = p.hook.send(p.ctx, parcel{label: fmt.Sprintf("message %d", i+1), body: body})
		})
	}
	all.Wait()
	busy := 0
	for _, x := range p.turn.Exchanges {
		if x.Status == http.StatusServiceUnavailable && x.noop() {
			busy++
			continue
		}
		p.answered(x)
	}
	switch {
	case busy > 0:
		p.say(careful, "busy", fmt.Sprintf("%d of 5 were refused with 503 and have no effect", busy))
	case p.turn.Verdict.Grade == kept:
		p.say(info, "answered", "all five were answered")
	}
}

func outOfOrder(p *trial) {
	first := p.room.Request(p.text("written first"))
	second := p.room.Request(p.text("written second"))
	xs := p.send(parcel{label: "written second", body: second}, parcel{label: "written first", body: first})
	if p.answered(xs[0]) && p.answered(xs[1]) {
		p.say(info, "answered", "both were answered, in the order they arrived")
	}
}

func staleState(p *trial) {
	x := p.send(parcel{body: p.room.RequestAt(p.text("written too late"), p.prev)})[0]
	if p.answered(x) {
		p.say(info, "answered", "answered as in the state "+stateName(p.prev))
	}
}

func unknownState(p *trial) {
	x := p.send(parcel{body: p.room.RequestAt(p.text("anybody there?"), "a-state-nobody-declared")})[0]
	if p.answered(x) {
		p.say(info, "answered", "answered; a room left behind by an older release is not lost")
	}
}

func ownMessage(p *trial) {
	var own *chat.Message
	if p.last != nil {
		own = p.room.Apply(p.last.Exchanges[0].answer)
	}
	if own == nil {
		own = p.room.Apply(chat.Answer{SenderID: "bot", Data: chat.Text("said by a bot")})
	}
	x := p.send(parcel{body: p.room.Request(chat.MessageEvent(*own))})[0]
	if !p.answered(x) {
		return
	}
	if x.answer.Data != nil {
		p.say(careful, "loop", "the bot answers a robot's message; if the server sends bots their own messages, it would talk to itself for ever")
		return
	}
	p.say(info, "silent", "the bot does not answer itself")
}

func giveUp(p *trial) {
	body := p.room.Request(p.text("are you quick?"))
	quick := p.send(parcel{label: "given up", body: body, wait: time.Millisecond})[0]
	again := p.send(parcel{label: "sent again", body: body})[0]
	if !p.answered(again) {
		return
	}
	if quick.Err == "" {
		p.say(info, "quicker", "the bot answered within a millisecond; both answers were read")
		return
	}
	p.say(info, "answered", "nobody waited for the first answer; the second request was answered")
}

func wrongSecret(p *trial) {
	wrong := http.Header{"X-Bot-Secret": {"not-the-right-secret"}}
	if len(p.hook.header) > 0 {
		wrong = http.Header{}
		for name := range p.hook.header {
			wrong[name] = []string{"not-the-right-secret"}
		}
	}
	x := p.send(parcel{body: p.room.Request(p.text("let me in")), header: wrong})[0]
	p.refused(x, "answered without a right secret. On this machine that may be intended; on the internet anybody could speak for the chat server",
		http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound)
}

func brokenJSON(p *trial) {
	whole := p.room.Request(p.text("this will be cut"))
	x := p.send(parcel{body: whole[:len(whole)/2]})[0]
	p.refused(x, "half a document was taken for a request", http.StatusBadRequest, http.StatusUnprocessableEntity)
}

func unknownEvent(p *trial) {
	data := jsontext.Value(`{"name":"another name"}`)
	x := p.send(parcel{body: p.room.Request(chat.Event{Kind: "ROOM_RENAMED", ClientID: p.who.ID, Data: data})})[0]
	if p.answered(x) {
		p.say(info, "answered", "answered; the set of events may grow")
	}
}

func oversize(p *trial) {
	x := p.send(parcel{body: p.room.Request(p.text(strings.Repeat("very long ", 200<<10)))})[0]
	p.refused(x, "two megabytes were read and answered; a limit keeps a bot's memory its own",
		http.StatusRequestEntityTooLarge, http.StatusBadRequest)
}
