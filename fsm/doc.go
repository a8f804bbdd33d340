// Package fsm defines a bot's states and transitions.
package fsm
