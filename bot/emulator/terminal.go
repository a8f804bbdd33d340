package emulator

import (
	"bufio"
	"context"
	"io"
	"os"
)

// lines yields what is typed until in or ctx ends.
func lines(ctx context.Context, in io.Reader) func(func(string) bool) {
	typed := make(chan string)
	go func() {
		defer close(typed)
		for sc := bufio.NewScanner(in); sc.Scan(); {
			select {
			case typed <- sc.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return func(yield func(string) bool) {
		for {
			select {
			case line, ok := <-typed:
				if !ok || !yield(line) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

func isTerminal(v any) bool {
	f, ok := v.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
