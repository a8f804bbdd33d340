package emulator

import (
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
)

// keep is how many changes a page that lost its connection can catch up with.
// Beyond, it loads everything anew.
const keep = 4096

// hub tells all open pages what changes. Readers come at their own pace: the hub
// holds the last changes and wakes them, so a slow one delays nobody.
type hub struct {
	epoch string // tells this process from the one before a restart

	mu      sync.Mutex
	last    int // number of the newest change
	changes [keep][]byte
	more    chan struct{} // closed by the next change
}

func newHub() *hub {
	return &hub{epoch: rand.Text()[:8], more: make(chan struct{})}
}

// change is one thing a page must know.
type change struct {
	Type  string `json:"type"` // "line", "turn", "room", "rooms", "users", "reload"
	Room  string `json:"room,omitzero"`
	Value any    `json:"value,omitzero"`
}

// publish encodes c at once, so that the value may change afterwards.
func (h *hub) publish(c change) {
	b, err := json.Marshal(c, lax)
	if err != nil {
		return // a value of ours always encodes
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last++
	h.changes[h.last%keep] = b
	close(h.more)
	h.more = make(chan struct{})
}

// position is where a page that loads everything now has to go on.
func (h *hub) position() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.id(h.last)
}

func (h *hub) id(n int) string { return fmt.Sprintf("%s.%d", h.epoch, n) }

// after returns the changes behind a position, the position of the last of them,
// and a channel that closes when there are more. ok is false when the position is
// too old or of another process.
func (h *hub) after(position string) (changes [][]byte, next string, more <-chan struct{}, ok bool) {
	epoch, number, _ := strings.Cut(position, ".")
	n, err := strconv.Atoi(number)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil || epoch != h.epoch || n > h.last || n < h.last-keep || n < 0 {
		return nil, h.id(h.last), h.more, false
	}
	for n < h.last {
		n++
		changes = append(changes, h.changes[n%keep])
	}
	return changes, h.id(h.last), h.more, true
}
