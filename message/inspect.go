package message

import (
	"regexp"
	"slices"
	"strings"
)

// The types each client has a view for. The web client shows an empty bubble
// for any other, the mobile client the text.
var (
	webTypes = []string{
		TypeText, TypeImage, TypeMixed, TypeVideo, TypeAudio, TypeFile, TypeLocation, TypeSticker,
		TypeAnnouncement, TypeTemplate, TypeFlex, "payment", "payment-select", "ai_streaming", "line",
	}
	mobileTypes = []string{
		TypeText, TypeImage, TypeVideo, TypeAudio, TypeFile, TypeLocation, TypeSticker, TypeAnnouncement,
	}
)

func (in *inspector) message(n node) {
	if !n.isObject() {
		in.note(notObjectWeb, n)
		in.note(notObjectMobile, n)
		return
	}
	in.messageType(n.get("messageType"), n.get("message"))
	in.reply(n)
	switch n.get("messageType").text() {
	case TypeText:
		in.written(n)
	case TypeMixed:
		in.written(n)
		in.pictures(n)
	case TypeAnnouncement:
		in.blank(n.get("message"), blankWeb, blankMobile)
	case TypeImage:
		in.pictures(n)
	case TypeVideo:
		in.video(n)
	case TypeAudio:
		in.audio(n)
	case TypeFile:
		in.file(n)
	case TypeLocation:
		in.blank(n.get("message"), noAddressWeb, noAddressMobile)
	case TypeSticker:
		in.sticker(n.get("sticker"))
	case TypeTemplate:
		in.template(n.get("template"))
	case TypeFlex:
		in.flex(n.get("contents"))
	case "payment", "payment-select":
		_, isObject := n.get("extra").value.(map[string]any)
		in.noteIf(!isObject || !n.get("extra").get("currency").isString(), paymentExtra, n.get("extra"))
	}
	if chips := n.get("template").get("quickReply"); n.get("messageType").text() != TypeTemplate && !chips.absent() {
		in.note(chipsIgnored, chips)
	}
}

// messageType notes which client shows the type, and how.
func (in *inspector) messageType(t, fallback node) {
	name := t.text()
	if isRefused(name) && name != "url" {
		in.note(serverTypeWeb, t)
		in.note(serverTypeMob, t)
		return
	}
	in.noteIf(!slices.Contains(webTypes, name), unknownWeb, t)
	if !fallback.absent() && !fallback.isString() {
		onWeb := name == TypeText || name == TypeMixed || name == TypeLocation || name == TypeAnnouncement
		in.noteIf(onWeb, notStringWeb, fallback)
		in.note(notStringMobile, fallback)
		return
	}
	switch {
	case slices.Contains(mobileTypes, name):
	case fallback.blank():
		in.note(noFallback, fallback)
	default:
		in.note(asTextMobile, t)
	}
}

func (in *inspector) reply(n node) {
	in.noteIf(n.get("reply").isString(), replyIgnored, n.get("reply"))
	text := n.get("message").text()
	for _, id := range n.get("mentions").elements() {
		in.noteIf(!id.isString(), mentionType, id)
		in.noteIf(id.isString() && !resolvable.MatchString(id.text()) && strings.Contains(text, "@"+id.text()), mentionUnknown, id)
	}
}

// blank notes a text that is not there.
func (in *inspector) blank(text node, kinds ...kind) {
	for _, k := range kinds {
		in.noteIf(text.blank() && (text.absent() || text.isString()), k, text)
	}
}

// written notes what the clients make of a text's markup.
func (in *inspector) written(n node) {
	text := n.get("message")
	in.blank(text, blankWeb)
	if n.get("messageType").text() == TypeText {
		in.blank(text, blankMobile)
	}
	in.noteIf(html.MatchString(text.text()), liveHTML, text)
	in.noteIf(html.MatchString(text.text()) || markdown.MatchString(text.text()), markupShown, text)
}

var (
	// resolvable are the IDs that the web client replaces by nicknames.
	resolvable = regexp.MustCompile(`^[A-Za-z0-9_.·-]{2,37}$`)
	// html finds what begins a tag or a comment and is not escaped; at the end of
	// a link the backslash is part of the link and escapes nothing.
	html = regexp.MustCompile(`(^|[^\\])<[A-Za-z/!?]|(://|www\.)\S*\\<[A-Za-z/!?]`)
	// markdown finds what is surely meant as Markdown.
	markdown = regexp.MustCompile("\\*\\*[^*\\s]|\\[[^\\]]+\\]\\([^)\\s]+\\)|`[^`]+`|\\\\[\\\\`*_~\\[<&#+=>|:.)-]|(?m:^#{1,6} )|&nbsp;|&#\\d+;")
)
