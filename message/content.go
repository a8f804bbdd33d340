package message

import "github.com/go-json-experiment/json/jsontext"

// Content holds the wire fields that differ by message type. Outgoing messages
// and event.Message embed it. The constructors fill it; on an incoming message
// the accessors of event.Message (Images, File, ...) read it across the forms
// that documents and clients use.
type Content struct {
	// Images, and the same for the first of them beside it, is how both clients
	// send pictures. Empty arrays are left out: they break the mobile client.
	OriginalURL  string    `json:"originalUrl,omitzero" validate:"omitempty,mediaurl"`
	ThumbnailURL string    `json:"thumbnailUrl,omitzero" validate:"omitempty,mediaurl"`
	Width        int       `json:"width,omitzero" validate:"gte=0"`  // pixels
	Height       int       `json:"height,omitzero" validate:"gte=0"` // pixels
	Images       []Picture `json:"images,omitempty" validate:"omitempty,dive"`

	// Duration is in seconds, except on call messages: milliseconds (vendor's
	// documents). The web client's recorder sends fractions; outgoing messages
	// have whole seconds, because the mobile client takes a fraction for 0.
	Duration float64 `json:"duration,omitzero" validate:"wholeseconds"`
	Video    *Media  `json:"video,omitzero"` // a second place of a video's fields; the web client sends and prefers it

	Latitude  *float64 `json:"latitude,omitzero" validate:"omitnil,gte=-90,lte=90"`    // degrees
	Longitude *float64 `json:"longitude,omitzero" validate:"omitnil,gte=-180,lte=180"` // degrees

	Sticker string `json:"sticker,omitzero" validate:"omitempty,sticker"` // an ID such as "FunFunFamily-1", or a URL

	URL  string `json:"url,omitzero" validate:"omitempty,mediaurl"` // a file's address by the documents; clients read OriginalURL
	File *Media `json:"file,omitzero"`                              // a third place of a file's address; the mobile client reads it

	Template *Template      `json:"template,omitzero"`
	Contents *FlexContainer `json:"contents,omitzero"`

	// Extra is whatever the sender put there, untouched. Clients send an object,
	// or an object encoded into a string, or plain text.
	Extra jsontext.Value `json:"extra,omitzero" validate:"omitempty,object"`
}

// isZero reports whether no field is set. It is written out because it runs
// for every text reply; a test sets each field in turn.
func (c *Content) isZero() bool {
	return c.OriginalURL == "" && c.ThumbnailURL == "" && c.Width == 0 && c.Height == 0 && c.Images == nil &&
		c.Duration == 0 && c.Video == nil && c.Latitude == nil && c.Longitude == nil && c.Sticker == "" &&
		c.URL == "" && c.File == nil && c.Template == nil && c.Contents == nil && c.Extra == nil
}
