package asyncapi

import (
	"strconv"
	"strings"
)

// keys gives each name a key of its own that a document may have: letters,
// digits, ".", "-" and "_".
type keys struct {
	of    map[any]string
	taken map[string]bool
}

func newKeys() keys { return keys{make(map[any]string), make(map[string]bool)} }

// key returns the key of what, made of name when it is asked for first.
func (k *keys) key(what any, name string) (key string, known bool) {
	if key, known = k.of[what]; known {
		return key, true
	}
	base := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		default:
			return '_'
		}
	}, name)
	key = base
	for n := 2; k.taken[key]; n++ {
		key = base + "_" + strconv.Itoa(n)
	}
	k.of[what], k.taken[key] = key, true
	return key, false
}
