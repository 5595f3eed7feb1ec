package gfws

// fill puts the default in the place of each number that is zero, as [ws.Config]
// does, so that a Config of the host's own making is a safe one.
func (c *Config) fill() {
	def := DefaultConfig()
	fillZero(&c.Message.MaxSize, def.Message.MaxSize)
	fillZero(&c.Message.MaxFragments, def.Message.MaxFragments)
	fillZero(&c.Message.Refuse, def.Message.Refuse)
	fillZero(&c.Signature.Window, def.Signature.Window)
	c.fillLimits(def)
	fillZero(&c.Heartbeat.Interval, def.Heartbeat.Interval)
	fillZero(&c.Heartbeat.Timeout, def.Heartbeat.Timeout)
	fillZero(&c.Queue.MaxSize, def.Queue.MaxSize)
	fillZero(&c.Queue.MaxMessages, def.Queue.MaxMessages)
	fillZero(&c.Queue.Full, def.Queue.Full)
	c.Room.fill(def.Room)
	fillZero(&c.Push.Path, def.Push.Path)
	fillZero(&c.Compression.Threshold, def.Compression.Threshold)
	fillZero(&c.Compression.Level, def.Compression.Level)
	fillZero(&c.Timeout.Handshake, def.Timeout.Handshake)
	fillZero(&c.Timeout.Write, def.Timeout.Write)
	fillZero(&c.Timeout.Close, def.Timeout.Close)
	fillZero(&c.Drain.Timeout, def.Drain.Timeout)
	fillZero(&c.Drain.Rate, def.Drain.Rate)
	c.Auth.fill()
}

func fillZero[T comparable](value *T, def T) {
	var zero T
	if *value == zero {
		*value = def
	}
}

// bounded is a number that code may have set below zero.
type bounded struct {
	key     string
	value   int64
	hasWord bool // Off or Unlimited
}

// validateBounds refuses numbers below zero, which only code can set, except
// for Off and Unlimited where there are such words.
func (c *Config) validateBounds() error {
	var errs []error
	for _, b := range append(c.limitBounds(), []bounded{
		{"message.maxSize", c.Message.MaxSize, true},
		{"message.maxFragments", int64(c.Message.MaxFragments), true},
		{"heartbeat.interval", int64(c.Heartbeat.Interval), true},
		{"heartbeat.timeout", int64(c.Heartbeat.Timeout), false},
		{"queue.maxSize", c.Queue.MaxSize, true},
		{"queue.maxMessages", int64(c.Queue.MaxMessages), true},
		{"room.maxPerSession", int64(c.Room.MaxPerSession), true},
		{"room.maxSize", int64(c.Room.MaxSize), true},
		{"timeout.handshake", int64(c.Timeout.Handshake), false},
		{"timeout.write", int64(c.Timeout.Write), false},
		{"timeout.close", int64(c.Timeout.Close), false},
		{"drain.timeout", int64(c.Drain.Timeout), false},
		{"drain.rate", int64(c.Drain.Rate), true},
		{"auth.timeout", int64(c.Auth.Timeout), false},
		{"auth.warning", int64(c.Auth.Warning), true},
		{"auth.jwt.refresh", int64(c.Auth.JWT.Refresh), false},
		{"auth.jwt.leeway", int64(c.Auth.JWT.Leeway), true},
		{"signature.window", int64(c.Signature.Window), false},
	}...) {
		if b.value >= 0 || b.hasWord && b.value == Unlimited {
			continue
		}
		errs = append(errs, invalid(b.key, "%d is below zero", b.value))
	}
	return joinInvalid(errs...)
}
