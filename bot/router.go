package bot

import (
	"slices"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// table is the compiled form of every route, immutable, so that requests read
// it without a lock.
type table struct {
	states map[fsm.State]*layers
	any    layers // of states without routes of their own
	rules  map[fsm.State]*stateRules
	routes []*Route
}

// layers are the routes that apply in one state, most precise group first: the
// state's own, those of groups of several states, the bot's.
type layers [3]*routeSet

// routeSet holds the routes of one layer by what they match.
type routeSet struct {
	commands, texts, types, kinds map[string]*Route
	patterns, conditions          []*Route
	fallback                      *Route
}

// compiled returns the table, and closes registration the first time.
func (b *Bot) compiled() *table {
	if t := b.table.Load(); t != nil {
		return t
	}
	b.routes.mu.Lock()
	defer b.routes.mu.Unlock()
	if t := b.table.Load(); t != nil {
		return t
	}
	b.routes.closed = true
	t := compile(b.routes.routes)
	t.rules = b.routes.states
	b.table.Store(t)
	return t
}

func compile(routes []*Route) *table {
	t := &table{states: map[fsm.State]*layers{}, routes: routes}
	for _, r := range routes {
		if r.level() == 2 {
			t.any.set(2).add(r)
			continue
		}
		for _, s := range r.group.states {
			if t.states[s] == nil {
				t.states[s] = &layers{}
			}
			t.states[s].set(r.level()).add(r)
		}
	}
	for _, l := range t.states {
		l[2] = t.any[2]
	}
	return t
}

func (l *layers) set(level int) *routeSet {
	if l[level] == nil {
		l[level] = &routeSet{}
	}
	return l[level]
}

func (s *routeSet) add(r *Route) {
	switch r.match.by {
	case byCommand:
		put(&s.commands, r)
	case byText:
		put(&s.texts, r)
	case byType:
		put(&s.types, r)
	case byKind:
		put(&s.kinds, r)
	case byPattern:
		s.patterns = append(s.patterns, r)
	case byCondition:
		s.conditions = append(s.conditions, r)
	case byFallback:
		s.fallback = r
	}
}

func put(m *map[string]*Route, r *Route) {
	if *m == nil {
		*m = map[string]*Route{}
	}
	for _, k := range r.match.keys {
		(*m)[k] = r
	}
}

// route finds the one handler for e in the given state; nil when there is none.
func (t *table) route(state fsm.State, e event.Event, prefixes []string) *Route {
	l := t.states[state]
	if l == nil {
		l = &t.any
	}
	m, ok := e.(*event.Message)
	switch {
	case !ok:
		return l.byKind(e)
	case m.IsSystem():
		return l.lookup(m.Type, (*routeSet).byType)
	}
	if r := l.byWords(m, prefixes); r != nil {
		return r
	}
	if r := l.lookup(m.Type, (*routeSet).byType); r != nil {
		return r
	}
	return l.byKind(e)
}

// byWords tries the routes that look at what was written or at the whole
// message.
func (l *layers) byWords(m *event.Message, prefixes []string) *Route {
	text := m.Text()
	if text != "" && l.has((*routeSet).hasCommands) {
		if r := l.lookup(m.Command(prefixes...).Name, (*routeSet).byCommand); r != nil {
			return r
		}
	}
	if text != "" && l.has((*routeSet).hasTexts) {
		if r := l.lookup(fold(text), (*routeSet).byText); r != nil {
			return r
		}
	}
	if text != "" {
		if r := l.find((*routeSet).inPatterns, func(r *Route) bool { return r.match.re.MatchString(text) }); r != nil {
			return r
		}
	}
	return l.find((*routeSet).inConditions, func(r *Route) bool { return r.match.cond(m) })
}

func (l *layers) byKind(e event.Event) *Route {
	key := string(e.Kind())
	if _, unknown := e.(*event.Unknown); unknown {
		if r := l.lookup(unknownKey(e.Kind()), (*routeSet).byKind); r != nil {
			return r
		}
		key = anyUnknown
	}
	if r := l.lookup(key, (*routeSet).byKind); r != nil {
		return r
	}
	for _, s := range l {
		if s != nil && s.fallback != nil {
			return s.fallback
		}
	}
	return nil
}

func (s *routeSet) byCommand(key string) *Route { return s.commands[key] }
func (s *routeSet) byText(key string) *Route    { return s.texts[key] }
func (s *routeSet) byType(key string) *Route    { return s.types[key] }
func (s *routeSet) byKind(key string) *Route    { return s.kinds[key] }
func (s *routeSet) hasCommands() bool           { return s.commands != nil }
func (s *routeSet) hasTexts() bool              { return s.texts != nil }
func (s *routeSet) inPatterns() []*Route        { return s.patterns }
func (s *routeSet) inConditions() []*Route      { return s.conditions }

// lookup asks each layer in turn.
func (l *layers) lookup(key string, get func(*routeSet, string) *Route) *Route {
	for _, s := range l {
		if s == nil {
			continue
		}
		if r := get(s, key); r != nil {
			return r
		}
	}
	return nil
}

func (l *layers) has(what func(*routeSet) bool) bool {
	return slices.ContainsFunc(l[:], func(s *routeSet) bool { return s != nil && what(s) })
}

// find returns the first route of the first layer for which ok holds.
func (l *layers) find(list func(*routeSet) []*Route, ok func(*Route) bool) *Route {
	for _, s := range l {
		if s == nil {
			continue
		}
		if i := slices.IndexFunc(list(s), ok); i >= 0 {
			return list(s)[i]
		}
	}
	return nil
}
