package bot_test

import (
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/stretchr/testify/require"
)

// jsonCases are JSON texts that decoders disagree about, with this bot's
// verdict on each. A change of any verdict is a change of the contract.
var jsonCases = []struct {
	name, text string
	valid      bool
}{
	// Structure.
	{"empty object", `{}`, true},
	{"empty array", `[]`, true},
	{"nested", `[[[{"a":[{}]}]]]`, true},
	{"blanks everywhere", " [ 1 ,\t{ \"a\" :\n2 } ]\r\n", true},
	{"open array", `[1`, false},
	{"open object", `{"a":1`, false},
	{"closed twice", `[1]]`, false},
	{"mixed brackets", `[1}`, false},
	{"trailing comma in array", `[1,]`, false},
	{"trailing comma in object", `{"a":1,}`, false},
	{"leading comma", `[,1]`, false},
	{"double comma", `[1,,2]`, false},
	{"only a comma", `[,]`, false},
	{"missing comma", `[1 2]`, false},
	{"missing colon", `{"a" 1}`, false},
	{"double colon", `{"a"::1}`, false},
	{"colon in array", `["a":1]`, false},
	{"no value", `{"a":}`, false},
	{"no name", `{:1}`, false},
	{"bare name", `{a:1}`, false},
	{"single quotes", `{'a':1}`, false},
	{"number as name", `{1:1}`, false},
	{"name twice", `{"a":1,"a":2}`, false},
	{"name twice by escape", `{"a":1,"\u0061":2}`, false},
	{"empty name", `{"":0}`, true},
	{"star", `[*]`, false},
	{"form feed between", "[\f1]", false},
	{"vertical tab between", "[\v1]", false},
	{"no-break space between", "[\u00a01]", false},
	{"NUL at the end", "[1]\x00", false},
	{"comment", `[1/*x*/]`, false},
	{"line comment", "[1//x\n]", false},
	{"hash comment", "#x\n[1]", false},
	{"two documents", `[] []`, false},
	{"garbage behind", `[]x`, false},
	// Literals.
	{"literals", `[true,false,null]`, true},
	{"capitals", `[True]`, false},
	{"cut literal", `[tru]`, false},
	{"long literal", `[nulls]`, false},
	{"undefined", `[undefined]`, false},
	// Numbers.
	{"zero", `[0]`, true},
	{"minus zero", `[-0]`, true},
	{"exponents", `[1e5,1E+5,1e-5,0e0,0.5e1]`, true},
	{"huge exponent", `[1e400]`, true},
	{"tiny exponent", `[1e-400]`, true},
	{"long integer", `[123123123123123123123123123123]`, true},
	{"over int64", `[9223372036854775808]`, true},
	{"leading zero", `[012]`, false},
	{"minus leading zero", `[-012]`, false},
	{"plus", `[+1]`, false},
	{"minus alone", `[-]`, false},
	{"bare dot", `[.5]`, false},
	{"dot at the end", `[5.]`, false},
	{"dot e", `[1.e1]`, false},
	{"e alone", `[1e]`, false},
	{"e plus alone", `[1e+]`, false},
	{"two dots", `[1.2.3]`, false},
	{"hexadecimal", `[0x1]`, false},
	{"binary", `[0b1]`, false},
	{"underscore", `[1_000]`, false},
	{"NaN", `[NaN]`, false},
	{"Infinity", `[Infinity]`, false},
	{"minus Infinity", `[-Infinity]`, false},
	{"full-width digit", "[\uff11]", false},
	{"minus minus", `[--1]`, false},
	// Strings.
	{"escapes", `["\"\\\/\b\f\n\r\t\u00e9"]`, true},
	{"pair of surrogates", `["\ud83d\ude00"]`, true},
	{"lone high surrogate", `["\ud83d"]`, true},
	{"lone low surrogate", `["\ude00"]`, true},
	{"swapped surrogates", `["\ude00\ud83d"]`, true},
	{"escaped NUL", `["\u0000"]`, true},
	{"noncharacter", `["\uffff"]`, true},
	{"DEL", "[\"\x7f\"]", true},
	{"line separator", "[\"\u2028\"]", true},
	{"four bytes", "[\"\U0001f600\"]", true},
	{"raw newline", "[\"a\nb\"]", false},
	{"raw tab", "[\"a\tb\"]", false},
	{"raw NUL", "[\"a\x00b\"]", false},
	{"bad escape", `["\x41"]`, false},
	{"short escape", `["\u00e"]`, false},
	{"escape no hex", `["\u00zz"]`, false},
	{"capital U escape", `["\U00e9"]`, false},
	{"escape at the end", `["\`, false},
	{"open string", `["a`, false},
	{"lone quote", `["]`, false},
	{"invalid UTF-8", "[\"\xff\"]", false},
	{"overlong UTF-8", "[\"\xc0\xaf\"]", false},
	{"raw surrogate", "[\"\xed\xa0\x80\"]", false},
	{"cut UTF-8", "[\"\xe2\x82\"]", false},
	{"over the last code point", "[\"\xf4\xbf\xbf\xbf\"]", false},
	{"Latin-1", "[\"\xe9\"]", false},
}

// Each text stands as an unknown field of a message's data, in its extra and as
// the data of an unknown event.
func TestRow09_JSON_AsData(t *testing.T) {
	for _, c := range jsonCases {
		for place, body := range map[string]string{
			"field": `{"roomID":"r","event":"MESSAGE","data":{"sender":{"_id":"ann"},"x":` + c.text + `}}`,
			"extra": `{"roomID":"r","event":"MESSAGE","data":{"extra":` + c.text + `,"sender":{"_id":"ann"}}}`,
			"event": `{"roomID":"r","event":"SOMETHING","data":` + c.text + `}`,
		} {
			b, calls := counting(t, bot.Config{})
			w := post(b, body)
			requireEnvelope(t, w.Body.Bytes())
			want := 400
			if c.valid {
				want = 200
			}
			require.Equal(t, want, w.Code, "%s as %s", c.name, place)
			require.Equal(t, c.valid, calls.Load() == 1, "%s as %s", c.name, place)
		}
	}
}

// Each text as the whole body is no event, whatever it is as JSON.
func TestRow09_JSON_AsBody(t *testing.T) {
	texts := []string{"", " ", "{}", "[]", `""`, "0", "null", "true", "\ufeff{}", "\x00", "\xff\xfe[\x00]\x00", strings.Repeat("[", 100_000)}
	for _, c := range jsonCases {
		texts = append(texts, c.text)
	}
	for _, text := range texts {
		b, calls := counting(t, bot.Config{})
		w := post(b, text)
		require.Equal(t, 400, w.Code, "%.40q", text)
		require.Equal(t, noop, w.Body.String())
		require.Equal(t, "malformed", w.Header().Get("X-Bot-Error"))
		require.Zero(t, calls.Load())
	}
}
