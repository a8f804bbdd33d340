package message

// Place is a point on the map.
type Place struct {
	Latitude, Longitude float64 // degrees
	Address             string
}

// Location returns a message of a point on the map, in degrees. address is what
// people see: the clients draw no map, and the web client searches for the
// address rather than the point when it is tapped.
func Location(latitude, longitude float64, address string) *Message {
	m := &Message{Type: TypeLocation, Text: address}
	m.Latitude, m.Longitude = &latitude, &longitude
	return m
}
