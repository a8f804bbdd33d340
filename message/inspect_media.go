package message

import (
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// pictures looks at images, or without any at the single picture beside them.
func (in *inspector) pictures(n node) {
	images := n.get("images")
	list := images.elements()
	in.noteIf(images.isArray() && len(list) == 0, imagesEmpty, images)
	if len(list) == 0 {
		list = []node{n}
	}
	for _, p := range list {
		in.picture(p)
	}
	if n.get("messageType").text() == TypeImage { // the mobile client draws no other type's
		in.foreign(tokenSentMobile, list, "thumbnailUrl", "originalUrl")
	}
	in.foreign(needsCORS, list, "thumbnailUrl")
}

func (in *inspector) picture(n node) {
	switch {
	case n.get("thumbnailUrl").blank() && n.get("originalUrl").blank():
		in.note(noPictureWeb, n.get("originalUrl"))
		in.note(noPictureMobile, n.get("originalUrl"))
		return
	case n.get("thumbnailUrl").blank():
		in.note(noThumbWeb, n.get("thumbnailUrl"))
		in.note(noThumbMobile, n.get("thumbnailUrl"))
	}
	for _, side := range []string{"width", "height"} {
		side := n.get(side)
		in.noteIf(!(side.number() > 0 && side.isWhole()), noSize, side)
	}
}

// foreign notes, once, a URL that does not lead to the chat server's files.
func (in *inspector) foreign(k kind, nodes []node, names ...string) {
	for _, n := range nodes {
		for _, name := range names {
			if at := n.get(name); !at.blank() && !isUpload(at.text()) {
				in.note(k, at)
				return
			}
		}
	}
}

var uploadPath = regexp.MustCompile(`/files/[^/]+/[^/]+$`)

// isUpload reports whether s has the path of a file on a chat server.
func isUpload(s string) bool {
	u, err := url.Parse(s)
	return err == nil && uploadPath.MatchString(u.Path)
}

func (in *inspector) video(n node) {
	in.noteIf(n.get("originalUrl").blank() && n.get("video").get("originalUrl").blank(), noURLWeb, n.get("originalUrl"))
	in.noteIf(n.get("originalUrl").blank() && n.get("file").get("url").blank(), noURLMobile, n.get("originalUrl"))
	if n.get("originalUrl").blank() {
		return
	}
	in.picture(n)
	in.noteIf(!n.get("duration").isWhole(), durationFraction, n.get("duration"))
	in.foreign(tokenSentWeb, []node{n}, "originalUrl")
	in.foreign(tokenSentMobile, []node{n}, "thumbnailUrl")
	in.foreign(needsCORS, []node{n}, "thumbnailUrl")
}

func (in *inspector) audio(n node) {
	in.noteIf(n.get("originalUrl").blank(), noURLWeb, n.get("originalUrl"))
	in.noteIf(n.get("originalUrl").blank(), noURLMobile, n.get("originalUrl"))
	length := n.get("duration")
	_, isNumber := length.value.(float64)
	in.noteIf(!isNumber, noDuration, length)
	in.noteIf(!length.isWhole(), durationFraction, length)
	in.foreign(tokenSentWeb, []node{n}, "originalUrl")
}

func (in *inspector) file(n node) {
	address, extra := n.get("originalUrl"), n.get("extra")
	in.noteIf(address.blank(), noURLWeb, address)
	in.noteIf(address.blank() && n.get("file").get("url").blank(), noURLMobile, address)
	bytes := extra.get("bytes")
	switch {
	case !extra.isObject():
		in.note(fileNoExtra, extra)
	default:
		in.noteIf(extra.get("fileName").blank(), fileNoName, extra.get("fileName"))
		in.noteIf(math.IsNaN(numeric(bytes)), fileNoSizeWeb, bytes)
	}
	in.noteIf(!(numeric(bytes) > 0), fileNoSizeMobile, bytes)
	ext := extra.get("fileExtension")
	in.noteIf(ext.isString() && !strings.EqualFold(ext.text(), "pdf"), fileNotPDF, ext)
	in.foreign(tokenSentWeb, []node{n}, "originalUrl")
	in.foreign(tokenSentMobile, []node{n}, "originalUrl")
}

// numeric is the number that JavaScript takes n for.
func numeric(n node) float64 {
	switch v := n.value.(type) {
	case float64:
		return v
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f
		}
	}
	return math.NaN()
}

func (in *inspector) sticker(n node) {
	if isMediaURL(n.text()) {
		return
	}
	set, number, _ := strings.Cut(n.text(), "-")
	i, err := strconv.Atoi(number)
	shipped := err == nil && i >= 1 && i <= stickerSets[set]
	in.noteIf(!shipped, noStickerWeb, n)
	in.noteIf(!shipped || set != mobileStickerSet, noStickerMobile, n)
}
