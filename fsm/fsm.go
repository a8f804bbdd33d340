// Package fsm defines a bot's states and transitions.
package fsm

// State names a state of a room's conversation.
type State string
