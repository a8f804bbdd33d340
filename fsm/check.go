package fsm

import (
	"slices"

	looplab "github.com/looplab/fsm"
)

type allowance struct {
	code   string
	state  State
	reason string
	at     string
}

// Check returns the machine's warnings that no [Allow] suppresses.
func (m *Machine) Check() []Finding { return slices.Clone(m.warnings) }

func (m *Machine) inspect(d *definition) []Finding { return nil }

func (d *definition) checkNames()                       {}
func (d *definition) checkStates()                      {}
func (d *definition) checkTransitions()                 {}
func (d *definition) checkAliases()                     {}
func (d *definition) checkAllowances()                  {}
func (d *definition) checkCallbacks() looplab.Callbacks { return nil }
