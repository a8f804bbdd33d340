package bot_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/stretchr/testify/require"
)

const ingressLimit = 4096

// TestRow01to21_Ingress is the table of requests that are refused, and of their nearest
// neighbours that are not.
func TestRow01to21_Ingress(t *testing.T) {
	good := text("idle", "m1", "hello")
	header := func(key, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(key, value) }
	}
	add := func(key string, values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header[key] = values }
	}
	method := func(m string) func(*http.Request) { return func(r *http.Request) { r.Method = m } }
	pad := func(n int) string { // a good body of n bytes
		return strings.Replace(good, "hello", strings.Repeat("x", n-len(good)+5), 1)
	}
	chunked := func(r *http.Request) { r.ContentLength = -1 }
	for _, c := range []struct {
		name   string
		body   string
		change func(*http.Request)
		status int
		word   string
		runs   int
		why    string
	}{
		{"00 the good request", good, nil, 200, "", 1, "what all the others are measured against"},
		{"01 GET", good, method("GET"), 405, "method", 0, "webhooks are POSTs"},
		{"01 HEAD", good, method("HEAD"), 405, "method", 0, "webhooks are POSTs"},
		{"01 OPTIONS", good, method("OPTIONS"), 405, "method", 0, "a browser's preflight gets no permission"},
		{"01 PUT", good, method("PUT"), 405, "method", 0, "webhooks are POSTs"},
		{"01 lower case", good, method("post"), 405, "method", 0, "methods are case-sensitive"},
		{"02 no media type", good, add("Content-Type"), 415, "media-type", 0, "a form post of a browser must not get in"},
		{"02 text", good, header("Content-Type", "text/plain"), 415, "media-type", 0, "a browser may send this to other sites"},
		{"02 form", good, header("Content-Type", "application/x-www-form-urlencoded"), 415, "media-type", 0, "likewise"},
		{"02 other JSON", good, header("Content-Type", "application/ld+json"), 415, "media-type", 0, "not what the server sends"},
		{"02 empty", good, header("Content-Type", ""), 415, "media-type", 0, "no type at all"},
		{"02 two headers", good, add("Content-Type", "application/json", "text/plain"), 415, "media-type", 0, "a proxy may have read the other"},
		{"02 comma", good, header("Content-Type", "application/json, text/plain"), 415, "media-type", 0, "the same folded"},
		{"02 latin1", good, header("Content-Type", "application/json; charset=iso-8859-1"), 415, "media-type", 0, "JSON is UTF-8"},
		{"02 empty charset", good, header("Content-Type", "application/json; charset="), 415, "media-type", 0, "parses to a type and an error"},
		{"02 doubled parameter", good, header("Content-Type", "application/json; charset=utf-8; charset=latin1"), 415, "media-type", 0, "two readings"},
		{"02 UTF-8", good, header("Content-Type", "application/json; charset=UTF-8"), 200, "", 1, "the common spelling"},
		{"02 upper case", good, header("Content-Type", "Application/JSON;charset=utf8"), 200, "", 1, "types are not case-sensitive"},
		{"03 gzip", gzipped(good), header("Content-Encoding", "gzip"), 415, "media-type", 0, "a bomb is small until it is opened"},
		{"03 identity", good, header("Content-Encoding", "identity"), 415, "media-type", 0, "nobody sends it"},
		{"04 empty", "", nil, 400, "malformed", 0, "no document"},
		{"04 blank", " \r\n ", nil, 400, "malformed", 0, "no document"},
		{"05 at the limit", pad(ingressLimit), nil, 200, "", 1, "the limit itself is allowed"},
		{"05 over by one", pad(ingressLimit + 1), nil, 413, "too-large", 0, "declared"},
		{"05 chunked at the limit", pad(ingressLimit), chunked, 200, "", 1, "without a declared length"},
		{"05 chunked over by one", pad(ingressLimit + 1), chunked, 413, "too-large", 0, "noticed while reading"},
		{"05 far over", pad(300 << 10), chunked, 413, "too-large", 0, "reading stops at the limit"},
		{"08 truncated", good[:len(good)-2], nil, 400, "malformed", 0, "cut off on the way"},
		{"09 second document", good + good, nil, 400, "malformed", 0, "smuggling"},
		{"09 byte order mark", "\ufeff" + good, nil, 400, "malformed", 0, "not JSON"},
		{"09 UTF-16", "\xff\xfe{\x00}\x00", nil, 400, "malformed", 0, "not UTF-8"},
		{"10 doubled name", strings.Replace(good, `"roomID":"r"`, `"roomID":"r","roomID":"s"`, 1), nil, 400, "malformed", 0, "two readings"},
		{"10 doubled sender", strings.Replace(good, `"sender":{"_id":"ann"}`, `"sender":{"_id":"ann"},"sender":{"nickname":"x"}`, 1), nil, 400, "malformed", 0, "a merge of two people"},
		{"11 EVENT", strings.Replace(good, `"event"`, `"EVENT"`, 1), nil, 400, "malformed", 0, "names are exact"},
		{"11 roomId", strings.Replace(good, `"roomID"`, `"roomId"`, 1), nil, 400, "malformed", 0, "names are exact"},
		{"12 event 7", strings.Replace(good, `"MESSAGE"`, `7`, 1), nil, 400, "malformed", 0, "routes"},
		{"12 room []", strings.Replace(good, `"roomID":"r"`, `"roomID":[]`, 1), nil, 400, "malformed", 0, "routes"},
		{"12 state {}", strings.Replace(good, `"idle"`, `{}`, 1), nil, 400, "malformed", 0, "routes"},
		{"12 sender id 7", strings.Replace(good, `"ann"`, `7`, 1), nil, 400, "malformed", 0, "could be the bot"},
		{"13 nickname 7", strings.Replace(good, `"ann"`, `"ann","nickname":7`, 1), nil, 200, "", 1, "a display name"},
		{"13 time as float", strings.Replace(good, `"_id":"m1"`, `"_id":"m1","messageTimeMS":1545461549380.0`, 1), nil, 200, "", 1, "one number type in JavaScript"},
		{"14 null document", `null`, nil, 400, "malformed", 0, "no event"},
		{"14 null event", strings.Replace(good, `"MESSAGE"`, `null`, 1), nil, 400, "malformed", 0, "no event"},
		{"14 null data", `{"roomID":"r","event":"MESSAGE","data":null}`, nil, 200, "", 0, "a sender nobody knows may be the bot"},
		{"14 null sender", strings.Replace(good, `{"_id":"ann"}`, `null`, 1), nil, 200, "", 0, "likewise"},
		{"15 unknown event", `{"roomID":"r","event":"ROOM_FROZEN","data":{"by":"x"}}`, nil, 200, "", 1, "the set is open"},
		{"15 unknown field", strings.Replace(good, `"_id":"m1"`, `"_id":"m1","x":{"y":[1]}`, 1), nil, 200, "", 1, "servers grow"},
		{"16 room in data only", `{"event":"MESSAGE","data":{"room":"r","_id":"m1","message":"x","sender":{"_id":"ann"}}}`, nil, 200, "", 1, "the spec's data repeats it"},
		{"16 both", `{"roomID":"r","event":"MESSAGE","data":{"room":"r","_id":"m1","message":"x","sender":{"_id":"ann"}}}`, nil, 200, "", 1, "they agree"},
		{"16 they differ", `{"roomID":"r","event":"MESSAGE","data":{"room":"s","_id":"m1","message":"x","sender":{"_id":"ann"}}}`, nil, 400, "malformed", 0, "one is a lie"},
		{"16 neither", `{"event":"MESSAGE","data":{"_id":"m1","message":"x","sender":{"_id":"ann"}}}`, nil, 400, "malformed", 0, "nowhere to answer"},
		{"17 deep", `{"roomID":"r","event":"X","data":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + `}`, nil, 200, "", 1, "64 levels are allowed"},
		{"17 deeper", `{"roomID":"r","event":"X","data":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, nil, 400, "malformed", 0, "65 are not"},
		{"17 recursive reply", strings.Replace(good, `"_id":"m1"`, `"_id":"m1","reply":`+strings.Repeat(`{"reply":`, 70)+`null`+strings.Repeat(`}`, 70), 1), nil, 400, "malformed", 0, "each level costs"},
		{"18 bad UTF-8", strings.Replace(good, "hello", "\xff", 1), nil, 400, "malformed", 0, "would be changed silently"},
		{"19 lone surrogate", strings.Replace(good, "hello", `\ud83d`, 1), nil, 200, "", 1, "clients send half an emoji"},
		{"20 huge number", strings.Replace(good, `"_id":"m1"`, `"_id":"m1","width":1e400,"n":9007199254740993`, 1), nil, 200, "", 1, "kept as it came"},
		{"21 many names", strings.Replace(good, `"_id":"m1"`, `"_id":"m1"`+manyNames(200), 1), nil, 200, "", 1, "within the size"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, calls := counting(t, bot.Config{Limits: bot.Limits{MaxBody: ingressLimit}})
			r := request(c.body)
			body := &countingBody{Reader: strings.NewReader(c.body)}
			r.Body = body
			if c.change != nil {
				c.change(r)
			}
			w := serve(b, r)
			require.Equal(t, c.status, w.Code, c.why)
			require.Equal(t, c.word, w.Header().Get("X-Bot-Error"))
			require.Equal(t, "application/json", w.Header().Get("Content-Type"))
			require.EqualValues(t, c.runs, calls.Load(), "handler calls: %s", c.why)
			requireEnvelope(t, w.Body.Bytes())
			if c.runs == 0 {
				require.Equal(t, noop, w.Body.String())
			}
			require.LessOrEqual(t, body.n, int64(ingressLimit+512), "read on after the limit")
			switch c.status {
			case 405:
				require.Equal(t, "POST", w.Header().Get("Allow"))
			case 413:
				require.Equal(t, "close", w.Header().Get("Connection"))
			case 415:
				require.Equal(t, "application/json", w.Header().Get("Accept-Post"))
				require.Zero(t, body.n, "body read before the type was known")
			}
		})
	}
}

// A null at any place of the spec's MESSAGE has a documented answer.
func TestRow14_NullAtEachPath(t *testing.T) {
	for name, want := range map[string]int{"roomID": 200, "event": 400, "data": 200} {
		b, _ := counting(t, bot.Config{})
		body := nulled(t, testdata(t, "spec_message"), name)
		require.Equal(t, want, post(b, body).Code, name)
	}
	for _, name := range []string{
		"_id", "message", "room", "sender", "messageType", "appID", "__v", "messageTime", "messageTimeMS", "id",
	} {
		b, _ := counting(t, bot.Config{})
		w := post(b, nulledIn(t, testdata(t, "spec_message"), "data", name))
		require.Equal(t, 200, w.Code, name)
		requireEnvelope(t, w.Body.Bytes())
	}
}

func gzipped(s string) string {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return buf.String()
}

// A compressed body is refused before a byte of it is read.
func TestRow03_GzipBomb(t *testing.T) {
	b, calls := counting(t, bot.Config{})
	r := request("")
	body := &countingBody{Reader: io.LimitReader(zeros{}, 1<<30)}
	r.Body, r.ContentLength = body, -1
	r.Header.Set("Content-Encoding", "gzip")
	require.Equal(t, 415, serve(b, r).Code)
	require.Zero(t, body.n)
	require.Zero(t, calls.Load())
}

// Refused senders cost no reading; the two kinds of refusal look the same.
func TestRow22to26_Verify(t *testing.T) {
	const other = "another long secret value"
	header := func(values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header["X-Bot-Secret"] = values }
	}
	path := func(p string) func(*http.Request) { return func(r *http.Request) { r.URL.Path = p } }
	from := func(addr string, headers ...string) func(*http.Request) {
		return func(r *http.Request) {
			r.RemoteAddr = addr
			for _, h := range headers {
				r.Header.Set(h, "x")
			}
		}
	}
	one, two := bot.SecretHeader("X-Bot-Secret", secret), bot.SecretHeader("x-bot-secret", other, secret)
	inPath, basic := bot.SecretPath(secret), bot.BasicAuth("imkit", secret)
	for _, c := range []struct {
		name   string
		verify bot.Verifier
		change func(*http.Request)
		ok     bool
		why    string
	}{
		{"22 right", one, header(secret), true, "the secret itself"},
		{"22 missing", one, nil, false, "no header"},
		{"22 wrong", one, header("not the secret, no"), false, "another value"},
		{"22 prefix", one, header(secret[:20]), false, "a part of it"},
		{"22 longer", one, header(secret + "x"), false, "more than it"},
		{"22 empty", one, header(""), false, "an empty value"},
		{"23 two headers", one, header(secret, secret), false, "a proxy may have checked the other"},
		{"23 comma-joined", one, header(secret + ", " + secret), false, "the same folded"},
		{"24 huge", one, header(strings.Repeat("x", 64<<10)), false, "hashing it would cost"},
		{"26 old", two, header(secret), true, "rotation: both are good"},
		{"26 new", two, header(other), true, "rotation: both are good"},
		{"26 removed", bot.SecretHeader("X-Bot-Secret", other), header(secret), false, "rotation: the old one is gone"},
		{"path", inPath, path("/webhook/" + secret), true, "last segment"},
		{"path with slash", inPath, path("/webhook//" + secret + "/"), true, "a server that joins prefix and key carelessly"},
		{"path without", inPath, path("/webhook"), false, "no secret"},
		{"path in front", inPath, path("/" + secret + "/webhook"), false, "not the last segment"},
		{"basic", basic, func(r *http.Request) { r.SetBasicAuth("imkit", secret) }, true, "user and password"},
		{"basic other user", basic, func(r *http.Request) { r.SetBasicAuth("admin", secret) }, false, "user counts"},
		{"basic shifted colon", basic, func(r *http.Request) { r.SetBasicAuth("imkit:correct", secret) }, false, "user and password are not one string"},
		{"basic missing", basic, nil, false, "no header"},
		{"loopback", nil, from("127.0.0.1:1"), true, "the default on a laptop"},
		{"loopback IPv6", nil, from("[::1]:1"), true, "the default on a laptop"},
		{"loopback mapped", nil, from("[::ffff:127.0.0.1]:1"), true, "the same address"},
		{"other host", nil, from("192.0.2.1:1"), false, "the default on the internet"},
		{"private host", nil, from("10.0.0.1:1"), false, "a neighbour is not this machine"},
		{"no address", nil, from("@"), false, "a Unix socket tells nothing"},
		{"forwarded", nil, from("127.0.0.1:1", "X-Forwarded-For"), false, "a proxy on this machine serves the internet"},
		{"forwarded new", nil, from("127.0.0.1:1", "Forwarded"), false, "likewise"},
		{"browser", nil, from("127.0.0.1:1", "Origin"), false, "a page that was led to this machine"},
		{"real IP", nil, from("127.0.0.1:1", "X-Real-Ip"), false, "likewise"},
		{"insecure", bot.InsecureNoVerify, from("192.0.2.1:1"), true, "asked for by name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, calls := counting(t, bot.Config{Verify: c.verify})
			r := request(text("", "m1", "x"))
			body := &countingBody{Reader: strings.NewReader(text("", "m1", "x"))}
			r.Body = body
			if c.change != nil {
				c.change(r)
			}
			w := serve(b, r)
			if c.ok {
				require.Equal(t, 200, w.Code, c.why)
				require.EqualValues(t, 1, calls.Load())
				return
			}
			require.Equal(t, 401, w.Code, c.why)
			require.Equal(t, noop, w.Body.String())
			require.Equal(t, "unverified", w.Header().Get("X-Bot-Error"))
			require.NotEmpty(t, w.Header().Get("WWW-Authenticate"))
			require.Zero(t, body.n, "body read of an unverified request")
			require.Zero(t, calls.Load())
		})
	}
}

// A sender that asks before it sends is refused before it sends.
func TestRow22_ExpectContinue(t *testing.T) {
	b, _ := counting(t, bot.Config{Verify: bot.SecretHeader("X-Bot-Secret", secret)})
	srv := httptest.NewServer(b)
	defer srv.Close()
	body := &countingBody{Reader: strings.NewReader(text("", "m1", "x"))}
	r, err := http.NewRequest(http.MethodPost, srv.URL, body)
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Expect", "100-continue")
	tr := &http.Transport{ExpectContinueTimeout: 1e10}
	defer tr.CloseIdleConnections()
	resp, err := tr.RoundTrip(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, 401, resp.StatusCode)
	require.Zero(t, body.n)
}

// Secrets that cannot work, or can be guessed, are refused at the start.
func TestRow25_BadSecrets(t *testing.T) {
	for name, v := range map[string]bot.Verifier{
		"none":        bot.SecretHeader("X-Bot-Secret"),
		"empty":       bot.SecretHeader("X-Bot-Secret", ""),
		"second":      bot.SecretHeader("X-Bot-Secret", secret, ""),
		"short":       bot.SecretHeader("X-Bot-Secret", "fifteen letters"),
		"newline":     bot.SecretHeader("X-Bot-Secret", secret+"\n"),
		"blank":       bot.SecretPath(" " + secret),
		"no header":   bot.SecretHeader("", secret),
		"no user":     bot.BasicAuth("", secret),
		"colon user":  bot.BasicAuth("a:b", secret),
		"no password": bot.BasicAuth("imkit"),
		"slash":       bot.SecretPath("a secret/with a slash"),
		"zero":        &bot.Secrets{},
		"nil":         (*bot.Secrets)(nil),
	} {
		_, err := bot.New(bot.Config{Verify: v})
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), secret, name)
	}
}
