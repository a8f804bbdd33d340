package message

// Sticker returns a message of one sticker: an ID of the form "set-number", or
// the http or https address of a picture.
//
// Both clients know FunFunFamily-1 to FunFunFamily-40. The web client has these
// sets besides: emoji (45), natural (32), animal, food, people, sport (16 each)
// and money (15).
func Sticker(id string) *Message {
	m := &Message{Type: TypeSticker, Text: "Sticker"}
	m.Sticker = id
	return m
}

// stickerSets maps the sets the web client ships to how many stickers each has.
var stickerSets = map[string]int{
	"FunFunFamily": 40, "emoji": 45, "natural": 32, "animal": 16, "food": 16, "people": 16, "sport": 16, "money": 15,
}

// mobileStickerSet is the only set the mobile client ships.
const mobileStickerSet = "FunFunFamily"
