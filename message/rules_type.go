package message

import (
	"math"

	"github.com/go-json-experiment/json"
)

// checkMessage applies the rules of the message's type. Types it does not know
// are a customer's own and have none.
func checkMessage(c checker, m *Message) {
	switch m.Type {
	case TypeImage, TypeMixed:
		c.require(len(m.Images) > 0, "images", "required")
		c.picture(m)
	case TypeVideo:
		c.require(m.OriginalURL != "", "originalUrl", "required")
		c.picture(m)
	case TypeAudio:
		c.require(m.OriginalURL != "", "originalUrl", "required")
		c.require(!(m.Duration <= 0), "duration", "gt=0")
	case TypeFile:
		c.require(m.OriginalURL != "", "originalUrl", "required")
		c.file(m)
	case TypeLocation:
		c.require(m.Latitude != nil, "latitude", "required")
		c.require(m.Longitude != nil, "longitude", "required")
	case TypeSticker:
		c.require(m.Sticker != "", "sticker", "required")
	case TypeTemplate:
		c.require(m.Template != nil, "template", "required")
	case TypeFlex:
		c.require(m.Contents != nil, "contents", "required")
	}
	c.require(m.Template == nil || m.Type == TypeTemplate || !isKnown(m.Type), "template", "only="+TypeTemplate)
	c.require(m.Contents == nil || m.Type == TypeFlex || !isKnown(m.Type), "contents", "only="+TypeFlex)
}

// picture demands what both clients need to draw the message's still picture.
func (c checker) picture(m *Message) {
	c.require(m.ThumbnailURL != "", "thumbnailUrl", "required")
	c.require(m.Width > 0, "width", "gt=0")
	c.require(m.Height > 0, "height", "gt=0")
}

// file demands name and size, without which the web client shows "NaN" or
// nothing, and the mobile client's cell breaks.
func (c checker) file(m *Message) {
	var extra struct {
		FileName string  `json:"fileName"`
		Bytes    float64 `json:"bytes"`
	}
	err := json.Unmarshal(m.Extra, &extra)
	c.require(err == nil && extra.FileName != "", "extra.fileName", "required")
	c.require(err == nil && extra.Bytes > 0 && extra.Bytes == math.Trunc(extra.Bytes), "extra.bytes", "gt=0")
}

// isKnown reports whether messageType is one of this package's constants.
func isKnown(messageType string) bool {
	switch messageType {
	case TypeText, TypeImage, TypeMixed, TypeVideo, TypeAudio, TypeFile, TypeLocation, TypeSticker,
		TypeAnnouncement, TypeTemplate, TypeFlex:
		return true
	}
	return false
}
