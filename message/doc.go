// Package message makes the messages a bot sends, one constructor for each type
// the chat server's clients can show:
//
//	message.Text("Small or large?")
//	message.Buttons("Small or large?",
//		message.TextAction("Small", "small"), message.TextAction("Large", "large"))
//	message.File("https://chat.example/files/chatserver-upload/7", "menu.pdf", 48213)
//
// A constructor takes what its type needs and sets what the clients need beside
// it. The rest chains ([Message.InReplyTo], [Message.Mention],
// [Message.WithExtra], [Message.WithFallback], [Message.WithFile]) or is a field.
//
// # What people see
//
// The vendor's documents and clients disagree, and then the clients win. "Web"
// was seen in the vendor's current web client as it ran, "mobile" was read in
// the source of its mobile client.
//
//	constructor     web                                    mobile
//	Text            Markdown, live HTML                    the text as it is written
//	Image, Images   the pictures (host must allow CORS)    the pictures
//	Mixed           text with pictures                     the text only
//	Video           thumbnail, plays on a tap              thumbnail, plays on a tap
//	Audio           player                                 player, file name
//	File            name, size, download                   name, size; opens PDFs only
//	Location        the address; a tap searches for it     the address
//	Sticker         sticker                                FunFunFamily or a URL only
//	Announcement    a line without sender, plain           the same, with the time
//	Buttons         card with buttons                      the fallback text
//	Confirm         card with two buttons                  the fallback text
//	Carousel        cards with buttons                     the fallback text
//	ImageCarousel   pictures to press                      the fallback text
//	QuickReplies    buttons above the input                the fallback text
//	Flex            bubbles                                the fallback text; see Flex
//	Custom          an empty bubble                        the fallback text
//
// Every message has a Text. Of types that a client does not draw it is the
// fallback; the constructors of templates spell the choices out in it, so that
// somebody on a phone can type one. Neither links ("url") nor the membership
// messages of the server can be sent: the former show nothing on the web, and
// clients make links of addresses in a text; the latter break a whole page of
// history where a field is missing. Editing and recalling a message needs the
// chat server's HTTP API.
//
// # Is it right?
//
// [Message.Validate] reports what is wrong, all of it at once. The bot calls it
// before it sends. [Message.Findings] warns of what is right and will look other
// than meant: cut, hidden, without effect. [Inspect] does so for JSON.
//
// # Text that came from a person
//
// The web client runs texts through a Markdown renderer that lets HTML through.
// A bot that repeats what somebody wrote hands them the page of everybody in the
// room, unless it escapes: see [Escape] and [Markdown].
//
// # URLs
//
// Media are fetched with the user's own access token, whatever their host (web
// client: files, audio, video; mobile client: pictures and files). Upload to the
// chat server and send that URL rather than one of a third party. Pictures in
// templates and flex messages, and stickers by URL, carry no token.
package message
