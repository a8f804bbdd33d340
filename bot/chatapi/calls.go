package chatapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// request is a call as it goes out, as often as it is tried.
type request struct {
	op     string // for errors: method and path without IDs
	method string
	path   string
	body   []byte
}

// Send posts m into a room in the name of the user with the client ID sender,
// and returns the ID the server gave the message; it is empty in the unlikely
// case that the server took the message and told none. The user must exist.
// People who are not looking at the room get a push notification (POST /messages,
// vendor's documents).
//
// The message is validated first: one that is not valid is not sent, and the
// error wraps a [*message.ValidationError].
//
// Send may take as long as [Limits] allow. A handler that answers a webhook
// should answer with its reply instead, or call Send from elsewhere.
func (c *Client) Send(ctx context.Context, room, sender string, m *message.Message) (id string, err error) {
	body, err := encodeMessage(room, sender, m)
	if err != nil {
		return "", fmt.Errorf("chatapi: Send: %w", err)
	}
	return c.do(ctx, request{op: "POST /messages", method: http.MethodPost, path: "/messages", body: body})
}

// SetWebhook has the server send the room's events to webhook and switches the
// room's bot on: one call registers a bot. webhook is a URL, or a key that a
// server of one's own puts after a common address of all webhooks. Everything
// else about the room stays (PUT /rooms/{id} with webhook and botMode, vendor's
// documents).
//
// To silence the bot later, [Client.SetBotMode] is enough.
func (c *Client) SetWebhook(ctx context.Context, room, webhook string) error {
	if err := checkWebhook(webhook); err != nil {
		return fmt.Errorf("chatapi: SetWebhook: %w", err)
	}
	return c.put(ctx, "SetWebhook", room, "", struct {
		Webhook string `json:"webhook"`
		BotMode bool   `json:"botMode"`
	}{webhook, true})
}

// SetBotMode switches a room's bot on or off and keeps its webhook (PUT
// /rooms/{id} with botMode, vendor's documents).
func (c *Client) SetBotMode(ctx context.Context, room string, on bool) error {
	return c.put(ctx, "SetBotMode", room, "", struct {
		BotMode bool `json:"botMode"`
	}{on})
}

// SetBotState puts a room into a state while no event is being answered, as when
// an order was shipped. The empty state resets the room.
//
// The address is known from the vendor's older client library only (PUT
// /rooms/{id}/bot); no document names it, and a server may not have it: then the
// error's Status is 404.
func (c *Client) SetBotState(ctx context.Context, room, state string) error {
	return c.put(ctx, "SetBotState", room, "/bot", struct {
		BotState string `json:"botState"`
	}{state})
}

func (c *Client) put(ctx context.Context, name, room, under string, fields any) error {
	body, err := json.Marshal(fields)
	if err := errors.Join(checkRoom(room), err); err != nil {
		return fmt.Errorf("chatapi: %s: %w", name, err)
	}
	_, err = c.do(ctx, request{
		op:     "PUT /rooms/{id}" + under,
		method: http.MethodPut,
		path:   "/rooms/" + url.PathEscape(room) + under,
		body:   body,
	})
	return err
}

// encodeMessage returns the message's JSON with room and sender beside its own
// members.
func encodeMessage(room, sender string, m *message.Message) ([]byte, error) {
	if err := checkRoom(room); err != nil {
		return nil, err
	}
	if strings.TrimSpace(sender) == "" {
		return nil, errors.New("sender is empty: without one the web client drops the message")
	}
	if err := m.Validate(); err != nil {
		return nil, err
	}
	members, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(struct {
		Room   string `json:"room"`
		Sender string `json:"sender"`
	}{room, sender})
	if err != nil {
		return nil, err
	}
	body[len(body)-1] = ','
	body = append(body, members[1:]...)
	if !jsontext.Value(body).IsValid() {
		return nil, errors.New("the message has a member room or sender of its own")
	}
	return body, nil
}

// checkRoom refuses what would lead to another address than the room's.
func checkRoom(room string) error {
	switch strings.TrimSpace(room) {
	case "":
		return errors.New("room is empty")
	case ".", "..":
		return errors.New("room is a path, not an ID")
	}
	return nil
}

// checkWebhook does not quote the webhook: it often holds the bot's secret.
func checkWebhook(webhook string) error {
	switch {
	case webhook == "":
		return errors.New("webhook is empty; to silence a bot use SetBotMode")
	case strings.ContainsFunc(webhook, func(r rune) bool { return r <= ' ' }):
		return errors.New("webhook holds a blank or control character")
	case !strings.Contains(webhook, "://"):
		return nil
	}
	u, err := url.Parse(webhook)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("webhook is not an address like https://bot.example/webhook")
	}
	return nil
}
