package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
	"github.com/funtekco/webhookbot/message"
)

// Group is where handlers are registered: a [Bot] is the group of handlers that
// work in any state, [Group.State] returns the group of some states.
//
// Exactly one handler runs for an event. The kind of match decides first:
//
//	command > exact text > pattern > condition > message type > any event of that kind > fallback
//
// and within one kind the room's own state before a group of several states
// before the whole bot. So a bot-wide /cancel beats a state's OnMessage, and a
// state's own /cancel beats the bot-wide one. The order of registration never
// matters, except among patterns and among conditions, which are tried in it.
//
// Two handlers for one place, a nil handler, a state the machine does not
// declare and registering after the first request all panic, naming the source
// lines.
type Group struct {
	bot    *Bot
	parent *Group
	states []fsm.State // empty: any state
	mw     []Middleware
	routed bool // a handler or a group inside was registered
}

// State returns the group of the given states: handlers registered on it work
// only in them. Called again with the same states it returns the same group, with
// the middleware it has. On a group of states it narrows: its states must be among
// the group's, and the group's middleware wraps its handlers too.
func (g *Group) State(states ...fsm.State) *StateGroup {
	g.bot.mustBeOpen("State")
	if len(states) == 0 {
		g.bot.misuse("State needs at least one state")
	}
	for _, s := range states {
		g.bot.mustDeclare(s)
		if len(g.states) > 0 && !slices.Contains(g.states, s) {
			g.bot.misuse(fmt.Sprintf("state %q is not one of the outer group's", s))
		}
	}
	g.routed = true
	return g.bot.routes.groupOf(g, states)
}

// Use adds middleware around every handler of the group and of the groups
// inside it; the first added is the outermost. It panics once the group has a
// handler or an inner group, so that no handler misses it.
func (g *Group) Use(mw ...Middleware) {
	g.bot.mustBeOpen("Use")
	if slices.ContainsFunc(mw, func(m Middleware) bool { return m == nil }) {
		g.bot.misuse("middleware is nil")
	}
	if g.routed {
		g.bot.misuse("Use after a handler was registered: it would not be wrapped")
	}
	g.mw = append(g.mw, mw...)
}

// OnCommand handles a text that begins with a command prefix and name, in any
// letter case: "/order large". [event.Message.Command] reads the arguments.
// also are further names of the same command.
func (g *Group) OnCommand(name string, h MessageHandler, also ...string) *Route {
	m := matcher{by: byCommand, keys: foldAll(name, also)}
	for _, key := range m.keys {
		for _, prefix := range g.bot.cfg.CommandPrefixes {
			if strings.HasPrefix(key, prefix) {
				g.bot.misuse(fmt.Sprintf("command %q: the name stands without its prefix %q", key, prefix))
			}
		}
	}
	return g.add(m, typed(h), h == nil)
}

// OnText handles a text that equals text, or one of also, apart from letter
// case and spacing. The answer of a button arrives as the text the button
// sends, so it is handled here too.
func (g *Group) OnText(text string, h MessageHandler, also ...string) *Route {
	return g.add(matcher{by: byText, keys: foldAll(text, also)}, typed(h), h == nil)
}

// OnPattern handles a text in which the regular expression matches; anchor it
// with ^ and $ to match the whole text. [Param] returns its named groups. It
// panics when the expression does not compile.
func (g *Group) OnPattern(expr string, h MessageHandler) *Route {
	re, err := regexp.Compile(expr)
	if err != nil {
		g.bot.misuse(fmt.Sprintf("pattern does not compile: %v", err))
	}
	return g.add(matcher{by: byPattern, keys: []string{expr}, re: re}, typed(h), h == nil)
}

// OnCondition handles a message for which cond holds. The name says what for in
// logs, in [Bot.Routes] and in conflicts. cond must be quick and must not block:
// it runs for every message that reaches it.
func (g *Group) OnCondition(name string, cond func(*event.Message) bool, h MessageHandler) *Route {
	if cond == nil {
		g.bot.misuse("condition is nil")
	}
	return g.add(matcher{by: byCondition, keys: []string{name}, cond: cond}, typed(h), h == nil)
}

// OnType handles messages of one messageType: "image", "sticker", a customer's
// own. It is the only way to hear system messages (a recall, a member who came),
// which are nobody's answer to the bot.
func (g *Group) OnType(messageType string, h MessageHandler) *Route {
	return g.add(matcher{by: byType, keys: []string{messageType}}, typed(h), h == nil)
}

// OnMessage handles every message that nothing more precise handles.
func (g *Group) OnMessage(h MessageHandler) *Route {
	return g.add(matcher{by: byKind, keys: []string{string(event.KindMessage)}}, typed(h), h == nil)
}

// OnJoinRoom handles a user coming into the room.
func (g *Group) OnJoinRoom(h JoinRoomHandler) *Route {
	return g.add(matcher{by: byKind, keys: []string{string(event.KindJoinRoom)}}, typed(h), h == nil)
}

// OnAddMembers handles users, perhaps the bot itself, being added to the room.
func (g *Group) OnAddMembers(h AddMembersHandler) *Route {
	return g.add(matcher{by: byKind, keys: []string{string(event.KindAddMembers)}}, typed(h), h == nil)
}

// OnDeleteMembers handles users leaving the room or being removed from it.
func (g *Group) OnDeleteMembers(h DeleteMembersHandler) *Route {
	return g.add(matcher{by: byKind, keys: []string{string(event.KindDeleteMembers)}}, typed(h), h == nil)
}

// OnUnknown handles events of the given kind that package event has no type
// for; an empty kind means all of them.
func (g *Group) OnUnknown(kind event.Kind, h UnknownHandler) *Route {
	if slices.Contains(knownKinds, kind) {
		g.bot.misuse(fmt.Sprintf("%s is a known kind: register its own handler", kind))
	}
	return g.add(matcher{by: byKind, keys: []string{unknownKey(kind)}}, typed(h), h == nil)
}

// Fallback handles every event that nothing else handles, except system
// messages. Without one such events are answered with nothing.
func (g *Group) Fallback(h Handler) *Route {
	return g.add(matcher{by: byFallback, keys: []string{""}}, h, h == nil)
}

// StateGroup is a [Group] of one or more states.
type StateGroup struct{ Group }

// Hook runs when the room leaves or enters a state. It may change the reply,
// though not where it moves to; an error is answered as a handler's is.
type Hook func(ctx context.Context, e event.Event, r *Reply) error

// Prompt is what the bot says when the room enters the state and the handler
// said nothing.
func (g *StateGroup) Prompt(text string) { g.PromptMessage(message.Text(text)) }

// PromptMessage is [StateGroup.Prompt] with any message. It panics when the
// message is not valid.
func (g *StateGroup) PromptMessage(m *message.Message) {
	if err := m.Validate(); err != nil {
		g.bot.misuse(fmt.Sprintf("prompt: %v", err))
	}
	g.bot.routes.addPrompt(&g.Group, m)
}

// OnEnter runs h when the room comes into the state from another one: after the
// handler, and after the machine's guards have allowed the move. So this is the
// place for effects that must not happen when the move is refused. It runs before
// the prompt; a state's hooks run in the order registered.
func (g *StateGroup) OnEnter(h Hook) { g.bot.routes.addHook(&g.Group, h, true) }

// OnLeave runs h when the room goes from the state to another one, before the
// other's OnEnter.
func (g *StateGroup) OnLeave(h Hook) { g.bot.routes.addHook(&g.Group, h, false) }

func (g *Group) add(m matcher, h Handler, isNil bool) *Route {
	r, err := g.bot.routes.add(g, m, h, isNil)
	if err != nil {
		panic(err)
	}
	r.finish()
	return r
}

// middleware returns the group's own and its parents', outermost first.
func (g *Group) middleware() []Middleware {
	if g == nil {
		return nil
	}
	return append(g.parent.middleware(), g.mw...)
}
