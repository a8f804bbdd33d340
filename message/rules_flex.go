package message

import "strconv"

func checkContainer(c checker, f *FlexContainer) {
	switch f.Type {
	case typeFlexCarousel:
		c.require(len(f.Contents) > 0, "contents", "required")
		for i := range f.Contents {
			c.require(f.Contents[i].Type != typeFlexCarousel, "contents["+strconv.Itoa(i)+"].type", "bubble")
		}
	case typeBubble:
		c.require(f.Header != nil || f.Hero != nil || f.Body != nil || f.Footer != nil, "body", "required")
	}
}

// parts are the parts of a bubble, nil for those it does not have.
func (c *FlexContainer) parts() [4]*FlexComponent {
	return [...]*FlexComponent{c.Header, c.Hero, c.Body, c.Footer}
}

// checkComponent leaves types alone that no client of today draws.
func checkComponent(c checker, f *FlexComponent) {
	switch f.Type {
	case typeBox:
		c.require(f.Layout != "", "layout", "required")
	case typeFlexText, typeSpan:
		c.require(!isBlank(f.Text) || len(f.Contents) > 0, "text", "notblank")
	case typeFlexImage, typeFlexVideo, typeIcon:
		c.require(f.URL != "", "url", "required")
	case typeButton:
		c.require(f.Action != nil, "action", "required")
		if f.Action != nil {
			c.button(f.Action, "action")
		}
		return
	case typeInput:
		c.require(f.Subtype != "", "subtype", "required")
	case typeRating:
		c.require(f.Action != nil, "action", "required")
		return
	}
	c.actionIf(f.Action, "action")
}
