// Package bottest tests a bot in go test, without a chat server: it is the chat
// server, in memory. It keeps each room's state and members, posts real JSON
// through the bot's http.Handler, applies the answer, and checks on every turn
// that the answer keeps the webhook protocol.
//
//	func TestOrder(t *testing.T) {
//		ann := bottest.New(t, newBot()).Room("demo").User("ann", "Ann")
//		ann.Says("order").Replies("Small or large?").State(Size)
//		ann.Says("gigantic").RepliesLike("(?i)small.*large").Stays()
//		ann.Says("large").Replies("One large coffee, yes?").State(Confirm)
//	}
//
// One line is one turn, played at once. What the bot says must be expected. A
// failure shows the conversation, the request, the answer, and which handlers
// could have run. [Room.At] begins in any state.
//
// One more line plays the conversations that are written down in files and those
// that follow from what the bot declares, and checks what only a bot without
// memory can promise:
//
//	func TestAll(t *testing.T) {
//		bottest.All(t, newBot, bottest.Files("testdata/talks/*.txt"))
//	}
//
//	layer          finds
//	Talks          whatever differs from what was agreed on
//	Cells          a state and a request that break: errors, panics, undeclared moves,
//	               examples that never reach their handler, with AlwaysAnswers silence
//	Tour           words that lead elsewhere the second time
//	Stateless      answers that depend on what the process did before
//	Interleaved    answers that depend on what is said in another room
//	Echo           a bot that answers itself
//	Redelivered    effects that happen twice when the server sends again
//	Fuzz           whatever breaks on words that nobody thought of
//	Replay         answers that differ from recorded ones
//
// What only a person can know, where a word should lead, is the business of
// scripted tests and [Talks]; [Main] tells which states, transitions and handlers
// they say nothing about. All layers but Cells and Tour also test a webhook that
// is not a *bot.Bot, with the conversations of [Files].
//
// The layers make fresh bots with newBot and count on each to be the same: a bot
// that picks its words at random needs a seed that is fixed there.
//
// # Conversations as files
//
//	# Ordering a coffee
//	room demo at idle
//	user ann Ann Lee
//
//	ann joins
//	< Welcome, Ann Lee
//	ann: order
//	< Small or large?
//	= size
//	ann: gigantic
//	< ~ (?i)small.*large
//	ann: [sticker FunFunFamily-1]
//	< Small or large?
//
// A file tells everything: a turn without a "<" line expects silence, one without
// a "=" line expects the state to stay. The quickest way to a file is to write
// down what people do, to run go test -update, and to read what the bot did.
// Updating changes only what differs: what was met, comments and blank lines stay
// as they are. (A test package that imports this one has the flag -update already:
// find it with flag.Lookup instead of defining it.)
//
//	# comment              anything
//	room NAME [at STATE]   begins a conversation in a room of its own; a file with
//	                       one conversation may leave it out
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
//	with QUIRK QUIRK       bends the request of the turn
//	< VALUE                what the bot answers
//	<ID> VALUE             the same, spoken as ID; plain "<" lines of a
//	                       conversation all have the same speaker
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
// pass; arrays are compared whole. IDs, names and states that are empty, are a
// keyword or hold blanks, colons, commas or quotes stand in quotes themselves.
//
// # Quirks
//
// Real requests differ from the plain one in many small ways, which the vendor's
// documents, samples and clients show. A "with" line and [User.With] take these
// names:
//
//	bare no-app-id no-client-id no-bot-state null-bot-state robot room-in-data
//	data-first null-data ms-times iso-times no-times no-alias alias-only no-room
//	null-sender sender-id no-type null-fields encoded-extra numbers-as-strings
//	numeric-nickname unknown-fields
package bottest
