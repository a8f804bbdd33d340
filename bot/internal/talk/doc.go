// Package talk reads and writes conversations as plain text: what people do in a
// room, and what the bot must do about it.
//
//	# Ordering a coffee
//	room demo at idle
//	user ann Ann Lee
//
//	ann joins
//	< Welcome, Ann
//	ann: order
//	< Small or large?
//	= size
//	ann: gigantic
//	< ~ (?i)small.*large
//	ann: [sticker FunFunFamily-1]
//
// A file tells everything: a turn without a "<" line expects silence, one without
// a "=" line expects the state to stay. One line is one thing, and its first
// characters say what:
//
//	# comment              kept when the file is rewritten, as blank lines are
//	room NAME [at STATE]   begins a conversation in a room of its own; a file with
//	                       one conversation may leave it out (room demo, no state)
//	user ID [NICKNAME]     introduces somebody; only needed for another nickname
//	                       than the ID with a capital
//	robot ID [NICKNAME]    introduces a robot (isRobot is true)
//
//	ID: VALUE              says it
//	ID edits: VALUE        changes the last message of ID
//	ID joins               JOIN_ROOM
//	ID leaves              DELETE_MEMBERS, by and of ID
//	ID adds ID, ID         ADD_MEMBERS
//	ID removes ID, ID      DELETE_MEMBERS
//	[ID] event KIND [JSON] any event with any data
//	at STATE               puts the room into a state; the bot is not told
//
//	| TEXT                 goes on with the VALUE above, on a new line
//	with QUIRK QUIRK       bends the request of the turn, see [chat.Quirks]
//	< VALUE                what the bot answers
//	<ID> VALUE             the same, spoken as ID; plain "<" lines of a
//	                       conversation all have the same speaker, whoever it is
//	= STATE                the room's state after the turn
//
// A VALUE is
//
//	text                   a text message; up to the end of the line, trimmed
//	"text"                 the same in Go's quotes: for text that would be read as
//	                       one of the following, or that has odd blanks
//	[TYPE ...]             another type: [image URL WxH] [video URL WxH Ns]
//	                       [audio URL Ns] [file URL NAME] [location LAT LONG TEXT]
//	                       [sticker ID] [mixed URL TEXT] [announcement TEXT], or
//	                       any [TYPE] with nothing behind it
//	{JSON}                 any message by its fields
//	~ REGEXP               in an answer only: any message whose text matches
//
// In an answer [TYPE ...] and {JSON} ask for what they name and let other fields
// pass; arrays are compared whole. IDs, names and states that are empty or hold
// blanks, colons, commas or a keyword stand in quotes.
package talk
