package chatapi

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// answer is the body of any answer. The vendor's documents have two forms of
// success and three of failure, and no two pages agree on which comes when:
//
//	{"RC":0,"RM":"OK","result":{"_id":...}}
//	{"_id":...}
//	{"RC":401,"RM":"Unauthorized","error":{"code":"INVALID_API_KEY","message":"..."}}
//	{"error":"RATE_LIMIT_EXCEEDED","message":"...","retryAfter":60}
//	{"RC":400,"RM":"..."}
//
// The members are raw, because in a bare success any of these names may mean
// something else: a message has a "message" of its own.
type answer struct {
	RC         jsontext.Value `json:"RC"`
	RM         jsontext.Value `json:"RM"`
	Result     jsontext.Value `json:"result"`
	Error      jsontext.Value `json:"error"`
	Message    jsontext.Value `json:"message"`
	RetryAfter jsontext.Value `json:"retryAfter"`

	object // of a bare success
}

// object is a message or a room, which have their ID twice (spec).
type object struct {
	MongoID jsontext.Value `json:"_id"`
	ID      jsontext.Value `json:"id"`
}

// detail is what stands in "error" in the first form of failure.
type detail struct {
	Code    jsontext.Value `json:"code"`
	Message jsontext.Value `json:"message"`
}

// lax passes what clients put into messages, such as half an emoji.
var lax = json.JoinOptions(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))

func decodeAnswer(body []byte) (a answer, readable bool) {
	if json.Unmarshal(body, &a, lax) != nil {
		return answer{}, false
	}
	return a, true
}

// rc returns the envelope's return code, false when there is none.
func (a *answer) rc() (int, bool) {
	rc, err := strconv.Atoi(number(a.RC))
	return rc, err == nil
}

// refused reports whether the answer is one of the forms of failure. Beside an
// RC nothing else counts; RM is not always "OK" in a success (vendor's
// documents).
func (a *answer) refused() bool {
	if rc, ok := a.rc(); ok {
		return rc != 0
	}
	kind := a.Error.Kind()
	return kind == '"' || kind == '{'
}

// accepted reports whether the answer is one of the forms of success. A bare one
// needs an ID, or else any page of JSON would do.
func (a *answer) accepted() bool {
	rc, ok := a.rc()
	return ok && rc == 0 || !ok && a.object.id() != ""
}

// id returns the ID of what was made or changed, "" for none.
func (a *answer) id() string {
	if _, enveloped := a.rc(); !enveloped {
		return a.object.id()
	}
	var result object
	if json.Unmarshal(a.Result, &result, lax) != nil {
		return ""
	}
	return result.id()
}

func (o *object) id() string {
	if id := text(o.MongoID); id != "" {
		return id
	}
	return text(o.ID)
}

// describe copies what the server says about a failure.
func (a *answer) describe(e *Error, redact func(string) string) {
	e.RC, _ = a.rc()
	code, says := text(a.Error), []jsontext.Value{a.Message, a.RM}
	var d detail
	if a.Error.Kind() == '{' && json.Unmarshal(a.Error, &d, lax) == nil {
		code, says = text(d.Code), []jsontext.Value{d.Message, a.RM}
	}
	if isCode(code) && redact(code) == code {
		e.Code = code
	}
	for _, v := range says {
		if e.Message == "" {
			e.Message = printable(redact(text(v)), 256)
		}
	}
}

// isCode reports whether s is a word like MESSAGE_NOT_FOUND, fit for an error's
// text.
func isCode(s string) bool {
	return len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.", r)
	})
}

// text returns a JSON string's value, "" for anything else.
func text(v jsontext.Value) string {
	var s string
	if v.Kind() != '"' || json.Unmarshal(v, &s, lax) != nil {
		return ""
	}
	return s
}

// number returns the text of a JSON number, or of one in a string.
func number(v jsontext.Value) string {
	if v.Kind() == '0' {
		return string(v)
	}
	return text(v)
}

// printable cuts s to max bytes and replaces what could break or reorder a line.
func printable(s string, max int) string {
	s = strings.ToValidUTF8(s[:min(len(s), max)], "?")
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}
