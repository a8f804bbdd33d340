CREATE TABLE users (
	id         TEXT PRIMARY KEY,
	nickname   TEXT NOT NULL,
	avatar_url TEXT NOT NULL,
	is_robot   BOOLEAN NOT NULL
);

-- A user who left stays, with present false.
CREATE TABLE members (
	room_id TEXT NOT NULL,
	user_id TEXT NOT NULL REFERENCES users (id),
	present BOOLEAN NOT NULL,
	PRIMARY KEY (room_id, user_id)
);

-- A recalled message stays, without what it said.
CREATE TABLE messages (
	room_id    TEXT NOT NULL,
	id         TEXT NOT NULL,
	sender_id  TEXT NOT NULL REFERENCES users (id),
	type       TEXT NOT NULL,
	text       TEXT NOT NULL,    -- empty for pictures and other wordless types
	reply_to   TEXT NOT NULL,    -- ID of the message that this one answers, or empty
	sent_ms    BIGINT NOT NULL,  -- milliseconds since 1970
	version_ms BIGINT NOT NULL,  -- when it was last changed
	edited     BOOLEAN NOT NULL,
	recalled   BOOLEAN NOT NULL,
	data       TEXT NOT NULL,    -- the whole message as JSON, as it came
	PRIMARY KEY (room_id, id)
);

CREATE INDEX messages_by_time ON messages (room_id, sent_ms);
