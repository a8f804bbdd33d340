package event_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/message"
	"github.com/stretchr/testify/require"
)

// received decodes a message event with these members in its data.
func received(t testing.TB, members string) *event.Message {
	t.Helper()
	e, err := event.Decode([]byte(`{"roomID":"r","event":"MESSAGE","data":{"_id":"m1",` + members + `}}`))
	require.NoError(t, err)
	return e.(*event.Message)
}

// lookAt returns what the accessor of that name says of m, as one text.
func lookAt(m *event.Message, accessor string) string {
	show := func(v any, ok bool) string {
		if !ok {
			return "no"
		}
		return fmt.Sprintf("%+v", v)
	}
	switch accessor {
	case "Images":
		v, ok := m.Images()
		return show(v, ok)
	case "Video":
		v, ok := m.Video()
		return show(v, ok)
	case "Audio":
		v, ok := m.Audio()
		return show(v, ok)
	case "File":
		v, ok := m.File()
		return show(v, ok)
	case "Location":
		v, ok := m.Location()
		return show(v, ok)
	case "Sticker":
		v, ok := m.Sticker()
		return show(v, ok)
	case "Template":
		v, ok := m.Template()
		if ok {
			return fmt.Sprintf("%s %q %d actions %d columns", v.Type, v.Text, len(v.Actions), len(v.Columns))
		}
		return "no"
	case "Flex":
		v, ok := m.Flex()
		if ok {
			return fmt.Sprintf("%s %d bubbles, body %t", v.Type, len(v.Contents), v.Body != nil)
		}
		return "no"
	case "Payment":
		v, ok := m.Payment()
		return show(v, ok)
	case "Call":
		v, ok := m.Call()
		return show(v, ok)
	case "Encrypted":
		v, ok := m.Encrypted()
		return show(v, ok)
	}
	panic("no accessor " + accessor)
}

var accessors = strings.Fields("Images Video Audio File Location Sticker Template Flex Payment Call Encrypted")

func TestContent(t *testing.T) {
	for _, c := range []struct {
		name, data     string
		accessor, want string
		why            string
	}{
		{"image", `"messageType":"image","originalUrl":"https://a.example/1","thumbnailUrl":"https://a.example/1s","width":8,"height":6`,
			"Images", "[{OriginalURL:https://a.example/1 ThumbnailURL:https://a.example/1s Width:8 Height:6}]", "the documents' shape"},
		{"images", `"messageType":"image","images":[{"originalUrl":"https://a.example/1"},{},{"thumbnailUrl":"https://a.example/2"}]`,
			"Images", "[{OriginalURL:https://a.example/1 ThumbnailURL:https://a.example/1 Width:0 Height:0} {OriginalURL:https://a.example/2 ThumbnailURL:https://a.example/2 Width:0 Height:0}]",
			"the clients' shape; the web client drops entries without a URL"},
		{"images encoded", `"messageType":"image","images":"[{\"originalUrl\":\"https://a.example/1\",\"width\":8}]"`,
			"Images", "[{OriginalURL:https://a.example/1 ThumbnailURL:https://a.example/1 Width:8 Height:0}]", "JSON in a string"},
		{"images empty", `"messageType":"image","images":[]`, "Images", "no", "nothing to show"},
		{"images of another kind", `"messageType":"image","images":7,"originalUrl":{"a":1}`, "Images", "no", "no listed shape, and no failure"},
		{"mixed", `"messageType":"mixed","message":"look","images":[{"originalUrl":"https://a.example/1"}]`,
			"Images", "[{OriginalURL:https://a.example/1 ThumbnailURL:https://a.example/1 Width:0 Height:0}]", "the web client's text with pictures"},
		{"image from LINE", `"messageType":"line","extra":"{\"type\":\"image\",\"contentProvider\":{\"originalContentUrl\":\"https://a.example/1\"}}"`,
			"Images", "[{OriginalURL:https://a.example/1 ThumbnailURL:https://a.example/1 Width:0 Height:0}]", "bridged"},

		{"video", `"messageType":"video","originalUrl":"https://a.example/v","thumbnailUrl":"https://a.example/t","width":8,"height":6,"duration":1.5,"extra":{"fileName":"v","fileExtension":"mp4","mimeType":"video/mp4","bytes":9}`,
			"Video", "{URL:https://a.example/v ThumbnailURL:https://a.example/t Width:8 Height:6 Length:1.5s FileInfo:{Name:v.mp4 MIMEType:video/mp4 Bytes:9}}", "a fraction of seconds"},
		{"video object", `"messageType":"video","message":"v.mp4","originalUrl":"https://a.example/old","video":{"originalUrl":"https://a.example/v","duration":2}`,
			"Video", "{URL:https://a.example/v ThumbnailURL: Width:0 Height:0 Length:2s FileInfo:{Name:v.mp4 MIMEType: Bytes:0}}", "replaces the fields beside it in the web client"},
		{"video file", `"messageType":"video","file":{"url":"https://a.example/v"}`,
			"Video", "{URL:https://a.example/v ThumbnailURL: Width:0 Height:0 Length:0s FileInfo:{Name: MIMEType: Bytes:0}}", "the mobile client's other place"},
		{"video from LINE", `"messageType":"line","extra":{"type":"video","originalContentUrl":"https://a.example/v","previewImageUrl":"https://a.example/t","duration":1500}`,
			"Video", "{URL:https://a.example/v ThumbnailURL:https://a.example/t Width:0 Height:0 Length:1.5s FileInfo:{Name: MIMEType: Bytes:0}}", "milliseconds there"},
		{"video without URL", `"messageType":"video"`, "Video", "no", "nothing to play"},

		{"audio", `"messageType":"audio","message":"memo.m4a","originalUrl":"https://a.example/a","duration":3.21`,
			"Audio", "{URL:https://a.example/a Length:3.21s FileInfo:{Name:memo.m4a MIMEType: Bytes:0}}", "the web client's recorder"},
		{"audio out of range", `"messageType":"audio","originalUrl":"https://a.example/a","duration":1e300`,
			"Audio", "{URL:https://a.example/a Length:0s FileInfo:{Name: MIMEType: Bytes:0}}", "no duration holds it"},
		{"audio from LINE", `"messageType":"line","extra":{"type":"audio","originalContentUrl":"https://a.example/a","duration":60000}`,
			"Audio", "{URL:https://a.example/a Length:1m0s FileInfo:{Name: MIMEType: Bytes:0}}", "milliseconds there"},

		{"file of clients", `"messageType":"file","originalUrl":"https://a.example/f","extra":"{\"fileName\":\"menu\",\"fileExtension\":\"pdf\",\"mimeType\":\"application/pdf\",\"bytes\":\"42\"}"`,
			"File", "{URL:https://a.example/f FileInfo:{Name:menu.pdf MIMEType:application/pdf Bytes:42}}", "extra as JSON in a string"},
		{"file of documents", `"messageType":"file","url":"https://a.example/f","extra":{"title":"menu.pdf","mimetype":"application/pdf"}`,
			"File", "{URL:https://a.example/f FileInfo:{Name:menu.pdf MIMEType:application/pdf Bytes:0}}", "the names that clients do not read"},
		{"file with both endings", `"messageType":"file","originalUrl":"https://a.example/f","extra":{"fileName":"menu.pdf","fileExtension":"pdf"}`,
			"File", "{URL:https://a.example/f FileInfo:{Name:menu.pdf MIMEType: Bytes:0}}", "the extension once"},
		{"file with odd extra", `"messageType":"file","originalUrl":"https://a.example/f","message":"menu.pdf","extra":[1]`,
			"File", "{URL:https://a.example/f FileInfo:{Name:menu.pdf MIMEType: Bytes:0}}", "no listed shape, and no failure"},

		{"location", `"messageType":"location","latitude":25.03,"longitude":"121.56","message":"Taipei"`,
			"Location", "{Latitude:25.03 Longitude:121.56 Address:Taipei}", "a numeric string"},
		{"location at zero", `"messageType":"location","latitude":0,"longitude":0`,
			"Location", "{Latitude:0 Longitude:0 Address:}", "zero is a place"},
		{"location with extra", `"messageType":"location","latitude":1,"longitude":2,"extra":"Main Street"`,
			"Location", "{Latitude:1 Longitude:2 Address:Main Street}", "the mobile client's place of the address"},
		{"location without point", `"messageType":"location","message":"Taipei"`, "Location", "no", "no point"},
		{"location from LINE", `"messageType":"line","extra":{"type":"location","title":"Home","address":"Taipei","latitude":25,"longitude":121}`,
			"Location", "{Latitude:25 Longitude:121 Address:Taipei}", "bridged"},

		{"sticker", `"messageType":"sticker","sticker":"FunFunFamily-3"`, "Sticker", "FunFunFamily-3", ""},
		{"sticker missing", `"messageType":"sticker","sticker":3`, "Sticker", "no", "no string"},

		{"template", `"messageType":"template","template":{"type":"confirm","text":"Coffee?","actions":[{"type":"message","label":"Yes","text":"yes"}]}`,
			"Template", `confirm "Coffee?" 1 actions 0 columns`, ""},
		{"template encoded", `"messageType":"template","template":"{\"type\":\"carousel\",\"columns\":[{\"text\":\"a\"},{\"text\":\"b\"}]}"`,
			"Template", `carousel "" 0 actions 2 columns`, "JSON in a string"},
		{"template unlisted", `"messageType":"template","template":{"type":"calendar","days":[1],"actions":{"no":"array"}}`,
			"Template", `calendar "" 0 actions 0 columns`, "no listed shape, and no failure"},
		{"template from LINE", `"messageType":"line","extra":{"type":"template","template":{"type":"buttons","text":"Hi"}}`,
			"Template", `buttons "Hi" 0 actions 0 columns`, "bridged"},
		{"template of a text", `"messageType":"text","message":"hi","template":{"type":"buttons"}`, "Template", "no", "another type"},

		{"flex", `"messageType":"flex","contents":{"type":"carousel","contents":[{"type":"bubble"},{"type":"bubble"}]}`, "Flex", "carousel 2 bubbles, body false", ""},
		{"flex encoded", `"messageType":"flex","contents":"{\"type\":\"bubble\",\"body\":{\"type\":\"box\",\"contents\":[{\"type\":\"text\",\"flex\":1.5}]}}"`,
			"Flex", "bubble 0 bubbles, body true", "JSON in a string, a fraction where an integer belongs"},
		{"flex from LINE", `"messageType":"line","extra":{"type":"flex","contents":{"type":"bubble"}}`, "Flex", "bubble 0 bubbles, body false", "bridged"},

		{"call", `"messageType":"endCall","rtcSession":"call-7","duration":120000`, "Call", "{Status:end Session:call-7 Length:2m0s}", "milliseconds there"},
		{"call waiting", `"messageType":"waitingCall","rtcSession":"call-7"`, "Call", "{Status:waiting Session:call-7 Length:0s}", ""},
		{"encrypted", `"messageType":"encrypted","message":"YW5u:aXY="`, "Encrypted", "YW5u:aXY=", ""},
		{"payment without extra", `"messageType":"payment"`, "Payment", "no", "nothing to read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := received(t, c.data)
			require.Equal(t, c.want, lookAt(m, c.accessor), c.why)
			for _, other := range accessors {
				if other != c.accessor {
					require.Equal(t, "no", lookAt(m, other), "%s on a %s", other, m.Type)
				}
			}
		})
	}
}

func TestPayment(t *testing.T) {
	for name, extra := range map[string]string{
		"object":  `{"type":"request","payer":{"id":"bob","nickname":"Bob"},"payee":{"id":"ann"},"value":120,"timestamp":1727053054000,"currency":"NTD","remark":"lunch"}`,
		"encoded": `"{\"type\":\"request\",\"payer\":{\"id\":\"bob\",\"nickname\":\"Bob\"},\"payee\":{\"id\":\"ann\"},\"value\":\"120\",\"timestamp\":1727053054000,\"currency\":\"NTD\",\"remark\":\"lunch\"}"`,
	} {
		p, ok := received(t, `"messageType":"payment","message":"Payment request","extra":`+extra).Payment()
		require.True(t, ok, name)
		want := event.Payment{
			Type: "request", Payer: event.User{ID: "bob", Nickname: "Bob"}, Payee: event.User{ID: "ann"},
			Value: 120, TimeMS: 1727053054000, Currency: "NTD", Remark: "lunch",
		}
		require.Equal(t, want, p, name)
	}
}

// What this package reads can be sent on as it is.
func TestContentSendsOn(t *testing.T) {
	m := received(t, `"messageType":"video","originalUrl":"https://a.example/v","thumbnailUrl":"https://a.example/t","width":8,"height":6,"duration":3.21,"message":"v.mp4","extra":{"bytes":9}`)
	clip, ok := m.Video()
	require.True(t, ok)
	sent := message.Video(clip)
	require.NoError(t, sent.Validate())
	require.InDelta(t, 3, sent.Duration, 0, "whole seconds for the mobile client")
}

func ExampleMessage_File() {
	e, err := event.Decode([]byte(`{"roomID":"demo-room","event":"MESSAGE","data":{"messageType":"file",
		"originalUrl":"https://chat.example/files/chatserver-upload/7",
		"extra":"{\"fileName\":\"menu\",\"fileExtension\":\"pdf\",\"bytes\":48213}"}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	if f, ok := e.(*event.Message).File(); ok {
		fmt.Println(f.Name, f.Bytes)
	}
	// Output: menu.pdf 48213
}

func ExampleMessage_Location() {
	e, err := event.Decode([]byte(`{"roomID":"demo-room","event":"MESSAGE","data":{"messageType":"location",
		"latitude":25.0339,"longitude":"121.5645","message":"Taipei 101"}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	if place, ok := e.(*event.Message).Location(); ok {
		fmt.Println(place.Address, place.Latitude, place.Longitude)
	}
	// Output: Taipei 101 25.0339 121.5645
}
