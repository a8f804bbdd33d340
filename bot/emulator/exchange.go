package emulator

import (
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
)

const (
	maxShown    = 64 << 10 // of a request or response, in the inspector
	maxResponse = 1 << 20  // read of a response; the protocol allows far less
)

// exchange is a request and what came of it, as the inspector shows them.
type exchange struct {
	Label        string     `json:"label,omitzero"`
	Request      string     `json:"request"`
	RequestSize  int        `json:"requestSize"`
	RequestHead  []headLine `json:"requestHead"`
	Status       int        `json:"status,omitzero"`
	ResponseHead []headLine `json:"responseHead,omitzero"`
	Response     string     `json:"response,omitzero"`
	BotError     string     `json:"botError,omitzero"`
	TookMS       float64    `json:"tookMS"`
	Err          string     `json:"error,omitzero"`
	Broken       []note     `json:"broken,omitzero"`

	sent   []byte
	got    chat.Response
	answer chat.Answer
}

type headLine struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// roundTrip fills in the response.
func (x *exchange) roundTrip(h *hook, req *http.Request) error {
	res, err := h.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxResponse))
	if err != nil {
		return err
	}
	x.Status, x.Response = res.StatusCode, h.shown(cut(body))
	x.BotError = h.shown(res.Header.Get("X-Bot-Error"))
	for name := range res.Header {
		x.ResponseHead = append(x.ResponseHead, headLine{name, h.shown(strings.Join(res.Header[name], ", "))})
	}
	slices.SortFunc(x.ResponseHead, func(a, b headLine) int { return strings.Compare(a.Name, b.Name) })
	x.got = chat.Response{Status: res.StatusCode, ContentType: res.Header.Get("Content-Type"), Body: body}
	return nil
}

// judge lays the protocol's rules beside the response.
func (x *exchange) judge() {
	answer, broken := x.got.Answer()
	x.answer = answer
	for _, v := range broken {
		x.Broken = append(x.Broken, note{Code: v.Code, Text: v.Text})
	}
}

func cut(b []byte) string {
	if len(b) > maxShown {
		return string(b[:maxShown])
	}
	return string(b)
}
