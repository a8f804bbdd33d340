package message

// kind is one kind of finding. All of them are below, so that a reader sees at
// once what is known of the clients.
type kind struct {
	code   string
	client Client
	effect Effect
	text   string
}

// Of any message.
var (
	notObjectWeb    = kind{"not-a-message", Web, Breaks, "This is no JSON object, which every message is."}
	notObjectMobile = kind{"not-a-message", Mobile, Breaks, "This is no JSON object, which every message is."}
	unknownWeb      = kind{"unknown-type", Web, Hides, "The type is unknown to the client, which shows an empty bubble and not even the text."}
	asTextMobile    = kind{"shown-as-text", Mobile, Alters, "Only the fallback text is shown."}
	noFallback      = kind{"no-fallback", Mobile, Hides, "Only the fallback text is shown, and there is none."}
	serverTypeWeb   = kind{"server-type", Web, Breaks, "Only the server sends this type; one that lacks a field breaks the whole page of history."}
	serverTypeMob   = kind{"server-type", Mobile, Breaks, "Only the server sends this type; one that lacks a field breaks the whole page of history."}
	notStringWeb    = kind{"message-not-string", Web, Breaks, "The text is no JSON string, on which the bubble fails."}
	notStringMobile = kind{"message-not-string", Mobile, Breaks, "The text is no JSON string, on which the whole page of history fails."}
	blankWeb        = kind{"blank-text", Web, Hides, "The text is blank: people see an empty bubble."}
	blankMobile     = kind{"blank-text", Mobile, Hides, "The text is blank: people see an empty bubble."}
	liveHTML        = kind{"live-html", Web, Exposes, "The text holds HTML, which becomes part of the page."}
	markupShown     = kind{"markup-shown", Mobile, Alters, "The text holds Markdown or HTML, which is shown as it is written."}
	mentionUnknown  = kind{"mention-not-resolved", Web, Alters, "The ID stays in the text: the nickname replaces only IDs of 2 to 37 letters, digits, \"_\", \"-\", \".\" and \"·\"."}
	mentionType     = kind{"mention-not-string", Mobile, Breaks, "A mention is no JSON string, on which the whole page of history fails."}
	replyIgnored    = kind{"reply-ignored", Mobile, Alters, "The message that is answered is not shown, since \"reply\" is only its ID."}
	chipsIgnored    = kind{"quick-reply-ignored", Web, Hides, "Quick replies are shown with messages of type template only."}
	paymentExtra    = kind{"payment-extra", Web, Breaks, "A payment needs \"extra\" as an object with a \"currency\" string."}
)

// Of media.
var (
	noPictureWeb     = kind{"no-picture", Web, Hides, "There is no picture to show."}
	noPictureMobile  = kind{"no-picture", Mobile, Hides, "There is no picture to show."}
	noThumbWeb       = kind{"no-thumbnail", Web, Hides, "A placeholder is shown, since the thumbnail is what is drawn."}
	noThumbMobile    = kind{"no-thumbnail", Mobile, Hides, "Nothing is shown, since the thumbnail is what is drawn."}
	noSize           = kind{"no-size", Mobile, Hides, "Width and height must be positive integers, else the picture is a pixel wide."}
	imagesEmpty      = kind{"images-empty", Mobile, Breaks, "An empty array breaks the cell; leave it out."}
	needsCORS        = kind{"needs-cors", Web, Hides, "A placeholder is shown unless the picture's host allows the page to fetch it (CORS)."}
	tokenSentWeb     = kind{"token-sent", Web, Exposes, "The user's access token is sent along to this host; upload to the chat server instead."}
	tokenSentMobile  = kind{"token-sent", Mobile, Exposes, "The user's access token is sent along to this host; upload to the chat server instead."}
	noURLWeb         = kind{"no-url", Web, Breaks, "There is no originalUrl, the only address the client reads."}
	noURLMobile      = kind{"no-url", Mobile, Breaks, "There is no originalUrl (or file.url), so nothing can be opened."}
	noDuration       = kind{"no-duration", Web, Alters, "The length is shown as NaN:NaN."}
	durationFraction = kind{"duration-fraction", Mobile, Alters, "A length that is no whole number of seconds counts as 0."}
	fileNoExtra      = kind{"file-extra", Web, Breaks, "The file's name is read from extra.fileName and extra.fileExtension; without \"extra\" the bubble vanishes."}
	fileNoName       = kind{"file-name", Web, Alters, "The file's name is read from extra.fileName and extra.fileExtension."}
	fileNoSizeWeb    = kind{"file-size", Web, Alters, "The file's size is shown as NaN, since extra.bytes is no number."}
	fileNoSizeMobile = kind{"file-size", Mobile, Breaks, "extra.bytes must be more than 0, else the cell breaks."}
	fileNotPDF       = kind{"file-not-pdf", Mobile, Disarms, "The client's viewer opens PDFs only."}
	noAddressWeb     = kind{"no-address", Web, Hides, "The address is all that is shown of a location, and what a tap searches for; it is blank."}
	noAddressMobile  = kind{"no-address", Mobile, Hides, "The address is all that is shown of a location; it is blank."}
	noStickerWeb     = kind{"unknown-sticker", Web, Hides, "The client has no such sticker."}
	noStickerMobile  = kind{"unknown-sticker", Mobile, Hides, "The client has no such sticker, unless the app was built with its set."}
)

// Of templates and flex messages, which the mobile client does not draw.
var (
	noTemplate     = kind{"no-template", Web, Hides, "The template is missing or of a type the client does not know: people see an empty bubble."}
	noActions      = kind{"no-actions", Web, Breaks, "\"actions\" must be an array, if an empty one, else the bubble fails."}
	confirmText    = kind{"no-text", Web, Breaks, "A confirm template needs a text, else the bubble fails."}
	cut            = kind{"text-cut", Web, Alters, "The text is longer than what is shown of it."}
	thirdButton    = kind{"button-not-shown", Web, Hides, "A confirm template shows its first two buttons."}
	columnButtons  = kind{"column-buttons", Web, Hides, "The buttons of a column show only if it has \"openQuickReply\": true, or the template \"category\": \"survey\"."}
	tilePicture    = kind{"no-picture", Web, Hides, "There is no picture to show."}
	inert          = kind{"inert-action", Web, Disarms, "Nothing happens when this is pressed: the client acts on the types \"message\", \"text\" and \"uri\" only."}
	emptyAnswer    = kind{"empty-answer", Web, Disarms, "Pressing this sends an empty message: the label does not stand in for \"text\"."}
	unsafeLink     = kind{"unsafe-link", Web, Exposes, "The client opens any address without a look; only http, https, tel and mailto are safe."}
	blankButton    = kind{"blank-button", Web, Alters, "The button has no label."}
	noContents     = kind{"no-contents", Web, Hides, "There are no contents: people see an empty bubble."}
	unknownElement = kind{"unknown-element", Web, Hides, "The client does not draw elements of this type."}
	spansHidden    = kind{"spans-hidden", Web, Hides, "Spans inside a text are not drawn."}
	buttonNoAction = kind{"no-action", Web, Breaks, "A flex button needs an action, else the bubble fails."}
	actionIgnored  = kind{"action-ignored", Web, Disarms, "Nothing happens when this is pressed: only buttons and ratings act."}
	historyBreaks  = kind{"lone-bubble", Mobile, Breaks, "A bubble outside a carousel breaks the whole page of history."}
)
