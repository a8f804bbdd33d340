package message_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

// found returns findings as "client code path".
func found(all []message.Finding) []string {
	var lines []string
	for _, f := range all {
		lines = append(lines, strings.TrimSpace(string(f.Client)+" "+f.Code+" "+f.Path))
	}
	return lines
}

var inspections = []struct {
	name, data string
	want       []string
	why        string
}{
	{"nothing", `null`, nil, "no message"},
	{"array", `[{"messageType":"text","message":"hi"}]`, []string{"web not-a-message", "mobile not-a-message"}, "data is one message"},
	{"string", `"hi"`, []string{"web not-a-message", "mobile not-a-message"}, ""},
	{"no JSON", `{`, []string{"web not-a-message", "mobile not-a-message"}, ""},

	{"text", `{"messageType":"text","message":"Small or large?"}`, nil, "as it should be"},
	{"text, odd but harmless", `{"messageType":"text","message":"3 < 4 & snake_case, 2 * 3","extra":5,"mentions":null,"reply":null,"template":null}`, nil, ""},
	{"type missing", `{"message":"hi"}`, []string{"web unknown-type messageType", "mobile shown-as-text messageType"}, ""},
	{"type of another kind", `{"messageType":7,"message":"hi"}`, []string{"web unknown-type messageType", "mobile shown-as-text messageType"}, ""},
	{"url", `{"messageType":"url","message":"hi","url":"https://a.example"}`, []string{"web unknown-type messageType", "mobile shown-as-text messageType"}, "an empty bubble on the web"},
	{"type of one's own", `{"messageType":"order","message":"hi"}`, []string{"web unknown-type messageType", "mobile shown-as-text messageType"}, ""},
	{"no fallback", `{"messageType":"order"}`, []string{"web unknown-type messageType", "mobile no-fallback message"}, ""},
	{"encrypted", `{"messageType":"encrypted","message":"YW5u"}`, []string{"web unknown-type messageType", "mobile shown-as-text messageType"}, ""},
	{"system type", `{"messageType":"addMembers","message":"x"}`, []string{"web server-type messageType", "mobile server-type messageType"}, ""},
	{"number", `{"messageType":"text","message":7}`, []string{"web message-not-string message", "mobile message-not-string message"}, "both fail"},
	{"object in a file", `{"messageType":"sticker","message":{},"sticker":"FunFunFamily-1"}`, []string{"mobile message-not-string message"}, "the web client does not look"},
	{"blank", `{"messageType":"text","message":" "}`, []string{"web blank-text message", "mobile blank-text message"}, ""},
	{"absent", `{"messageType":"announcement"}`, []string{"web blank-text message", "mobile blank-text message"}, ""},
	{"HTML", `{"messageType":"text","message":"<img src=x>"}`, []string{"web live-html message", "mobile markup-shown message"}, ""},
	{"HTML escaped", `{"messageType":"text","message":"\\<img src=x>"}`, []string{"mobile markup-shown message"}, ""},
	{"HTML escaped in a link", `{"messageType":"text","message":"https://a.example/\\<img src=x>"}`, []string{"web live-html message", "mobile markup-shown message"}, "the link swallows the backslash"},
	{"Markdown", `{"messageType":"text","message":"**Hi**"}`, []string{"mobile markup-shown message"}, ""},
	{"HTML in an announcement", `{"messageType":"announcement","message":"<b>hi</b>"}`, nil, "plain text in both clients"},
	{"mention", `{"messageType":"text","message":"@ann @LINE::1 @x","mentions":["ann","LINE::1","x","bob bob"]}`,
		[]string{"web mention-not-resolved mentions[1]", "web mention-not-resolved mentions[2]"}, "the last is not in the text"},
	{"mention of another kind", `{"messageType":"text","message":"hi","mentions":[7]}`, []string{"mobile mention-not-string mentions[0]"}, ""},
	{"reply", `{"messageType":"text","message":"hi","reply":"m1"}`, []string{"mobile reply-ignored reply"}, ""},
	{"quick reply on a text", `{"messageType":"text","message":"hi","template":{"quickReply":{"items":[]}}}`, []string{"web quick-reply-ignored template.quickReply"}, ""},
	{"payment", `{"messageType":"payment","message":"x","extra":{"currency":"NTD"}}`, []string{"mobile shown-as-text messageType"}, ""},
	{"payment with text", `{"messageType":"payment","message":"x","extra":"{\"currency\":\"NTD\"}"}`, []string{"mobile shown-as-text messageType", "web payment-extra extra"}, "JSON in a string is not opened here"},

	{"image", `{"messageType":"image","message":"x","images":[{"originalUrl":"https://h/files/b/1","thumbnailUrl":"https://h/files/b/2","width":1,"height":1}]}`, nil, "as it should be"},
	{"image bare", `{"messageType":"image","message":"x"}`, []string{"web no-picture originalUrl", "mobile no-picture originalUrl"}, ""},
	{"image without thumbnail", `{"messageType":"image","message":"x","originalUrl":"https://h/files/b/1","width":1.5,"height":"1"}`,
		[]string{"web no-thumbnail thumbnailUrl", "mobile no-thumbnail thumbnailUrl", "mobile no-size width", "mobile no-size height"}, ""},
	{"images empty", `{"messageType":"image","message":"x","images":[],"originalUrl":"https://h/files/b/1","thumbnailUrl":"https://h/files/b/1","width":1,"height":1}`, []string{"mobile images-empty images"}, ""},
	{"image elsewhere", `{"messageType":"image","message":"x","images":[{"originalUrl":"https://other/1.png","thumbnailUrl":"https://other/1.png","width":1,"height":1}]}`,
		[]string{"mobile token-sent images[0].thumbnailUrl", "web needs-cors images[0].thumbnailUrl"}, "each once"},
	{"mixed", `{"messageType":"mixed","message":"x","images":[{"originalUrl":"https://h/files/b/1","thumbnailUrl":"https://h/files/b/1","width":1,"height":1}]}`, []string{"mobile shown-as-text messageType"}, ""},
	{"video bare", `{"messageType":"video","message":"x"}`, []string{"web no-url originalUrl", "mobile no-url originalUrl"}, ""},
	{"video", `{"messageType":"video","message":"x","originalUrl":"https://other/1","thumbnailUrl":"https://h/files/b/1","width":1,"height":1,"duration":1.5}`,
		[]string{"mobile duration-fraction duration", "web token-sent originalUrl"}, ""},
	{"audio", `{"messageType":"audio","message":"x","originalUrl":"https://h/files/b/1","duration":3}`, nil, "as it should be"},
	{"audio bare", `{"messageType":"audio","message":"x"}`, []string{"web no-url originalUrl", "mobile no-url originalUrl", "web no-duration duration"}, ""},
	{"file of documents", `{"messageType":"file","message":"x","url":"https://h/files/b/1"}`,
		[]string{"web no-url originalUrl", "mobile no-url originalUrl", "web file-extra extra", "mobile file-size extra.bytes"}, ""},
	{"file nameless", `{"messageType":"file","message":"x","originalUrl":"https://h/files/b/1","extra":"{\"fileExtension\":\"zip\",\"bytes\":\"many\"}"}`,
		[]string{"web file-name extra.fileName", "web file-size extra.bytes", "mobile file-size extra.bytes", "mobile file-not-pdf extra.fileExtension"}, "extra as JSON in a string"},
	{"location", `{"messageType":"location","latitude":1,"longitude":2}`, []string{"web no-address message", "mobile no-address message"}, ""},
	{"sticker of the web", `{"messageType":"sticker","message":"x","sticker":"emoji-45"}`, []string{"mobile unknown-sticker sticker"}, ""},
	{"sticker of nobody", `{"messageType":"sticker","message":"x","sticker":"emoji-46"}`, []string{"web unknown-sticker sticker", "mobile unknown-sticker sticker"}, ""},
	{"sticker by URL", `{"messageType":"sticker","message":"x","sticker":"https://other/1.png"}`, nil, "plain image tags carry no token"},

	{"template missing", `{"messageType":"template","message":"x"}`, []string{"mobile shown-as-text messageType", "web no-template template.type"}, ""},
	{"template unknown", `{"messageType":"template","message":"x","template":"{\"type\":\"calendar\"}"}`, []string{"mobile shown-as-text messageType", "web no-template template.type"}, ""},
	{"buttons without actions", `{"messageType":"template","message":"x","template":{"type":"buttons","text":"x"}}`, []string{"mobile shown-as-text messageType", "web no-actions template.actions"}, ""},
	{"buttons cut", `{"messageType":"template","message":"x","template":{"type":"buttons","title":"` + strings.Repeat("t", 41) + `","text":"` + strings.Repeat("x", 61) + `","actions":[]}}`,
		[]string{"mobile shown-as-text messageType", "web text-cut template.title", "web text-cut template.text"}, "60 characters beside a title"},
	{"buttons not cut", `{"messageType":"template","message":"x","template":{"type":"buttons","text":"` + strings.Repeat("x", 160) + `","actions":[]}}`,
		[]string{"mobile shown-as-text messageType"}, "160 without title and picture"},
	{"emoji count twice", `{"messageType":"template","message":"x","template":{"type":"buttons","text":"` + strings.Repeat("\U0001F600", 81) + `","actions":[]}}`,
		[]string{"mobile shown-as-text messageType", "web text-cut template.text"}, "JavaScript counts UTF-16"},
	{"actions", `{"messageType":"template","message":"x","template":{"type":"buttons","text":"x","actions":[{"type":"message","label":"A"},{"type":"uri","label":"B","uri":"javascript:1"},{"type":"postback","label":"C"},{"type":"text","text":"x"},null]}}`,
		[]string{
			"mobile shown-as-text messageType", "web empty-answer template.actions[0].text", "web unsafe-link template.actions[1].uri", "web inert-action template.actions[2].type",
			"web blank-button template.actions[3].label", "web blank-button template.actions[4].label", "web inert-action template.actions[4]",
		}, ""},
	{"confirm", `{"messageType":"template","message":"x","template":{"type":"confirm","actions":[{"type":"message","label":"A","text":"a"},{"type":"message","label":"A","text":"a"},{"type":"message","label":"A","text":"a"}]}}`,
		[]string{"mobile shown-as-text messageType", "web no-text template.text", "web button-not-shown template.actions[2]"}, ""},
	{"confirm cut", `{"messageType":"template","message":"x","template":{"type":"confirm","text":"` + strings.Repeat("x", 241) + `"}}`, []string{"mobile shown-as-text messageType", "web text-cut template.text"}, ""},
	{"carousel of LINE", `{"messageType":"template","message":"x","template":{"type":"carousel","columns":[{"text":"x","actions":[{"type":"uri","label":"A","uri":"https://a.example"}]},{"text":"y"}]}}`,
		[]string{"mobile shown-as-text messageType", "web column-buttons template.columns[0].openQuickReply", "web no-actions template.columns[1].actions"}, "strictly LINE's shape shows no buttons"},
	{"carousel of a survey", `{"messageType":"template","message":"x","template":{"type":"carousel","category":"survey","columns":[{"text":"x","actions":[{"type":"message","label":"A","text":"a"}]}]}}`, []string{"mobile shown-as-text messageType"}, ""},
	{"image carousel", `{"messageType":"template","message":"x","template":{"type":"image_carousel","columns":[{}]}}`,
		[]string{"mobile shown-as-text messageType", "web no-picture template.columns[0].imageUrl", "web inert-action template.columns[0].action"}, ""},
	{"quick reply", `{"messageType":"template","message":"x","template":{"type":"buttons","text":"x","actions":[],"quickReply":{"items":[{"action":{"type":"postback","label":"A"}}]}}}`,
		[]string{"mobile shown-as-text messageType", "web inert-action template.quickReply.items[0].action.type"}, ""},

	{"flex missing", `{"messageType":"flex","message":"x"}`, []string{"mobile shown-as-text messageType", "web no-contents contents"}, ""},
	{"flex encoded", `{"messageType":"flex","message":"x","contents":"{\"type\":\"carousel\",\"contents\":[]}"}`, []string{"mobile shown-as-text messageType", "web no-contents contents.contents"}, ""},
	{"flex bubble", `{"messageType":"flex","message":"x","contents":{"type":"bubble","body":{"type":"box","contents":[{"type":"text","text":"x"}]}}}`, []string{"mobile shown-as-text messageType", "mobile lone-bubble contents"}, ""},
	{"flex elements", `{"messageType":"flex","message":"x","contents":{"type":"carousel","contents":[{"body":{"type":"box","action":{},"contents":[{"type":"button"},{"type":"filler"},{"type":"text","contents":[{"type":"span"}]},{"type":"image","action":{"type":"uri"}},{"type":"button","action":{"type":"message","label":"A"}},{"type":"rating","action":{"text":"x"}}]}},{}]}}`,
		[]string{
			"mobile shown-as-text messageType",
			"web no-action contents.contents[0].body.contents[0].action",
			"web unknown-element contents.contents[0].body.contents[1].type",
			"web spans-hidden contents.contents[0].body.contents[2].contents",
			"web action-ignored contents.contents[0].body.contents[3].action",
			"web empty-answer contents.contents[0].body.contents[4].action.text",
			"web action-ignored contents.contents[0].body.action",
			"web no-contents contents.contents[1]",
		}, ""},
}

func TestInspect(t *testing.T) {
	for _, c := range inspections {
		t.Run(c.name, func(t *testing.T) {
			all := message.Inspect(jsontext.Value(c.data))
			require.Equal(t, c.want, found(all), c.why)
			for _, f := range all {
				require.NotEmpty(t, f.Effect)
				require.True(t, strings.HasSuffix(f.Text, "."), "a sentence: %s", f.Text)
			}
		})
	}
}

// Each kind of finding is found by a row above.
func TestInspectComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range inspections {
		for _, f := range message.Inspect(jsontext.Value(c.data)) {
			seen[string(f.Client)+" "+f.Code] = true
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "kinds.go", nil, 0)
	require.NoError(t, err)
	kinds := 0
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		code := strings.Trim(lit.Elts[0].(*ast.BasicLit).Value, `"`)
		client := strings.ToLower(lit.Elts[1].(*ast.Ident).Name)
		require.Contains(t, seen, client+" "+code)
		kinds++
		return true
	})
	require.Greater(t, kinds, 40)
}

// What the constructors make breaks no client and arms no trap, but for the one
// that is documented.
func TestFindingsOfSamples(t *testing.T) {
	for name, m := range samples() {
		for _, f := range m.Findings() {
			switch {
			case name == "Flex" && f.Code == "lone-bubble", m.Type == "bell", m.Type == "order-card":
			case f.Effect == message.Alters, f.Code == "file-not-pdf":
			default:
				t.Errorf("%s: %s", name, f)
			}
		}
	}
}

func TestInspectBounded(t *testing.T) {
	many := `{"messageType":"template","message":"x","template":{"type":"buttons","actions":[` + strings.Repeat(`{},`, 5000) + `{}]}}`
	require.Len(t, message.Inspect(jsontext.Value(many)), 100)

	const depth = 3000
	deep := `{"messageType":"flex","message":"x","contents":{"type":"carousel","contents":[{"body":` +
		strings.Repeat(`{"type":"box","contents":[`, depth) + `{"type":"filler"}` + strings.Repeat(`]}`, depth) + `}]}}`
	require.Equal(t, []string{"mobile shown-as-text messageType"}, found(message.Inspect(jsontext.Value(deep))))
}

func FuzzInspect(f *testing.F) {
	for _, c := range inspections {
		f.Add([]byte(c.data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, finding := range message.Inspect(data) {
			require.NotEmpty(t, finding.Code)
		}
	})
}
