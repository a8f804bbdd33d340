package event

import (
	"time"

	"github.com/funtekco/webhookbot/message"
)

// typeLine is the type of messages bridged from LINE.
const typeLine = "line"

// lineContent is the LINE message object that stands in the extra of such a
// message, as far as it has a native counterpart.
type lineContent struct {
	Type string `json:"type"`

	OriginalContentURL string  `json:"originalContentUrl"`
	PreviewImageURL    string  `json:"previewImageUrl"`
	Duration           float64 `json:"duration"` // milliseconds
	ContentProvider    struct {
		OriginalContentURL string `json:"originalContentUrl"`
		PreviewImageURL    string `json:"previewImageUrl"`
	} `json:"contentProvider"`

	Title     string   `json:"title"`
	Address   string   `json:"address"`
	Latitude  *float64 `json:"latitude"`
	Longitude *float64 `json:"longitude"`

	Template *message.Template      `json:"template"`
	Contents *message.FlexContainer `json:"contents"`
}

// line returns the LINE message of that type which m carries, nil for none.
func (m *Message) line(lineType string) *lineContent {
	if m.Type != typeLine {
		return nil
	}
	l := new(lineContent)
	if m.DecodeExtra(l) != nil || l.Type != lineType {
		return nil
	}
	return l
}

func (l *lineContent) url() string {
	return first(l.OriginalContentURL, l.ContentProvider.OriginalContentURL)
}

func (l *lineContent) thumbnail() string {
	return first(l.PreviewImageURL, l.ContentProvider.PreviewImageURL)
}

func (l *lineContent) length() time.Duration { return duration(l.Duration, time.Millisecond) }
