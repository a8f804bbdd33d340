package message

func (in *inspector) template(t node) {
	in.cards(t)
	for _, item := range t.get("quickReply").get("items").elements() {
		in.button(item.get("action"))
	}
}

func (in *inspector) cards(t node) {
	switch t.get("type").text() {
	case typeButtons:
		in.texts(t, 40, 60)
		in.actions(t.get("actions"))
		in.pressed(t.get("defaultAction"))
	case typeConfirm:
		in.noteIf(!t.get("text").isString(), confirmText, t.get("text"))
		in.noteIf(t.get("text").length() > 240, cut, t.get("text"))
		for i, a := range t.get("actions").elements() {
			if i >= 2 {
				in.note(thirdButton, a)
				continue
			}
			in.button(a)
		}
	case typeCarousel:
		survey := t.get("category").text() == "survey"
		for _, c := range t.get("columns").elements() {
			in.column(c, survey)
		}
	case typeImageCarousel:
		for _, c := range t.get("columns").elements() {
			in.noteIf(c.get("imageUrl").blank(), tilePicture, c.get("imageUrl"))
			in.noteIf(!c.get("action").isObject(), inert, c.get("action"))
			in.pressed(c.get("action"))
		}
	default:
		in.note(noTemplate, t.get("type"))
	}
}

func (in *inspector) column(c node, survey bool) {
	in.texts(c, 100, 300)
	actions := c.get("actions")
	in.actions(actions)
	in.noteIf(len(actions.elements()) > 0 && !survey && !c.get("openQuickReply").isTrue(), columnButtons, c.get("openQuickReply"))
	in.pressed(c.get("defaultAction"))
}

// texts notes what is cut of a card. A card with neither title nor picture
// shows 160 characters of text.
func (in *inspector) texts(card node, title, text int) {
	if card.get("title").blank() && card.get("thumbnailImageUrl").blank() {
		text = 160
	}
	in.noteIf(card.get("title").length() > title, cut, card.get("title"))
	in.noteIf(card.get("text").length() > text, cut, card.get("text"))
}

func (in *inspector) actions(list node) {
	in.noteIf(!list.isArray(), noActions, list)
	for _, a := range list.elements() {
		in.button(a)
	}
}

// button looks at an action that shows its label.
func (in *inspector) button(a node) {
	in.noteIf(a.get("label").blank(), blankButton, a.get("label"))
	in.noteIf(a.absent(), inert, a)
	in.pressed(a)
}

// pressed notes what an action does; an absent one is left alone.
func (in *inspector) pressed(a node) {
	if a.absent() {
		return
	}
	switch t := a.get("type"); t.text() {
	case actionText, actionTextAlias:
		in.noteIf(a.get("text").text() == "", emptyAnswer, a.get("text"))
	case actionURI:
		in.noteIf(!isLink(a.get("uri").text()), unsafeLink, a.get("uri"))
	default:
		in.note(inert, t)
	}
}
