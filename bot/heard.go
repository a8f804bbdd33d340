package bot

import (
	"slices"

	"github.com/funtekco/webhookbot/event"
)

// mayHear reports whether the event is one the bot may answer, whatever its
// routes say: not its own, and no message that could be.
func (c *Config) mayHear(e event.Event) bool {
	from := e.From()
	_, isMessage := e.(*event.Message)
	return !(isMessage && from.ID == "") && !c.isOwn(from.ID)
}

// hears reports whether the route, which may be none, is for such a sender.
func (c *Config) hears(from event.User, r *Route) bool {
	return !from.IsRobot || c.Robots || r != nil && r.robots
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
