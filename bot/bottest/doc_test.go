package bottest_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/stretchr/testify/require"
)

// TestDocumentation keeps what the package comment shows true.
func TestDocumentation(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	text := regexp.MustCompile(`(?m)^// ?`).ReplaceAllString(string(doc), "")

	_, sample, _ := strings.Cut(text, "# Conversations as files\n")
	sample, _, _ = strings.Cut(sample, "\nA file tells")
	bottest.PlayText(t, newBot, regexp.MustCompile(`(?m)^\t`).ReplaceAllString(sample, ""))

	_, list, _ := strings.Cut(text, "names:\n")
	list, _, _ = strings.Cut(list, "package bottest")
	var names []string
	for _, q := range chat.Quirks() {
		names = append(names, q.Name)
	}
	require.Equal(t, names, strings.Fields(list))
}
