// Package talk reads and writes conversations as plain text: what people do in a
// room, and what the bot must do about it. The documentation of package bottest
// has the grammar.
//
// [Parse] makes a [File] of [Talk] and [Turn] values, whose String methods write
// the text back with its comments and blank lines. [Talk.Act] does in a
// [chat.Room] what a turn says; [Turn.Observe] compares what the bot did and
// returns the turn as it should be written; [Diff] shows the turns that differ.
package talk
