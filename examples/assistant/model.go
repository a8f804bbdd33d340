package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/go-json-experiment/json"
)

// Model is a language model behind an API as OpenAI has it, which most services
// and local servers offer.
type Model struct {
	url, key, name string
	client         *http.Client
}

// ModelFromEnv returns the model of OPENAI_BASE_URL, OPENAI_API_KEY and
// OPENAI_MODEL, and nil when neither of the first two is set.
func ModelFromEnv() *Model {
	url, key := os.Getenv("OPENAI_BASE_URL"), os.Getenv("OPENAI_API_KEY")
	if url == "" && key == "" {
		return nil
	}
	return NewModel(url, key, os.Getenv("OPENAI_MODEL"))
}

// NewModel returns a model. An empty url is OpenAI's; an empty key sends none.
func NewModel(url, key, name string) *Model {
	url = cmp.Or(url, "https://api.openai.com/v1")
	name = cmp.Or(name, "gpt-4o-mini")
	// A redirect would take the question, and on the same host the key, to a place
	// that nobody has set.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Model{strings.TrimSuffix(url, "/"), key, name, &http.Client{CheckRedirect: stay}}
}

// errUnknown says that the model does not find the answer in what it was given.
var errUnknown = errors.New("model: does not know")

const instructions = `You answer customers of a shop in a chat. Answer in the language of the question, in at most
three sentences of plain text, and only from these facts. If they do not answer the question, say UNKNOWN and nothing else.
`

type chat struct {
	Model     string `json:"model"`
	Messages  []line `json:"messages"`
	MaxTokens int    `json:"max_tokens"`
}

type line struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// Answer asks the model, which is given entries to answer from.
func (m *Model) Answer(ctx context.Context, question string, entries []Entry) (string, error) {
	facts := instructions
	for _, e := range entries {
		facts += "\nQ: " + e.Question + "\nA: " + e.Answer + "\n"
	}
	said, err := m.complete(ctx, chat{m.name, []line{{"system", facts}, {"user", question}}, 300})
	switch {
	case err != nil:
		return "", err
	case said == "":
		return "", errors.New("model: says nothing")
	case strings.Contains(said, "UNKNOWN"):
		return "", errUnknown
	}
	return said, nil
}

// complete has a chat gone on with. Its errors hold nothing of what was said.
func (m *Model) complete(ctx context.Context, c chat) (string, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("model: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("model: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if m.key != "" {
		req.Header.Set("Authorization", "Bearer "+m.key)
	}
	resp, err := m.client.Do(req)
	if err != nil {
		return "", fmt.Errorf("model: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("model: status %d", resp.StatusCode)
	}
	return read(resp.Body)
}

const maxAnswer = 1 << 20 // bytes; a broken server must not fill the memory

func read(body io.Reader) (string, error) {
	var answer struct {
		Choices []struct {
			Message line `json:"message"`
		} `json:"choices"`
	}
	if err := json.UnmarshalRead(io.LimitReader(body, maxAnswer), &answer); err != nil {
		return "", fmt.Errorf("model: %w", err)
	}
	if len(answer.Choices) == 0 {
		return "", errors.New("model: no choices")
	}
	return strings.TrimSpace(answer.Choices[0].Message.Content), nil
}
