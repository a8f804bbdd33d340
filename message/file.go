package message

import (
	"path"
	"strings"
)

// FileInfo tells what the bytes behind a URL are.
type FileInfo struct {
	Name     string // with its extension, as "menu.pdf"
	MIMEType string // told from the extension when empty
	Bytes    int64
}

// Attachment is a file to download.
type Attachment struct {
	URL string
	FileInfo
}

// File returns a message of a file to download. name is shown with its
// extension; bytes is the file's size, which both clients need to show. The
// mobile client's viewer opens PDFs only.
//
// The document's form of this message makes the web client's bubble vanish, so
// it is sent in the form clients use, with the documented names beside.
func File(url, name string, bytes int64) *Message {
	m := &Message{Type: TypeFile}
	m.OriginalURL, m.URL = url, url
	return m.WithFile(FileInfo{Name: name, Bytes: bytes})
}

// fileExtra is a file's "extra": the clients' names, then the documents'.
type fileExtra struct {
	FileName      string `json:"fileName"` // without the extension
	FileExtension string `json:"fileExtension"`
	MIMEType      string `json:"mimeType"`
	Bytes         int64  `json:"bytes,omitzero"`

	Title    string `json:"title"`
	Mimetype string `json:"mimetype"`
}

// WithFile tells name, type and size of the file behind a video, audio or file
// message.
func (m *Message) WithFile(f FileInfo) *Message {
	if f.Name != "" {
		m.Text = f.Name
	}
	ext := path.Ext(f.Name)
	if ext == f.Name { // ".profile" has none
		ext = ""
	}
	if f.MIMEType == "" {
		f.MIMEType = mimeType(ext)
	}
	return m.WithExtra(fileExtra{
		FileName:      strings.TrimSuffix(f.Name, ext),
		FileExtension: strings.TrimPrefix(ext, "."),
		MIMEType:      f.MIMEType,
		Bytes:         f.Bytes,
		Title:         f.Name,
		Mimetype:      f.MIMEType,
	})
}

// mimeTypes lists what chats pass around. The mime package is not used because
// its table is another on every machine.
var mimeTypes = map[string]string{
	".aac": "audio/aac", ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".wav": "audio/wav",
	".mov": "video/quicktime", ".mp4": "video/mp4", ".webm": "video/webm",
	".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
	".csv": "text/csv", ".txt": "text/plain", ".ics": "text/calendar",
	".json": "application/json", ".pdf": "application/pdf", ".zip": "application/zip",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func mimeType(ext string) string {
	if t, ok := mimeTypes[strings.ToLower(ext)]; ok {
		return t
	}
	return "application/octet-stream"
}
