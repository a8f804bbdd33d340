package event

import (
	"strings"
	"time"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The accessors below read a rich message whichever way a client sent it: in
// the documents' fields or in its own, as an object or as JSON in a string,
// natively or bridged from LINE. Each reports false for messages of another type
// and for those that lack what the type is about. What they take for values was
// never checked: a URL may be of any scheme.

// DecodeExtra decodes "extra" into v, whether it came as an object or as JSON
// in a string. Types are read as leniently as in the event itself.
func (m *Message) DecodeExtra(v any) error { return unwrap(m.Extra, v) }

// Images returns the pictures of an image or mixed message.
func (m *Message) Images() ([]message.Picture, bool) {
	var found []message.Picture
	switch m.Type {
	case message.TypeImage, message.TypeMixed:
		found = pictures(m.Content.Images)
		if found == nil {
			found = pictures([]message.Picture{{OriginalURL: m.OriginalURL, ThumbnailURL: m.ThumbnailURL, Width: m.Width, Height: m.Height}})
		}
	case typeLine:
		if l := m.line("image"); l != nil {
			found = pictures([]message.Picture{{OriginalURL: l.url(), ThumbnailURL: l.thumbnail()}})
		}
	}
	return found, found != nil
}

// pictures drops those without a URL, as the web client does, and completes
// those with one.
func pictures(all []message.Picture) []message.Picture {
	var found []message.Picture
	for _, p := range all {
		p.OriginalURL = first(p.OriginalURL, p.ThumbnailURL)
		p.ThumbnailURL = first(p.ThumbnailURL, p.OriginalURL)
		if p.OriginalURL != "" {
			found = append(found, p)
		}
	}
	return found
}

// Video returns the video of a video message.
func (m *Message) Video() (message.Clip, bool) {
	if l := m.line("video"); l != nil {
		return message.Clip{URL: l.url(), ThumbnailURL: l.thumbnail(), Length: l.length()}, l.url() != ""
	}
	if m.Type != message.TypeVideo {
		return message.Clip{}, false
	}
	v := m.Content.Video // stands in for the fields beside it (web client)
	if v == nil || v.OriginalURL == "" {
		v = &message.Media{
			OriginalURL: first(m.OriginalURL, fileURL(m)), ThumbnailURL: m.ThumbnailURL,
			Width: m.Width, Height: m.Height, Duration: m.Duration,
		}
	}
	return message.Clip{
		URL: v.OriginalURL, ThumbnailURL: v.ThumbnailURL, Width: v.Width, Height: v.Height,
		Length: seconds(v.Duration), FileInfo: m.fileInfo(),
	}, v.OriginalURL != ""
}

// Audio returns the sound file of an audio message.
func (m *Message) Audio() (message.Recording, bool) {
	if l := m.line("audio"); l != nil {
		return message.Recording{URL: l.url(), Length: l.length()}, l.url() != ""
	}
	if m.Type != message.TypeAudio {
		return message.Recording{}, false
	}
	url := first(m.OriginalURL, fileURL(m))
	return message.Recording{URL: url, Length: seconds(m.Duration), FileInfo: m.fileInfo()}, url != ""
}

// File returns the file of a file message. Some clients strip the blanks out of
// its name.
func (m *Message) File() (message.Attachment, bool) {
	if m.Type != message.TypeFile {
		return message.Attachment{}, false
	}
	url := first(m.OriginalURL, m.URL, fileURL(m))
	return message.Attachment{URL: url, FileInfo: m.fileInfo()}, url != ""
}

func fileURL(m *Message) string {
	if m.Content.File == nil {
		return ""
	}
	return first(m.Content.File.URL, m.Content.File.OriginalURL)
}

// fileInfo reads what clients and documents say of a file, the clients first.
func (m *Message) fileInfo() message.FileInfo {
	var extra struct {
		FileName      string `json:"fileName"`
		FileExtension string `json:"fileExtension"`
		MIMEType      string `json:"mimeType"`
		Bytes         int64  `json:"bytes"`
		Title         string `json:"title"`
		Mimetype      string `json:"mimetype"`
	}
	_ = m.DecodeExtra(&extra) // what does not decode stays unknown
	name := extra.FileName
	if ext := extra.FileExtension; name != "" && ext != "" && !strings.HasSuffix(name, "."+ext) {
		name += "." + ext
	}
	return message.FileInfo{
		Name:     first(name, extra.Title, m.Body.String()),
		MIMEType: first(extra.MIMEType, extra.Mimetype),
		Bytes:    extra.Bytes,
	}
}

// Location returns the place of a location message. The address may be empty.
func (m *Message) Location() (message.Place, bool) {
	if l := m.line("location"); l != nil {
		return place(l.Latitude, l.Longitude, first(l.Address, l.Title))
	}
	if m.Type != message.TypeLocation {
		return message.Place{}, false
	}
	return place(m.Latitude, m.Longitude, first(m.Body.String(), plainText(m.Extra)))
}

// plainText is the text in an extra that is text, which the mobile client takes
// for an address.
func plainText(extra jsontext.Value) string {
	var s string
	if extra.Kind() != '"' || json.Unmarshal(extra, &s) != nil || strings.HasPrefix(s, "{") {
		return ""
	}
	return s
}

func place(latitude, longitude *float64, address string) (message.Place, bool) {
	if latitude == nil || longitude == nil {
		return message.Place{Address: address}, false
	}
	return message.Place{Latitude: *latitude, Longitude: *longitude, Address: address}, true
}

// Sticker returns the sticker of a sticker message: its ID, as "FunFunFamily-1",
// or the URL of its picture.
func (m *Message) Sticker() (string, bool) {
	if m.Type != message.TypeSticker {
		return "", false
	}
	return m.Content.Sticker, m.Content.Sticker != ""
}

// Template returns the cards of a template message. Its Type may be one that
// no constructor of package message makes.
func (m *Message) Template() (*message.Template, bool) {
	t := m.Content.Template
	if l := m.line("template"); l != nil {
		t = l.Template
	} else if m.Type != message.TypeTemplate {
		t = nil
	}
	return t, t != nil
}

// Flex returns the bubbles of a flex message.
func (m *Message) Flex() (*message.FlexContainer, bool) {
	c := m.Contents
	if l := m.line("flex"); l != nil {
		c = l.Contents
	} else if m.Type != message.TypeFlex {
		c = nil
	}
	return c, c != nil
}

// Encrypted returns the ciphertext of a message in an encrypted room, which a
// bot can only take note of.
func (m *Message) Encrypted() (string, bool) {
	return m.Body.String(), m.Type == "encrypted"
}

// seconds reads a duration, which some clients send as a fraction.
func seconds(s float64) time.Duration { return duration(s, time.Second) }

// duration is 0 for what no duration holds.
func duration(n float64, unit time.Duration) time.Duration {
	if n > 0 && n <= float64(1<<62/unit) {
		return time.Duration(n * float64(unit))
	}
	return 0
}
