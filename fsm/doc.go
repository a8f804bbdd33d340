// Package fsm defines the states of a bot's conversations and the transitions
// between them.
//
// The chat server keeps the state of each room and sends it with every event;
// the bot answers with the state to put the room into. So a machine holds no
// state itself. It is declared once, checked, compiled into a table that never
// changes, and says of each answer whether the room may go there:
//
//	var flow = fsm.MustNew(Idle,
//		fsm.Transition{Name: "order", From: Idle, To: Size},
//		fsm.Transition{Name: "sized", From: Size, To: Confirm},
//		fsm.Transition{Name: "done", From: Confirm, To: Idle},
//		fsm.Transition{Name: "cancel", From: fsm.Any, To: Idle},
//	)
//
// States are declared by the transitions that name them, or, so that no other
// can slip in, by [States]. Staying in a state needs no transition. A transition
// from [Any] holds in every state; a state replaces it, say to guard it, by one
// of its own with the same name. What else may be declared: [End], [Renamed],
// [Retired], [Allow], and, from github.com/looplab/fsm, [Events] and
// [Callbacks].
//
// # Checks
//
// [New] fails with all faults at once, [Machine.Check] returns what may be
// wrong though the machine works. Each [Finding] has a code:
//
//	FSM001  error    a transition leads to a state that States does not list
//	FSM002  warning  states that differ by case, blanks or hyphens only;
//	                 an error when States lists one twice
//	FSM003  error    a declaration names a state that is not declared
//	FSM004  error    one name for transitions to two states, or one written twice
//	FSM005  error    the initial state is missing or not declared
//	FSM006  warning  every transition out of a state is guarded
//	FSM007  error    a transition behind an unguarded one to the same state
//	FSM008  error    a name that is empty, over 128 bytes or not printable
//	FSM009  error    a renaming of a state that is declared, twice, or in a ring
//	FSM010  warning  a state that no conversation comes to
//	FSM011  warning  a state that nothing leaves, and that is no End
//	FSM012  warning  a ring of states without a way out to an end or the start
//	FSM018  error    a callback that is nil or whose key matches nothing
//	FSM019  error    a callback whose key looplab may read in another way
//	FSM022  warning  an Allow that suppresses nothing
//	FSM023  error    an Allow without a reason, or of what cannot be suppressed
//	FSM024  warning  a state that looks like another one, misspelt
//	FSM025  error    looplab/fsm disagrees with the table
//
// The codes between are those of other packages: bot.Bot.Check has FSM013 to
// FSM017 and FSM021, fsmtest.States has FSM020. Warnings are proven from the
// declarations, as if every guard could pass; [Allow] suppresses one.
//
// # What looplab/fsm does
//
// Every transition of every state is run on a private looplab machine in New,
// and names that a state does not know are tried there (FSM025). Callbacks run
// in looplab's order on machines from a pool, see [Callbacks]. [Machine.FSM]
// returns a looplab machine for simulations. A move without callbacks does not
// touch looplab: it is a look-up in a table and allocates nothing.
package fsm
