package talk

import (
	"errors"
	"fmt"
	"strings"
)

// Error is one line that cannot be read.
type Error struct {
	Path string
	Line int
	Msg  string
}

// Error returns "path:line: what is wrong".
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.Msg) }

// Parse reads a file. Its error joins an [*Error] for every bad line; the file
// is nil then. path is only for the errors.
func Parse(path string, text []byte) (*File, error) {
	p := &parser{file: &File{Path: path}}
	lines := strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	for i := 0; i < len(lines); i++ {
		p.no = i + 1
		line := strings.TrimSpace(lines[i])
		if line == "" || line[0] == '#' {
			p.lead = append(p.lead, line)
			continue
		}
		for i+1 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i+1]), "|") {
			i++
			line += "\n" + continuation(lines[i])
		}
		if err := p.line(line); err != nil {
			p.errs = append(p.errs, &Error{path, p.no, err.Error()})
		}
	}
	p.file.Tail = p.lead
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return p.file, nil
}

// continuation returns the text of a "| text" line.
func continuation(line string) string {
	line = strings.TrimRight(strings.TrimSpace(line), " \t\r")
	return strings.TrimPrefix(line[1:], " ")
}

type parser struct {
	file *File
	talk *Talk // nil before the first
	turn *Turn // what with, < and = belong to; nil before the first
	lead []string
	no   int
	errs []error
}

// here takes the comments that were collected.
func (p *parser) here() Line {
	l := Line{p.no, p.lead}
	p.lead = nil
	return l
}

func (p *parser) line(s string) error {
	switch s[0] {
	case '|':
		return errors.New("there is no line above that this could go on from")
	case '<':
		return p.reply(s[1:])
	case '=':
		return p.goes(strings.TrimSpace(s[1:]))
	}
	w, rest, quoted, ok := cutWord(s)
	if !ok {
		return errors.New("neither a keyword nor an ID; write ID: TEXT, or put the ID in quotes")
	}
	if strings.HasPrefix(rest, ":") {
		return p.says(w, Says, rest[1:])
	}
	rest = strings.TrimSpace(rest)
	if quoted {
		return p.act(w, rest)
	}
	switch w {
	case "room":
		return p.room(rest)
	case "user", "robot":
		return p.person(rest, w == "robot")
	case "event":
		return p.event("", rest)
	case "at":
		return p.at(rest)
	case "with":
		return p.with(rest)
	}
	return p.act(w, rest)
}
