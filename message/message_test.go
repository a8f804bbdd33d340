package message_test

import (
	"testing"
	"time"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

func encode(t testing.TB, m *message.Message) string {
	t.Helper()
	out, err := json.Marshal(m)
	require.NoError(t, err)
	return string(out)
}

func TestOptions(t *testing.T) {
	m := message.Text("hi").Mention("ann").Mention("bob", "eve").InReplyTo("m1").InReplyTo("m2").WithFallback("ho")
	require.Equal(t, `{"messageType":"text","message":"ho","reply":"m2","mentions":["ann","bob","eve"]}`, encode(t, m))
}

func TestWithExtra(t *testing.T) {
	type order struct {
		ID int `json:"id"`
	}
	m := message.Text("hi").WithExtra(order{7}).WithExtra(map[string]any{"id": 8, "big": jsontext.Value("12345678901234567890")})
	require.Equal(t, `{"messageType":"text","message":"hi","extra":{"big":12345678901234567890,"id":8}}`, encode(t, m), "merged, the later wins, digits kept")

	file := message.File(files+"1", "a.pdf", 9).WithExtra(map[string]any{"page": 2})
	require.NoError(t, file.Validate())
	require.Contains(t, encode(t, file), `"fileName":"a"`, "what the constructor put there stays")
	require.Contains(t, encode(t, file), `"page":2`)
}

// Arrays that are there but empty are left out: the mobile client breaks.
func TestEmptyArrays(t *testing.T) {
	m := message.Text("hi")
	m.Mentions, m.Images = []string{}, []message.Picture{}
	require.Equal(t, `{"messageType":"text","message":"hi"}`, encode(t, m))
	appended, err := m.AppendJSON(nil)
	require.NoError(t, err)
	require.Equal(t, encode(t, m), string(appended))
}

// A constructor keeps nothing of its arguments, which the caller may go on
// writing to.
func TestConstructorsCopy(t *testing.T) {
	pictures := []message.Picture{{OriginalURL: files + "1", Width: 1, Height: 1}}
	columns := []message.Column{{Text: "a", Actions: actions(1)}}
	choices, elements := actions(2), []message.FlexComponent{message.FlexText("a")}
	cards := bubbles(1)
	made := []*message.Message{
		message.Images(pictures...), message.Carousel(columns...), message.Buttons("x", choices...), message.QuickReplies("x", choices...),
		message.Flex("x", message.FlexBubble(elements...)), message.Flex("x", message.FlexCarousel(cards...)),
	}
	var before []string
	for _, m := range made {
		before = append(before, encode(t, m))
	}
	require.Empty(t, pictures[0].ThumbnailURL)
	require.False(t, columns[0].OpenQuickReply)
	pictures[0], columns[0], choices[0], elements[0], cards[0] = message.Picture{}, message.Column{}, message.Action{}, message.FlexComponent{}, message.FlexContainer{}
	for i, m := range made {
		require.Equal(t, before[i], encode(t, m))
	}
}

func TestFileTypes(t *testing.T) {
	for name, want := range map[string]string{
		"a.PDF":     `"fileExtension":"PDF","fileName":"a","mimeType":"application/pdf"`,
		"a.tar.gz":  `"fileExtension":"gz","fileName":"a.tar","mimeType":"application/octet-stream"`,
		"LICENSE":   `"fileExtension":"","fileName":"LICENSE","mimeType":"application/octet-stream"`,
		".profile":  `"fileExtension":"","fileName":".profile","mimeType":"application/octet-stream"`,
		"my cv.txt": `"fileExtension":"txt","fileName":"my cv","mimeType":"text/plain"`,
	} {
		require.Contains(t, encode(t, message.File(files+"1", name, 1)), want)
	}
}

func TestLengths(t *testing.T) {
	for length, want := range map[time.Duration]float64{
		0: 0, time.Nanosecond: 1, 400 * time.Millisecond: 1, 1400 * time.Millisecond: 1, 1600 * time.Millisecond: 2, time.Hour: 3600,
	} {
		require.InDelta(t, want, message.Audio(files+"1", length).Duration, 0, length)
	}
}

func TestNil(t *testing.T) {
	out, err := json.Marshal(struct {
		Data *message.Message `json:"data"`
	}{})
	require.NoError(t, err)
	require.Equal(t, `{"data":null}`, string(out))
}
