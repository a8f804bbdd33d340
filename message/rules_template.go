package message

import "strconv"

// The vendor calls templates compatible with LINE's, and names no limits of its
// own: these are LINE's. Those that hold for one type alone are here, the
// others in the struct tags.
const (
	maxButtons       = 4
	maxColumnActions = 3
)

func checkTemplate(c checker, t *Template) {
	switch t.Type {
	case typeButtons:
		c.require(!isBlank(t.Text), "text", "notblank")
		c.actions("actions", t.Actions, "max", maxButtons)
	case typeConfirm:
		c.require(!isBlank(t.Text), "text", "notblank")
		c.actions("actions", t.Actions, "len", 2)
	case typeCarousel:
		c.require(len(t.Columns) > 0, "columns", "required")
		for i := range t.Columns {
			c.card(&t.Columns[i], "columns["+strconv.Itoa(i)+"].")
		}
	case typeImageCarousel:
		c.require(len(t.Columns) > 0, "columns", "required")
		for i := range t.Columns {
			c.tile(&t.Columns[i], "columns["+strconv.Itoa(i)+"].")
		}
	}
	c.actionIf(t.DefaultAction, "defaultAction")
}

// card checks a column of a carousel.
func (c checker) card(col *Column, at string) {
	c.require(!isBlank(col.Text), at+"text", "notblank")
	c.actions(at+"actions", col.Actions, "max", maxColumnActions)
	c.actionIf(col.DefaultAction, at+"defaultAction")
}

// tile checks a column of an image carousel.
func (c checker) tile(col *Column, at string) {
	c.require(col.ImageURL != "", at+"imageUrl", "required")
	c.require(col.Action != nil, at+"action", "required")
	c.actionIf(col.Action, at+"action")
}

func checkQuickReply(c checker, item *QuickReplyItem) { c.button(&item.Action, "action") }

// actions checks the buttons of a card. There must be a list, if an empty one:
// without it the web client throws.
func (c checker) actions(at string, actions []Action, rule string, limit int) {
	c.require(actions != nil, at, "required")
	holds := len(actions) <= limit
	if rule == "len" {
		holds = actions == nil || len(actions) == limit
	}
	c.require(holds, at, rule+"="+strconv.Itoa(limit))
	for i := range actions {
		c.button(&actions[i], at+"["+strconv.Itoa(i)+"]")
	}
}

// button checks an action that shows its label.
func (c checker) button(a *Action, at string) {
	c.require(!isBlank(a.Label), at+".label", "notblank")
	c.actionIf(a, at)
}

// actionIf checks what an action needs to do something. Types that no client of
// today acts on are left alone.
func (c checker) actionIf(a *Action, at string) {
	if a == nil {
		return
	}
	c.require(a.Type != "", at+".type", "required")
	c.require(!a.sendsText() || !isBlank(a.Text), at+".text", "notblank")
	c.require(a.Type != actionURI || a.URI != "", at+".uri", "required")
}
