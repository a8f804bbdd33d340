package event

// DecodeAny is Decode without the reader for plain bodies.
func DecodeAny(body []byte) (Event, error) {
	if err := checkText(body); err != nil {
		return nil, err
	}
	return decodeAny(body, string(body))
}

// IsPlain reports whether the reader for plain bodies takes body.
func IsPlain(body []byte) bool { return readPlain(string(body), &wire{text: string(body)}) }
