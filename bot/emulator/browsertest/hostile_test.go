package browsertest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// payloads are what would run in a page that puts texts into markup. Each sets
// window.pwned, opens a dialog or calls the canary.
func payloads(canary string) []string {
	return []string{
		`<script>pwned=1</script>`, `<img src=x onerror=pwned=1>`, `<svg onload=pwned=1>`, `<svg><script>pwned=1</script></svg>`,
		`"><img src=x onerror=alert(1)>`, `'><script>alert(1)</script>`, `<iframe srcdoc="<script>parent.pwned=1</script>">`, `<iframe src="` + canary + `">`,
		`<a href="javascript:pwned=1">x</a>`, `[x](javascript:pwned=1)`, `[x](JaVaScRiPt:pwned=1)`, `[x](data:text/html,<script>alert(1)</script>)`, `[x](vbscript:x)`,
		`javascript:pwned=1`, "java\nscript:pwned=1", ` javascript:pwned=1`, `<javascript:pwned=1>`,
		`![x](` + canary + `/img)`, `![x](javascript:pwned=1)`, `<img src="` + canary + `/img">`, `<style>@import "` + canary + `/css";</style>`, `<link rel=stylesheet href="` + canary + `/css">`,
		`<body onload=pwned=1>`, `<details open ontoggle=pwned=1>`, `<math><mtext><table><mglyph><style><img src=x onerror=pwned=1>`, `<noscript><p title="</noscript><img src=x onerror=pwned=1>">`,
		`&lt;img src=x onerror=pwned=1&gt;`, `&#60;script&#62;pwned=1&#60;/script&#62;`, `\<img src=x onerror=pwned=1\>`, "`<img src=x onerror=pwned=1>`", "```\n<script>pwned=1</script>\n```",
		`{{constructor.constructor('pwned=1')()}}`, `${pwned=1}`, `__proto__`, `constructor`, `</title><script>pwned=1</script>`, `-->`, `]]>`, `"onfocus="pwned=1" autofocus="`, `url(` + canary + `/bg)`, `red;background:url(` + canary + `/bg)`, `expression(pwned=1)`,
		"\u202e\u2066evil\u0000", "\u2028pwned=1\u2029", strings.Repeat("<b>", 300), strings.Repeat("> ", 2000) + "x", strings.Repeat("*a_", 3000), strings.Repeat("[", 5000), strings.Repeat("&#x", 3000), strings.Repeat("`", 4000), strings.Repeat("a*", 3000),
	}
}

// everywhere is a payload in every place of every type.
func everywhere(p string) []string {
	q, _ := json.Marshal(p)
	s := string(q)
	var all []string
	for _, m := range []string{
		`{"messageType":"text","message":%s}`, `{"messageType":%s,"message":%[1]s}`, `{"messageType":"announcement","message":%s}`,
		`{"messageType":"image","message":"x","originalUrl":%s,"thumbnailUrl":%[1]s,"width":1,"height":1}`, `{"messageType":"mixed","message":%s,"images":[{"originalUrl":%[1]s,"thumbnailUrl":%[1]s}]}`,
		`{"messageType":"video","message":"x","originalUrl":%s,"thumbnailUrl":%[1]s,"duration":1}`, `{"messageType":"audio","message":%s,"originalUrl":%[1]s,"duration":1}`,
		`{"messageType":"file","message":%s,"originalUrl":%[1]s,"url":%[1]s,"extra":{"fileName":%[1]s,"fileExtension":%[1]s,"bytes":1}}`,
		`{"messageType":"location","message":%s,"latitude":1,"longitude":1}`, `{"messageType":"sticker","message":"x","sticker":%s}`,
		`{"messageType":"template","message":"x","template":{"type":"buttons","title":%s,"text":%[1]s,"thumbnailImageUrl":%[1]s,"imageBackgroundColor":%[1]s,"actions":[{"type":"uri","label":%[1]s,"uri":%[1]s},{"type":"message","label":%[1]s,"text":%[1]s}],"quickReply":{"items":[{"action":{"type":"uri","label":%[1]s,"uri":%[1]s}}]}}}`,
		`{"messageType":"template","message":"x","template":{"type":"carousel","columns":[{"title":%s,"text":%[1]s,"openQuickReply":true,"actions":[{"type":%[1]s,"label":%[1]s}]}]}}`,
		`{"messageType":"template","message":"x","template":{"type":"image_carousel","columns":[{"imageUrl":%s,"action":{"type":"uri","label":%[1]s,"uri":%[1]s}}]}}`,
		`{"messageType":"flex","message":"x","contents":{"type":"bubble","size":%s,"hero":{"type":"image","url":%[1]s,"aspectRatio":%[1]s},"styles":{"body":{"backgroundColor":%[1]s}},"body":{"type":"box","layout":%[1]s,"backgroundColor":%[1]s,"width":%[1]s,"spacing":%[1]s,"contents":[{"type":"text","text":%[1]s,"color":%[1]s,"size":%[1]s},{"type":"icon","url":%[1]s},{"type":"button","style":"primary","color":%[1]s,"action":{"type":"uri","label":%[1]s,"uri":%[1]s}}]}}}`,
		`{"messageType":"ai_streaming","text":%s}`, `{"messageType":"addMembers","extra":{"invitees":[{"_id":%s,"nickname":%[1]s}]}}`, `{"messageType":"text","message":"x","reply":{"_id":"n","message":%s,"sender":{"_id":%[1]s,"nickname":%[1]s}}}`,
	} {
		all = append(all, fmt.Sprintf(m, s))
	}
	return all
}

// TestRow52Payloads puts scripts wherever a text may stand: nothing runs, nothing
// is loaded, nothing fails.
func TestRow52Payloads(t *testing.T) {
	var called atomic.Int32
	canary := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called.Add(1) }))
	defer canary.Close()
	url := serve(t, emulator.Config{})
	w := open(t, browser(t), url, wide)
	str := func(s string) string { b, _ := json.Marshal(strings.ReplaceAll(s, "\u0000", "")); return string(b) }

	for i, p := range payloads(canary.URL) {
		// As somebody's nickname and ID, as a room's name and its state.
		short := p[:min(len(p), 90)]
		post(t, url, "/api/users", `{"_id":`+str(short)+`,"nickname":`+str(p)+`}`)
		name := fmt.Sprintf("%d %s", i, short)
		post(t, url, "/api/rooms", `{"id":`+str(name)+`,"state":`+str(p)+`}`)
		post(t, url, "/api/rooms/demo/acts", `{"verb":"joins","who":`+str(short)+`}`)
		post(t, url, "/api/rooms/demo/acts", `{"verb":"at","state":`+str(p)+`}`)
		for _, m := range everywhere(p) {
			post(t, url, "/api/rooms/demo/acts", `{"verb":"says","who":`+str(short)+`,"message":`+m+`}`)
			if i%4 == 0 { // from a bot, which takes as long again
				post(t, url, "/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":{"messageType":"text","message":`+str("message "+m)+`}}`)
			}
		}
		post(t, url, "/api/rooms/demo/acts", `{"verb":"event","who":"ann","kind":`+str(p)+`,"data":`+str(p)+`}`)
	}
	w.until("document.querySelectorAll('#timeline > *').length > 300")
	for _, tab := range []string{"Turns", "State", "Faults", "Test"} {
		w.button(tab)
	}
	// Scroll through all of it, so that all of it is drawn, and press everything.
	js[bool](w, `globalThis.over = false, (async () => { const s = document.getElementById("scroll");
		for (let i = 0; i < 400; i++) { s.scrollTop -= 700; if (i % 10 === 0) document.querySelectorAll("#timeline button.action, #timeline .imagebutton").forEach((b) => { if (!b.pressed) { b.pressed = true; b.click(); } }); await new Promise(requestAnimationFrame); }
		over = true })(), true`)
	ctxUntil(w, "over", 90*time.Second)
	require.Zero(t, js[int](w, "Number(globalThis.pwned ?? 0)"))
	require.Zero(t, js[int](w, `document.querySelectorAll("#app script, iframe, object, embed, style, link[rel=stylesheet]:not([href^=css]), [onerror], [onload], [onfocus], [srcdoc]").length`))
	require.Empty(t, js[[]string](w, `[...document.querySelectorAll("a[href], img, video, audio")].map((e) => e.href ?? e.src).filter((u) => !/^(https?|mailto|tel|blob):/.test(u))`))
	require.Empty(t, js[[]string](w, `[...document.querySelectorAll("img, video, audio, source")].map((e) => e.currentSrc || e.src).filter((u) => !u.startsWith(location.origin))`))
	require.Zero(t, called.Load(), "row 51: nothing is loaded from elsewhere")

	w.run(chromedp.Reload(), chromedp.WaitVisible(compose))
	w.until("document.querySelectorAll('#timeline > *').length > 10")
	require.Zero(t, js[int](w, "Number(globalThis.pwned ?? 0)"))
	require.Zero(t, called.Load())
}

// TestRow51Browser is the same for each address that a message may hold.
func TestRow51NothingIsLoaded(t *testing.T) {
	var called atomic.Int32
	canary := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called.Add(1) }))
	defer canary.Close()
	w := newPage(t, wide)
	for _, m := range everywhere(canary.URL + "/a.png") {
		post(t, w.url, "/api/rooms/demo/acts", fmt.Sprintf(`{"verb":"says","who":"ann","message":{"messageType":"text","message":%q}}`, "message "+m))
	}
	post(t, w.url, "/api/users", `{"_id":"eve","nickname":"Eve","avatarUrl":"`+canary.URL+`/avatar"}`)
	post(t, w.url, "/api/rooms/demo/acts", `{"verb":"joins","who":"eve"}`)
	w.says("Eve joined")
	w.until("document.querySelectorAll('.picture.absent').length > 3")
	require.Contains(t, w.text("#timeline"), canary.URL+"/a.png", "the address is shown")
	require.Zero(t, called.Load())
}

// TestRow52Policy shows that the browser enforces the policy, should a script ever
// get in.
func TestRow52Policy(t *testing.T) {
	w := newPage(t, wide)
	for _, try := range []string{
		`(() => { try { document.body.innerHTML = "x"; return "ran" } catch { return "refused" } })()`,
		`(() => { try { setTimeout("globalThis.pwned = 1", 0); return "ran" } catch { return "refused" } })()`,
		`(() => { try { document.createElement("script").text = "pwned = 1"; return "ran" } catch { return "refused" } })()`,
	} {
		require.Equal(t, "refused", js[string](w, try), try)
	}
	w.forgive()
}

// TestRow53AnotherSite lets a page of another port try to use the emulator.
func TestRow53AnotherSite(t *testing.T) {
	target := serve(t, emulator.Config{})
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<form method=post enctype="text/plain" action="%s/api/users"><input name='{"_id":"mallory","x":"' value='"}'></form><title>evil</title>`, target)
	}))
	defer evil.Close()
	w := bare(t, browser(t), evil.URL)
	for _, try := range []string{
		`fetch("%s/api/users", {method: "POST", body: '{"_id":"mallory"}', headers: {"Content-Type": "application/json"}})`,
		`fetch("%s/api/users", {method: "POST", mode: "no-cors", body: '{"_id":"mallory"}'})`,
		`fetch("%s/api/state")`,
		`new Promise((ok, no) => { const s = new EventSource("%s/api/stream"); s.onmessage = ok; s.onerror = no })`,
		`new Promise((ok, no) => { const s = document.createElement("script"); s.src = "%s/js/app.js"; s.onload = ok; s.onerror = no; document.head.append(s) })`,
	} {
		js[bool](w, `globalThis.result = "", `+fmt.Sprintf(try, target)+`.then((r) => { result = r?.type === "opaque" ? "opaque" : "read" }, () => { result = "refused" }), true`)
		w.until("globalThis.result")
		require.NotEqual(t, "read", js[string](w, "result"), try)
	}
	answer, err := chromedp.RunResponse(w.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool]("document.forms[0].submit(), true")(ctx, t)
		return err
	}))
	require.NoError(t, err)
	require.EqualValues(t, http.StatusForbidden, answer.Status)
	res, err := http.Get(target + "/api/state")
	require.NoError(t, err)
	defer res.Body.Close()
	var b strings.Builder
	require.NoError(t, res.Write(&b))
	require.NotContains(t, b.String(), "mallory")
}

// TestRow54Rebinding lets a foreign name point to the emulator, as an attacker's
// name server would.
func TestRow54Rebinding(t *testing.T) {
	target := serve(t, emulator.Config{})
	_, port, err := net.SplitHostPort(strings.TrimPrefix(target, "http://"))
	require.NoError(t, err)
	ctx := browser(t, chromedp.Flag("host-resolver-rules", "MAP evil.example 127.0.0.1"))
	w := bare(t, ctx, "http://evil.example:"+port+"/")
	require.Contains(t, w.text("body"), "this host name is not one of the emulator's")
	js[bool](w, `globalThis.result = 0, fetch("/api/state").then((r) => { result = r.status }), true`)
	w.until("globalThis.result")
	require.Equal(t, 403, js[int](w, "result"))
}
