//go:build goexperiment.jsonv2 && !go1.27

package event

import "encoding/json/v2"

// errNotHere hands a value back to the decoder. Go 1.26's experimental package
// has its own error for it.
var errNotHere = json.SkipFunc
