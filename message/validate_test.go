package message_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

// broken returns the problems of m as "path rule".
func broken(t testing.TB, m *message.Message) []string {
	t.Helper()
	err := m.Validate()
	if err == nil {
		return nil
	}
	var invalid *message.ValidationError
	require.True(t, errors.As(err, &invalid))
	require.NotEmpty(t, invalid.Problems)
	var all []string
	for _, p := range invalid.Problems {
		require.NotEmpty(t, p.Text)
		all = append(all, strings.TrimSpace(p.Path+" "+p.Rule))
	}
	return all
}

// with returns m after a change.
func with(m *message.Message, change func(*message.Message)) *message.Message {
	change(m)
	return m
}

func actions(n int) []message.Action {
	all := make([]message.Action, n)
	for i := range all {
		all[i] = small
	}
	return all
}

func columns(n int) []message.Column {
	all := make([]message.Column, n)
	for i := range all {
		all[i].Text = "a"
	}
	return all
}

func bubbles(n int) []message.FlexContainer {
	all := make([]message.FlexContainer, n)
	for i := range all {
		all[i] = message.FlexBubble(message.FlexText("a"))
	}
	return all
}

func TestValidate(t *testing.T) {
	const url = files + "1"
	picture := func(change func(*message.Picture)) *message.Message {
		p := message.Picture{OriginalURL: url, Width: 8, Height: 6}
		change(&p)
		return message.Images(p)
	}
	flex := func(c ...message.FlexComponent) *message.Message {
		return message.Flex("f", message.FlexCarousel(message.FlexBubble(c...)))
	}
	for _, c := range []struct {
		name string
		m    *message.Message
		want []string
		why  string
	}{
		{"nil", nil, []string{"required"}, "a handler's forgotten message"},
		{"zero", &message.Message{}, []string{"messageType required", "message blank"}, "all at once"},
		{"empty", message.Text(""), []string{"message blank"}, "an empty bubble"},
		{"blank", message.Text(" \n\t\u00a0"), []string{"message blank"}, "an empty bubble"},
		{"not UTF-8", message.Text("a\xff"), []string{"message utf8"}, "JSON cannot hold it"},
		{"reply not UTF-8", message.Text("a").InReplyTo("\xff"), []string{"reply utf8"}, "JSON cannot hold it"},
		{"mention blank", message.Text("a").Mention("ann", ""), []string{"mentions[1] blank"}, "nobody has that ID"},
		{"mention not UTF-8", message.Text("a").Mention("\xff"), []string{"mentions[0] utf8"}, "JSON cannot hold it"},
		{"mention of LINE user", message.Text("a").Mention("LINE::U1 x"), nil, "IDs are the customer's, of any characters"},
		{"at the limit", message.Text(strings.Repeat("a", message.MaxSize-len(`{"messageType":"text","message":""}`))), nil, "64 KiB"},
		{"over the limit", message.Text(strings.Repeat("a", message.MaxSize-len(`{"messageType":"text","message":""}`)+1)), []string{"size"}, "64 KiB"},
		{"over the limit once escaped", message.Text(strings.Repeat("\x00", message.MaxSize/5)), []string{"size"}, "six bytes each"},

		{"system type", message.Custom("addMembers", "x", nil), []string{"messageType type"}, "a malformed one breaks a page of history"},
		{"url", message.Custom("url", "x", nil), []string{"messageType type"}, "an empty bubble"},
		{"fields no object", message.Custom("x", "x", 7), []string{"object"}, ""},
		{"fields not encodable", message.Custom("x", "x", func() {}), []string{"object"}, ""},
		{"fields named as the message's", message.Custom("x", "x", map[string]any{"message": "y", "extra": 1}), []string{"message duplicate"}, "which would count?"},
		{"fields not UTF-8", message.Custom("x", "x", map[string]any{"a": "\xff"}), []string{"object"}, ""},
		{"no fallback", message.Custom("x", "", nil), []string{"message blank"}, "what clients show that do not know the type"},
		{"extra no object", message.Text("a").WithExtra("text"), []string{"extra object"}, ""},
		{"extra set to no object", with(message.Text("a"), func(m *message.Message) { m.Extra = jsontext.Value(`[1]`) }), []string{"extra object"}, ""},
		{"extra set to no JSON", with(message.Text("a"), func(m *message.Message) { m.Extra = jsontext.Value(`{`) }), []string{"extra object", "extra encoding"}, ""},

		{"no picture", message.Images(), []string{"images required", "thumbnailUrl required", "width range", "height range"}, ""},
		{"sizes", picture(func(p *message.Picture) { p.Width, p.Height = 0, -1 }),
			[]string{"height range", "images[0].width range", "images[0].height range", "width range", "height range"}, "the mobile client draws a pixel"},
		{"script URL", picture(func(p *message.Picture) { p.OriginalURL = "javascript:alert(1)" }),
			[]string{"originalUrl url", "thumbnailUrl url", "images[0].originalUrl url", "images[0].thumbnailUrl url"}, "media are http and https"},
		{"data URL", picture(func(p *message.Picture) { p.ThumbnailURL = "data:image/png;base64,AA==" }),
			[]string{"thumbnailUrl url", "images[0].thumbnailUrl url"}, "media are http and https"},
		{"mixed without text", message.Mixed("", message.Picture{OriginalURL: url, Width: 8, Height: 6}), []string{"message blank"}, ""},
		{"video bare", message.Video(message.Clip{}), []string{"originalUrl required", "thumbnailUrl required", "width range", "height range"}, "the thumbnail is what is seen"},
		{"video of the past", message.Video(message.Clip{URL: url, ThumbnailURL: url, Width: 1, Height: 1, Length: -time.Minute}), []string{"duration range"}, ""},
		{"fraction", with(message.Audio(url, time.Second), func(m *message.Message) { m.Duration = 1.5 }), []string{"duration range"}, "0 to the mobile client"},
		{"not a number", with(message.Audio(url, time.Second), func(m *message.Message) { m.Duration = math.NaN() }), []string{"duration range", "duration encoding"}, "JSON cannot hold it"},
		{"audio without length", message.Audio(url, 0), []string{"duration range"}, "NaN:NaN on the web"},
		{"audio bare", message.Audio("", time.Second), []string{"originalUrl required"}, ""},
		{"file bare", message.File("", "", 0), []string{"message blank", "originalUrl required", "extra.fileName required", "extra.bytes range"}, ""},
		{"file empty", message.File(url, "a.pdf", 0), []string{"extra.bytes range"}, "breaks the mobile client's cell"},
		{"file by hand", with(&message.Message{Type: "file", Text: "a"}, func(m *message.Message) { m.OriginalURL = url }),
			[]string{"extra.fileName required", "extra.bytes range"}, "the documents' shape shows nothing"},
		{"north of north", message.Location(90.1, 0, "x"), []string{"latitude range"}, ""},
		{"west of west", message.Location(-90, -180.1, "x"), []string{"longitude range"}, ""},
		{"nowhere", message.Location(math.NaN(), math.Inf(1), "x"), []string{"latitude range", "longitude range", "latitude encoding"}, "JSON cannot hold it"},
		{"no address", message.Location(1, 2, ""), []string{"message blank"}, "all that is shown"},
		{"location by hand", &message.Message{Type: "location", Text: "x"}, []string{"latitude required", "longitude required"}, ""},
		{"no sticker", message.Sticker(""), []string{"sticker required"}, ""},
		{"odd sticker", message.Sticker("../1"), []string{"sticker form"}, "it becomes part of a URL"},
		{"sticker URL", message.Sticker("ftp://a.example/x"), []string{"sticker form"}, ""},

		{"buttons bare", message.Buttons("Hi"), nil, "an empty array is fine"},
		{"buttons without text", message.Buttons("", small), []string{"template.text blank"}, ""},
		{"buttons five", message.Buttons("Hi", actions(5)...), []string{"template.actions max"}, "LINE's limit"},
		{"buttons by hand", &message.Message{Type: "template", Text: "x", Content: message.Content{Template: &message.Template{Type: "buttons", Text: "x"}}},
			[]string{"template.actions required"}, "the web client throws without"},
		{"button bare", message.Buttons("Hi", message.Action{}), []string{"template.actions[0].label blank", "template.actions[0].type required"}, ""},
		{"button without text", message.Buttons("Hi", message.TextAction("A", " ")), []string{"template.actions[0].text blank"}, "it would send an empty message"},
		{"button without URI", message.Buttons("Hi", message.URIAction("A", "")), []string{"template.actions[0].uri required"}, ""},
		{"button runs a script", message.Buttons("Hi", message.URIAction("A", "JavaScript:alert(1)")), []string{"template.actions[0].uri link"}, "the web client would"},
		{"button calls", message.Buttons("Hi", message.URIAction("A", "tel:+886212345678"), message.URIAction("B", "mailto:a@cafe.example")), nil, ""},
		{"postback", message.Buttons("Hi", message.Action{Type: "postback", Label: "A", Data: "x"}), nil, "inert on the web, not wrong: a finding"},
		{"template without type", with(message.Buttons("Hi"), func(m *message.Message) { m.Template.Type = "" }), []string{"template.type required"}, ""},
		{"template unknown", with(message.Buttons("Hi"), func(m *message.Message) { m.Template.Type = "calendar" }), []string{"template.type choice"}, "an empty bubble"},
		{"template on a text", with(message.Buttons("Hi"), func(m *message.Message) { m.Type = message.TypeText }), []string{"template type"}, "no client shows it"},
		{"template missing", &message.Message{Type: "template", Text: "x"}, []string{"template required"}, ""},
		{"default action", with(message.Buttons("Hi"), func(m *message.Message) { m.Template.DefaultAction = &message.Action{Type: "uri", URI: "x"} }), []string{"template.defaultAction.uri link"}, ""},
		{"picture ratio", with(card(), func(m *message.Message) { m.Template.ImageAspectRatio = "16:9" }), []string{"template.imageAspectRatio choice"}, ""},
		{"confirm with no label", message.Confirm("Hi", small, message.Action{Type: "message", Text: "x"}), []string{"template.actions[1].label blank"}, ""},
		{"confirm of three", with(message.Confirm("Hi", small, large), func(m *message.Message) { m.Template.Actions = actions(3) }), []string{"template.actions max"}, "the third is not drawn"},
		{"no column", message.Carousel(), []string{"message blank", "template.columns required"}, ""},
		{"eleven columns", message.Carousel(columns(11)...), []string{"template.columns max"}, "LINE's limit"},
		{"column", message.Carousel(message.Column{Actions: actions(4), ThumbnailImageURL: "x", DefaultAction: &message.Action{Type: "message"}}),
			[]string{"template.columns[0].thumbnailImageUrl url", "template.columns[0].text blank", "template.columns[0].actions max", "template.columns[0].defaultAction.text blank"}, ""},
		{"no tile", message.ImageCarousel(), []string{"message blank", "template.columns required"}, ""},
		{"tile", message.ImageCarousel(message.Tile{Action: message.TextAction("A", "")}), []string{"template.columns[0].imageUrl required", "template.columns[0].action.text blank"}, ""},
		{"no quick reply", message.QuickReplies("Hi"), []string{"template.quickReply.items min"}, ""},
		{"quick replies", message.QuickReplies("Hi", actions(14)...), []string{"template.quickReply.items max"}, "LINE's limit"},
		{"quick reply", message.QuickReplies("Hi", message.TextAction("", "")), []string{"template.quickReply.items[0].action.label blank", "template.quickReply.items[0].action.text blank"}, ""},

		{"flex missing", &message.Message{Type: "flex", Text: "x"}, []string{"contents required"}, ""},
		{"flex on a text", with(message.Flex("x", bubble()), func(m *message.Message) { m.Type = message.TypeText }), []string{"contents type"}, "no client shows it"},
		{"flex on a type of one's own", with(message.Flex("x", bubble()), func(m *message.Message) { m.Type = "receipt" }), nil, "the customer's client may"},
		{"bubble empty", message.Flex("x", message.FlexContainer{Type: "bubble"}), []string{"contents.body required"}, ""},
		{"flex unknown", message.Flex("x", message.FlexContainer{Type: "page"}), []string{"contents.type choice"}, ""},
		{"carousel empty", message.Flex("x", message.FlexCarousel()), []string{"contents.contents required"}, ""},
		{"carousel of thirteen", message.Flex("x", message.FlexCarousel(bubbles(13)...)), []string{"contents.contents max"}, "LINE's limit"},
		{"carousel in carousel", message.Flex("x", message.FlexCarousel(message.FlexCarousel(bubbles(1)...))), []string{"contents.contents[0].type choice"}, ""},
		{"elements", flex(message.FlexComponent{}, message.FlexText(""), message.FlexImage(""), message.FlexIcon("x"), message.FlexComponent{Type: "button"}, message.FlexBox(""), message.FlexInput("", "x"), message.FlexComponent{Type: "rating"}),
			[]string{
				"contents.contents[0].body.contents[0].type required", "contents.contents[0].body.contents[1].text blank",
				"contents.contents[0].body.contents[2].url required", "contents.contents[0].body.contents[3].url url",
				"contents.contents[0].body.contents[4].action required", "contents.contents[0].body.contents[5].layout required",
				"contents.contents[0].body.contents[6].subtype required", "contents.contents[0].body.contents[7].action required",
			}, ""},
		{"flex ratio", flex(message.FlexComponent{Type: "image", URL: url, AspectRatio: "wide"}), []string{"contents.contents[0].body.contents[0].aspectRatio form"}, ""},
		{"flex share", flex(message.FlexComponent{Type: "text", Text: "x", Flex: new(-1)}), []string{"contents.contents[0].body.contents[0].flex range"}, ""},
		{"filler", flex(message.FlexComponent{Type: "filler"}), nil, "not drawn, not wrong: a finding"},
		{"rating", flex(message.FlexRating("")), nil, "its text is optional"},
		{"contains itself", message.Flex("x", message.FlexBubble(loop()...)), []string{"contents depth"}, "walking it would not end"},
		{"label not UTF-8", message.Carousel(message.Column{Text: "a"}, message.Column{Text: "b", Actions: []message.Action{message.TextAction("\xff", "x")}}).WithFallback("x"),
			[]string{"template.columns[1].actions[0].label utf8"}, "found where it is"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, broken(t, c.m), c.why)
			if c.m == nil {
				return
			}
			require.Equal(t, c.m.Validate(), c.m.Slow(), "the short cut changes the verdict")
		})
	}
}

// loop is a box that contains itself.
func loop() []message.FlexComponent {
	cs := make([]message.FlexComponent, 1)
	cs[0] = message.FlexBox("vertical")
	cs[0].Contents = cs
	return cs
}

func TestValidateURL(t *testing.T) {
	for _, c := range []struct {
		url         string
		media, link bool
		why         string
	}{
		{"https://a.example/x?y=1#z", true, true, ""},
		{"HTTP://a.example", true, true, "schemes have no case"},
		{"https://[::1]:8443/x", true, true, ""},
		{"https://a.example/漢", true, true, "browsers encode it"},
		{"mailto:a@a.example", false, true, ""},
		{"tel:+886212345678", false, true, ""},
		{"mailto:", false, false, "to nobody"},
		{"tel:", false, false, "to nobody"},
		{"/x", false, false, "relative to what?"},
		{"//a.example/x", false, false, "no scheme"},
		{"https:///x", false, false, "no host"},
		{"https:x", false, false, "no host"},
		{"https://:80", false, false, "no host"},
		{"javascript:alert(1)", false, false, "runs in the page"},
		{"JAVASCRIPT:alert(1)", false, false, "runs in the page"},
		{"java\nscript:alert(1)", false, false, "browsers drop line ends"},
		{"\tjavascript:alert(1)", false, false, "browsers drop tabs"},
		{"data:text/html,x", false, false, "runs in the page"},
		{"vbscript:x", false, false, ""},
		{"ftp://a.example/x", false, false, ""},
		{"file:///etc/passwd", false, false, ""},
		{"https://a.example/x y", false, false, "a blank ends a link in a text"},
		{"https://a.example/\x00", false, false, "a control character"},
		{"https://a.example/\u0090", false, false, "a control character"},
		{"https://a.example/\u0085", false, false, "a control character"},
		{"https://a.example/%zz", false, false, "no escape"},
		{"https://a.example/\u2028", false, false, "a line separator"},
	} {
		require.Equal(t, c.media, broken(t, message.Sticker(c.url)) == nil, "media %q: %s", c.url, c.why)
		require.Equal(t, c.link, broken(t, message.Buttons("x", message.URIAction("x", c.url))) == nil, "link %q: %s", c.url, c.why)
	}
}

// Every rule in a struct tag has words.
func TestValidateWordings(t *testing.T) {
	known := message.Wordings()
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			for tag := range strings.SplitSeq(f.Tag.Get("validate"), ",") {
				tag, _, _ = strings.Cut(tag, "=")
				if tag != "" && tag != "omitempty" && tag != "omitnil" && tag != "dive" {
					require.Contains(t, known, tag, "%s.%s", typ, f.Name)
				}
			}
			if f.IsExported() {
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeFor[message.Message]())
	require.True(t, seen[reflect.TypeFor[message.FlexComponent]()])
}

// The short cut must see every field of Content.
func TestContentIsZero(t *testing.T) {
	typ := reflect.TypeFor[message.Content]()
	for i := range typ.NumField() {
		var c message.Content
		require.True(t, c.IsZero())
		f := reflect.ValueOf(&c).Elem().Field(i)
		switch f.Kind() {
		case reflect.String:
			f.SetString("x")
		case reflect.Int:
			f.SetInt(1)
		case reflect.Float64:
			f.SetFloat(1)
		case reflect.Pointer:
			f.Set(reflect.New(f.Type().Elem()))
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		default:
			t.Fatalf("%s: set it here", typ.Field(i).Name)
		}
		require.False(t, c.IsZero(), typ.Field(i).Name)
	}
}

func TestValidateShortCut(t *testing.T) {
	require.True(t, message.Text("hi").InReplyTo("m1").Mention("ann").Plain(), "the common message must be cheap")
	require.False(t, message.Text("hi").WithExtra(map[string]int{"a": 1}).Plain())
	require.False(t, message.Announcement("hi").Plain())
}

// An error tells the place and the rule and repeats nothing.
func TestValidateKeepsContent(t *testing.T) {
	const secret = "hunter2"
	for _, m := range []*message.Message{
		message.Image("ftp://"+secret, -1, 0),
		message.Sticker(secret),
		message.Buttons(secret, message.URIAction(secret, "javascript:"+secret), message.TextAction(secret, "\xff"+secret)),
		message.Custom("x", secret, map[string]any{secret: "\xff"}),
		message.Custom("x", secret, jsontext.Value(`{"`+secret+`":1,"`+secret+`":2}`)),
		message.Text(secret + "\xff").WithExtra(map[string]any{secret: 1}),
		with(message.Text("x"), func(m *message.Message) { m.Extra = jsontext.Value(`{"` + secret + `":"` + "\xff" + `"}`) }),
	} {
		err := m.Validate()
		require.Error(t, err)
		require.NotContains(t, err.Error(), secret)
	}
}

func FuzzValidateText(f *testing.F) {
	f.Add("hi", "", "", uint16(1))
	f.Add(" ", "m1", "ann", uint16(1))
	f.Add("a\xff", "\xff", "\xff", uint16(2))
	f.Add("\x00", "x", " ", uint16(11000))
	f.Fuzz(func(t *testing.T, text, reply, mention string, times uint16) {
		text = strings.Repeat(text, int(times)*min(len(text), 1)/max(len(text), 1)) // up to 64 KiB and its escapes
		m := message.Text(text).InReplyTo(reply)
		if mention != "" {
			m.Mention("ann", mention)
		}
		require.Equal(t, m.Slow(), m.Validate(), "the short cut changes the verdict")
		checkSendable(t, m)
	})
}

// checkSendable asserts that a valid message encodes to valid JSON within the
// limit, and that nothing that is done with any message panics.
func checkSendable(t *testing.T, m *message.Message) {
	t.Helper()
	m.Findings()
	if m.Validate() != nil {
		return
	}
	out, err := json.Marshal(m)
	require.NoError(t, err)
	require.True(t, jsontext.Value(out).IsValid())
	require.LessOrEqual(t, len(out), message.MaxSize)
	require.NotNil(t, m)
	var back message.Message
	require.NoError(t, json.Unmarshal(out, &back))
	require.Equal(t, m.Text, back.Text)
}

func FuzzMessage(f *testing.F) {
	f.Add(uint8(0), "text", "https://a.example/x", 3, 1.5, "{}")
	f.Add(uint8(9), "a\xff", "javascript:1", -1, 1e300, `{"message":1}`)
	f.Fuzz(func(t *testing.T, which uint8, s, url string, n int, x float64, raw string) {
		action, link := message.TextAction(s, url), message.URIAction(s, url)
		made := []func() *message.Message{
			func() *message.Message { return message.Announcement(s) },
			func() *message.Message { return message.Image(url, n, n) },
			func() *message.Message { return message.Mixed(s, message.Picture{OriginalURL: url, Width: n}) },
			func() *message.Message {
				return message.Video(message.Clip{URL: url, ThumbnailURL: url, Width: n, Height: n, Length: time.Duration(x)})
			},
			func() *message.Message { return message.Audio(url, time.Duration(x)) },
			func() *message.Message { return message.File(url, s, int64(n)) },
			func() *message.Message { return message.Location(x, -x, s) },
			func() *message.Message { return message.Sticker(s) },
			func() *message.Message { return message.Buttons(s, action, link) },
			func() *message.Message { return message.Confirm(s, action, link) },
			func() *message.Message {
				return message.Carousel(message.Column{Title: s, Text: url, Actions: []message.Action{action}})
			},
			func() *message.Message { return message.ImageCarousel(message.Tile{ImageURL: url, Action: link}) },
			func() *message.Message { return message.QuickReplies(s, action, link) },
			func() *message.Message {
				return message.Flex(s, message.FlexBubble(message.FlexText(s), message.FlexButton(link), message.FlexImage(url)))
			},
			func() *message.Message { return message.Custom(s, url, jsontext.Value(raw)) },
			func() *message.Message { return message.Custom(s, s, map[string]any{s: x, url: raw}) },
			func() *message.Message { return message.Text(s).WithExtra(jsontext.Value(raw)) },
			func() *message.Message { return message.Text(message.Escape(s)) },
		}
		checkSendable(t, made[int(which)%len(made)]())
	})
}
