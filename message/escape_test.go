package message_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/funtekco/webhookbot/message"
	"github.com/stretchr/testify/require"
)

const (
	nb = "\u00a0" // no-break space
	wj = "\u2060" // word joiner
	hs = "\u200a" // hair space
)

// What is wanted here was rendered by markdown-it 14 (HTML, breaks and links on)
// and marked 16 (breaks on) and showed the text as it was written, as did
// several hundred thousand random ones.
func TestEscape(t *testing.T) {
	for _, c := range []struct{ text, want, why string }{
		{"", "", ""},
		{"Small or large?", "Small or large?", "most texts need nothing"},
		{"I <3 you, 2 < 3 && x <= 4", "I <3 you, 2 < 3 && x <= 4", "begins no tag"},
		{"snake_case & Tom's AT&T (50%)", "snake_case & Tom's AT&T (50%)", "no emphasis inside a word, no entity"},
		{"<img src=x onerror=alert(1)>", `\<img src=x onerror=alert(1)>`, "HTML is live"},
		{"a</b><!-- <?", `a\</b>\<!-- \<?`, "HTML is live"},
		{"<3x@y.com>", `\<3x@y.com>`, "a link in brackets"},
		{"x <", `x \<`, "what follows is not known"},
		{"&lt;b&gt; &#60;", `\&lt;b&gt; \&#60;`[:5] + `b\&gt; \&#60;`, "entities"},
		{"*x* _x_ ~x~ `x` [x](y)", "\\*x\\* \\_x\\_ \\~x\\~ \\`x\\` \\[x](y)", "emphasis, code, links"},
		{`C:\dir`, `C:\\dir`, "the escape itself"},
		{"# x", `\# x`, "a heading"},
		{"x # y", "x # y", "not at the start of a line"},
		{"- x\n+ y\n> z\n| a", "\\- x\n\\+ y\n\\> z\n\\| a", "lists, quotes, tables"},
		{"x\n===\n---\n:-", "x\n\\===\n\\---\n\\:-", "headings and tables by the line below"},
		{"1. x\n12) y\n1.5", "1\\. x\n12\\) y\n1\\.5", "numbered lists"},
		{"a 1. x", "a 1. x", "not at the start of a line"},
		{"a\n\nb\n", "a\n" + nb + "\nb\n", "an empty line would make a paragraph"},
		{"a\r\nb\rc", "a\nb\nc", "every line end is one"},
		{"    x", "&nbsp;" + nb + nb + nb + "x", "would be code; a first blank is trimmed unless it is an entity"},
		{"a\n  x", "a\n" + nb + nb + "x", "indentation stays"},
		{"a  b\tc", "a" + nb + nb + "b c", "blanks collapse"},
		{"https://a.example/_x_?y=~z&lt=1", "https://a.example/_x_?y=~z&lt=1", "links are read before any markup"},
		{"xhttps://a.example/*_ https://b.example/_x_/", "xhttps://a.example/" + hs + `\*\_ https://b.example/_x_/`, "none inside a word"},
		{"https://a.example/<script>", "https://a.example/" + hs + `\<script>`, "a link swallows the backslash behind it"},
		{"//localhost/<b>", "//localhost/" + hs + `\<b>`, "a link without its scheme"},
		{"www.a.example/*x*", "www.a.example/" + hs + `\*x\*`, "a link swallows the backslash behind it"},
		{"https://a.example/&copy;", "https://a.example/" + hs + `\&copy;`, "an entity behind a link"},
		{"ann@a.example", "ann@a.example", "an address"},
		{"hi @bob", "hi @" + wj + "bob", "the nickname would be put in, unescaped"},
		{"@ home", "@ home", "no ID"},
		{"\xff<b>", "\ufffd\\<b>", "not UTF-8"},
		{"漢<b>é_é", `漢\<b>é_é`, "not ASCII"},
	} {
		require.Equal(t, c.want, message.Escape(c.text), "%q: %s", c.text, c.why)
	}
}

// plain undoes Escape as a renderer does.
func plain(markdown string) string {
	markdown = regexp.MustCompile(`\\([!-/:-@\[-`+"`"+`{-~])`).ReplaceAllString(markdown, "$1")
	return strings.NewReplacer("&nbsp;", " ", nb, " ", wj, "", hs, "").Replace(markdown)
}

var blanks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", nb, " ", wj, "", hs, "", "&nbsp;", " ")

func FuzzEscape(f *testing.F) {
	for _, text := range []string{"<b>", "a\n\n  b", "https://a.example/<b>", "@bob", "1. x\n- y", "&nbsp;", "\xff", `\<`, "[a]: x"} {
		f.Add(text)
	}
	tag := regexp.MustCompile(`(^|[^\\])<[A-Za-z/!?]|://[^\s\x{a0}\x{200a}]*\\`)
	f.Fuzz(func(t *testing.T, text string) {
		got := message.Escape(text)
		require.True(t, utf8.ValidString(got))
		require.NotRegexp(t, tag, strings.ReplaceAll(got, `\\`, "xx"), "a live tag, or an escape inside a link")

		want := strings.ToValidUTF8(text, "\ufffd")
		if !utf8.ValidString(text) || strings.Contains(text, "&nbsp;") {
			return // plain cannot tell those apart
		}
		lines, wantLines := strings.Split(plain(got), "\n"), strings.Split(blanks.Replace(want), "\n")
		require.Len(t, lines, len(wantLines))
		for i := range lines {
			require.Equal(t, strings.TrimRight(wantLines[i], " "), strings.TrimRight(lines[i], " "))
		}
	})
}

// Rendered by the same programs, each of these shows its parts as they were
// passed in, in the form asked for.
func TestMarkdown(t *testing.T) {
	for _, c := range []struct {
		build func(*message.Markdown)
		want  string
		why   string
	}{
		{func(m *message.Markdown) {}, "", "the zero value"},
		{func(m *message.Markdown) { m.Bold("a").Text("b").Italic("c") }, "**a**b*c*", ""},
		{func(m *message.Markdown) { m.Bold("a").Bold("b") }, "**a**" + wj + "**b**", "one run of stars otherwise"},
		{func(m *message.Markdown) { m.Text("a").Bold("(b)").Text("c") }, "a**" + wj + "(b)" + wj + "**c", "marks next to punctuation do not work"},
		{func(m *message.Markdown) { m.Text("a").Bold(" b ").Text("c") }, "a **b** c", "marks must touch the text"},
		{func(m *message.Markdown) { m.Bold(" ") }, "&nbsp;", "nothing to make bold"},
		{func(m *message.Markdown) { m.Bold("*a*\n<b>") }, "**" + wj + "\\*a\\*\n\\<b>" + wj + "**", "escaped inside"},
		{func(m *message.Markdown) { m.Bold("https://a.example/x") }, "**https://a.example/x" + hs + wj + "**", "a link would swallow the marks"},
		{func(m *message.Markdown) { m.Text("1").Text(". x") }, "1\\. x", "parts know what stands before them"},
		{func(m *message.Markdown) { m.Text("x").Line().Text("- y") }, "x\n\\- y", ""},
		{func(m *message.Markdown) { m.Line().Line().Text("y") }, "&nbsp;\n" + nb + "\ny", ""},

		{func(m *message.Markdown) { m.Code("a*b") }, "`a*b`", "nothing is markup in code"},
		{func(m *message.Markdown) { m.Code("a`b") }, "``a`b``", "a longer fence"},
		{func(m *message.Markdown) { m.Code("`a") }, "`` `a ``", "blanks keep the ends apart"},
		{func(m *message.Markdown) { m.Code("a``b") }, wj + "```a``b```", "three would begin a block"},
		{func(m *message.Markdown) { m.Code("a").Code("b") }, "`a`" + wj + "`b`", "one run otherwise"},
		{func(m *message.Markdown) { m.Code("a\nb") }, "`a b`", "one line"},
		{func(m *message.Markdown) { m.Code("\n") }, "&nbsp;", "nothing to show"},
		{func(m *message.Markdown) { m.Code("see @bob") }, "`see @" + wj + "bob`", "nicknames are put in here too"},

		{func(m *message.Markdown) { m.Link("a", "https://a.example/(x)?y=*&lt;z") }, "[a](https://a.example/%28x%29?y=%2A&amp;lt;z)", ""},
		{func(m *message.Markdown) { m.Link("a] [b", "https://a.example") }, `[a\] \[b](https://a.example)`, ""},
		{func(m *message.Markdown) { m.Text("Hey!").Link("a", "https://a.example") }, "Hey!" + wj + "[a](https://a.example)", "a picture otherwise"},
		{func(m *message.Markdown) { m.Link("a", "javascript:alert(1)") }, "a", "an address that is not safe"},
		{func(m *message.Markdown) { m.Link(" ", "https://a.example") }, "&nbsp;", "nothing to press"},

		{func(m *message.Markdown) { m.Text("hi ").Mention("ann").Text("!") }, "hi @ann" + wj + "!", ""},
		{func(m *message.Markdown) { m.Mention("_x_") }, "@" + wj + `\_x\_` + wj, "no ID the client resolves"},
	} {
		var m message.Markdown
		c.build(&m)
		require.Equal(t, c.want, m.String(), c.why)
	}
}

func TestMarkdownMessage(t *testing.T) {
	var m message.Markdown
	sent := m.Mention("ann").Text(" and ").Mention("LINE::1").Text(" and ").Mention("ann").Message()
	require.Equal(t, []string{"ann", "LINE::1"}, sent.Mentions, "each once")
	require.NoError(t, sent.Validate())
	m.Mention("bob")
	sent.Mention("eve")
	require.Equal(t, []string{"ann", "LINE::1", "bob"}, m.Message().Mentions, "a message is on its own")
}
