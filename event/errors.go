package event

import (
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// What can be wrong with a body; a [*DecodeError] wraps one of these.
var (
	ErrSyntax    = errors.New("not one well-formed JSON document")
	ErrUTF8      = errors.New("not UTF-8")
	ErrDuplicate = errors.New("name stands twice in one object")
	ErrDepth     = errors.New("nested too deep")
	ErrValues    = errors.New("too many values")
	ErrType      = errors.New("wrong JSON type")
	ErrMissing   = errors.New("missing or empty")
	ErrRoom      = errors.New("differs from roomID")
)

// DecodeError tells where a body is wrong. It never repeats the body's content.
type DecodeError struct {
	// Pointer is the JSON pointer (RFC 6901) of the place, empty for the whole
	// document. Names that are not plain identifiers are shown as "?", since the
	// sender chose them.
	Pointer string
	// Err is one of the errors of this package.
	Err error
}

// Error returns the place and the rule, as "event: /roomID: missing or empty".
func (e *DecodeError) Error() string {
	if e.Pointer == "" {
		return "event: " + e.Err.Error()
	}
	return "event: " + e.Pointer + ": " + e.Err.Error()
}

// Unwrap returns Err.
func (e *DecodeError) Unwrap() error { return e.Err }

// typeErrorAt reports a value whose type is wrong where it must not be.
func typeErrorAt(at jsontext.Pointer) error {
	return &DecodeError{Pointer: plain(at), Err: ErrType}
}

// isTypeError reports whether the lenient rules may read what err refused.
func isTypeError(err error) bool {
	var semantic *json.SemanticError
	return errors.As(err, &semantic) && !errors.As(err, new(*jsontext.SyntacticError))
}

// asDecodeError keeps the place and the rule and drops the rest, because the
// decoder's own errors quote the input.
func asDecodeError(err error) error {
	if ours, ok := errors.AsType[*DecodeError](err); ok {
		return ours
	}
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		rule := ErrSyntax
		if errors.Is(err, jsontext.ErrDuplicateName) {
			rule = ErrDuplicate
		}
		return &DecodeError{Pointer: plain(syntax.JSONPointer), Err: rule}
	}
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		return &DecodeError{Pointer: plain(semantic.JSONPointer), Err: ErrType}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &DecodeError{Err: ErrSyntax}
	}
	return &DecodeError{Err: ErrSyntax}
}

// plain replaces the names in p that could carry content.
func plain(p jsontext.Pointer) string {
	var b strings.Builder
	for tok := range p.Tokens() {
		b.WriteByte('/')
		if isIdentifier(tok) {
			b.WriteString(tok)
		} else {
			b.WriteByte('?')
		}
	}
	return b.String()
}

func isIdentifier(s string) bool {
	if s == "" || len(s) > 32 {
		return false
	}
	for _, c := range []byte(s) {
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
