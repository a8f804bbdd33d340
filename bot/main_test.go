package bot_test

// Tests named TestRowNN belong to this list of what breaks webhook bots. The
// numbers are those of the tests, here and in packages chatapi and emulator.
//
//	01 method                  02 media type              03 compressed body
//	04 empty body              05 oversize body           06 slow body
//	07 slow header             08 body cut off            09 not one JSON document
//	10 doubled names           11 names in other case     12 wrong type where it routes
//	13 wrong type elsewhere    14 nulls                   15 unknown events and fields
//	16 room missing or other   17 deep nesting            18 invalid UTF-8
//	19 lone surrogates         20 huge numbers            21 many names
//	22 no or wrong secret      23 two secrets             24 timing
//	25 secrets that cannot be  26 rotation                27 redelivered message
//	28 copy while it runs      29 redelivery after a kill 30 other application
//	31 one room's order        32 stale or unknown state  33 panics
//	34 handler errors          35 over budget             36 handlers that hang
//	37 sender hangs up         38 replies that cannot be  39 the bot hears itself
//	40 two bots talk           41-45 calls of the server  47 shutdown
//	48 log injection           49 secrets in logs         50 metric labels
//	51-54 a page of the emulator's, attacked              55 slips in the path

import (
	"net"
	"os"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if effects := os.Getenv(childEnv); effects != "" {
		serveAsChild(effects)
		return
	}
	goleak.VerifyTestMain(m,
		// Idle connections of the default client, which close by themselves.
		goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"),
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"))
}

func listen() net.Listener {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	return ln
}
