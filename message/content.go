package message

import "github.com/go-json-experiment/json/jsontext"

// Content holds the wire fields that differ by message type, shared by outgoing and incoming messages.
type Content struct {
	OriginalURL  string         `json:"originalUrl,omitzero"`
	ThumbnailURL string         `json:"thumbnailUrl,omitzero"`
	Width        int            `json:"width,omitzero"`
	Height       int            `json:"height,omitzero"`
	Duration     float64        `json:"duration,omitzero"`
	Extra        jsontext.Value `json:"extra,omitzero"`
}
