//go:build !goexperiment.jsonv2 || go1.27

package event

import "errors"

// errNotHere hands a value back to the decoder.
var errNotHere = errors.ErrUnsupported
