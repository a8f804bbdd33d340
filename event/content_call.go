package event

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Payment is the content of a payment message (vendor's documents, web client).
type Payment struct {
	ID     string  `json:"id"`
	Type   string  `json:"type"` // "request" or "response"
	Payer  User    `json:"payer"`
	Payee  User    `json:"payee"`
	Value  float64 `json:"value"`     // in Currency; some clients send it as a string
	Remark string  `json:"remark"`    // what the payment is for
	Status int     `json:"status"`    // 0 in the documents' example, which does not explain it
	Method int     `json:"method"`    // likewise
	TimeMS int64   `json:"timestamp"` // milliseconds since 1970

	Currency         string         `json:"currency"` // as "NTD" or "USD"
	AvailableMethods jsontext.Value `json:"availableMethods"`
}

// Payment returns the payment of a payment message.
func (m *Message) Payment() (Payment, bool) {
	var p Payment
	if m.Type != "payment" && m.Type != "payment-select" {
		return p, false
	}
	err := m.DecodeExtra(&p)
	return p, err == nil
}

// Call is what a call message tells.
type Call struct {
	Status  string        // "waiting", "missing" or "end", after the message type
	Session string        // the call's rtcSession
	Length  time.Duration // of a call that has ended
}

// Call returns the call that a waitingCall, missingCall or endCall message is
// about. Its length comes in milliseconds, other than everywhere else (vendor's
// documents, by their example).
func (m *Message) Call() (Call, bool) {
	status, isCall := map[string]string{"waitingCall": "waiting", "missingCall": "missing", "endCall": "end"}[m.Type]
	if !isCall {
		return Call{}, false
	}
	return Call{Status: status, Session: m.RTCSession, Length: duration(m.Duration, time.Millisecond)}, true
}
