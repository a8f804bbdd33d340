package message

// maxInspected bounds how deep elements are looked at, which bounds the length
// of paths too.
const maxInspected = 64

func (in *inspector) flex(c node) {
	if !c.isObject() {
		in.note(noContents, c)
		return
	}
	if c.get("type").text() != typeFlexCarousel {
		in.bubble(c)
		// The mobile client fails on the list in a bubble's body.
		in.noteIf(c.get("body").get("contents").isArray(), historyBreaks, c)
		return
	}
	bubbles := c.get("contents").elements()
	in.noteIf(len(bubbles) == 0, noContents, c.get("contents"))
	for _, b := range bubbles {
		in.bubble(b)
	}
}

func (in *inspector) bubble(b node) {
	parts := 0
	for _, name := range []string{"header", "hero", "body", "footer"} {
		if part := b.get(name); !part.absent() {
			parts++
			in.element(part, maxInspected)
		}
	}
	in.noteIf(parts == 0, noContents, b)
}

func (in *inspector) element(n node, depth int) {
	if depth == 0 || len(in.found) == maxFindings {
		return
	}
	switch n.get("type").text() {
	case typeButton:
		in.noteIf(!n.get("action").isObject(), buttonNoAction, n.get("action"))
		if n.get("action").isObject() {
			in.button(n.get("action"))
		}
		return
	case typeBox:
		for _, child := range n.get("contents").elements() {
			in.element(child, depth-1)
		}
	case typeFlexText:
		in.noteIf(len(n.get("contents").elements()) > 0, spansHidden, n.get("contents"))
	case typeRating:
		return
	case typeSpan, typeFlexImage, typeFlexVideo, typeIcon, typeSeparator, typeInput:
	default:
		in.note(unknownElement, n.get("type"))
		return
	}
	in.noteIf(!n.get("action").absent(), actionIgnored, n.get("action"))
}
