package message

import (
	"math"
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Picture is one image of a message. Both clients draw the thumbnail and keep
// the original for the full view.
type Picture struct {
	OriginalURL  string `json:"originalUrl,omitzero" validate:"mediaurl"`
	ThumbnailURL string `json:"thumbnailUrl,omitzero" validate:"mediaurl"` // [Images] takes OriginalURL when empty
	Width        int    `json:"width,omitzero" validate:"gt=0"`            // pixels; without sizes the mobile client draws one pixel
	Height       int    `json:"height,omitzero" validate:"gt=0"`           // pixels
}

// Media is the wire form of a clip or a file that stands in an object of its
// own. Outgoing messages have no use for it.
type Media struct {
	URL          string         `json:"url,omitzero" validate:"omitempty,mediaurl"`
	OriginalURL  string         `json:"originalUrl,omitzero" validate:"omitempty,mediaurl"`
	ThumbnailURL string         `json:"thumbnailUrl,omitzero" validate:"omitempty,mediaurl"`
	Width        int            `json:"width,omitzero" validate:"gte=0"`
	Height       int            `json:"height,omitzero" validate:"gte=0"`
	Duration     float64        `json:"duration,omitzero" validate:"wholeseconds"` // seconds
	Extra        jsontext.Value `json:"extra,omitzero" validate:"omitempty,object"`
}

// Image returns a message of one picture, for which url is the thumbnail too.
// [Images] takes a smaller one. width and height are the picture's, in pixels.
//
// The web client fetches pictures with XMLHttpRequest, so their host must allow
// it (CORS), and the mobile client sends the user's token along: upload to the
// chat server rather than link to a foreign host.
func Image(url string, width, height int) *Message {
	return Images(Picture{OriginalURL: url, Width: width, Height: height})
}

// Images returns a message of one or more pictures.
func Images(pictures ...Picture) *Message {
	m := &Message{Type: TypeImage, Text: "Image"}
	m.setPictures(pictures)
	return m
}

// Mixed returns a text with pictures beneath, which only the web client shows
// in one message. The mobile client shows the text alone: where that matters,
// send the text now and the pictures with another event or through the HTTP API.
func Mixed(text string, pictures ...Picture) *Message {
	m := &Message{Type: TypeMixed, Text: text}
	m.setPictures(pictures)
	return m
}

// setPictures writes the pictures in both places clients look, as the mobile
// client does itself.
func (m *Message) setPictures(pictures []Picture) {
	if len(pictures) == 0 {
		return
	}
	m.Images = slices.Clone(pictures)
	for i := range m.Images {
		if p := &m.Images[i]; p.ThumbnailURL == "" {
			p.ThumbnailURL = p.OriginalURL
		}
	}
	p := m.Images[0]
	m.OriginalURL, m.ThumbnailURL, m.Width, m.Height = p.OriginalURL, p.ThumbnailURL, p.Width, p.Height
}

// Clip is a video.
type Clip struct {
	URL          string
	ThumbnailURL string // a still picture: all that is seen until the video plays
	Width        int    // pixels
	Height       int    // pixels
	Length       time.Duration

	FileInfo // optional; the mobile client reads it
}

// Video returns a message of one video. Length is sent in whole seconds; 0
// leaves it out, and the web client then shows none.
func Video(c Clip) *Message {
	m := &Message{Type: TypeVideo, Text: "Video"}
	m.OriginalURL, m.ThumbnailURL = c.URL, c.ThumbnailURL
	m.Width, m.Height = c.Width, c.Height
	m.Duration = seconds(c.Length)
	if c.FileInfo == (FileInfo{}) {
		return m
	}
	return m.WithFile(c.FileInfo)
}

// Recording is a sound file.
type Recording struct {
	URL    string
	Length time.Duration

	FileInfo // optional; the mobile client shows its name
}

// Audio returns a message of one sound file. The web client plays m4a, mp3,
// wav, aac and webm. length is sent in whole seconds and must be positive,
// since the web client shows "NaN:NaN" without one. [Message.WithFile] adds what
// the mobile client shows of the file.
func Audio(url string, length time.Duration) *Message {
	m := &Message{Type: TypeAudio, Text: "Audio"}
	m.OriginalURL, m.Duration = url, seconds(length)
	return m
}

// seconds rounds to whole seconds; what is longer than nothing is at least one.
func seconds(d time.Duration) float64 {
	if d > 0 && d < time.Second {
		return 1
	}
	return math.Round(d.Seconds())
}
