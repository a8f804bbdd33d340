package bot

import (
	"slices"

	"github.com/funtekco/webhookbot/event"
)

// heard reports whether the event is one the bot may answer.
func (x *exchange) heard(e event.Event) bool {
	from := e.From()
	_, isMessage := e.(*event.Message)
	switch {
	case isMessage && from.ID == "":
		return false // it could be the bot's own
	case x.bot.cfg.isOwn(from.ID):
		return false
	case !from.IsRobot:
		return true
	}
	return x.bot.cfg.Robots || x.route != nil && x.route.robots
}

// isOwn reports whether the bot speaks as id.
func (c *Config) isOwn(id string) bool {
	return id != "" && (id == c.SenderID || slices.Contains(c.Senders, id))
}

// checkApp refuses events of applications the bot does not serve.
func (b *Bot) checkApp(h *event.Envelope) error {
	if len(b.cfg.AppIDs) == 0 || h.AppID == "" || slices.Contains(b.cfg.AppIDs, h.AppID) {
		return nil
	}
	return errApp
}
