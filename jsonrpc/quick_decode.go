package jsonrpc

import (
	"reflect"
	"strconv"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// quickDecoder sets to from a JSON value, or returns false where gconv has more
// to do than to copy it.
type quickDecoder func(value []byte, to reflect.Value) bool

// decoderOf returns the decoder of a type, nil for one that gconv may treat in a
// way of its own: any type with a name, since there may be a converter for it.
func decoderOf(t reflect.Type) quickDecoder {
	if t.PkgPath() != "" {
		return nil
	}
	switch t.Kind() {
	case reflect.String:
		return decodeString
	case reflect.Bool:
		return decodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return decodeInt
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return decodeUint
	case reflect.Float64:
		return decodeFloat
	case reflect.Slice:
		return sliceDecoder(t)
	default:
		return nil
	}
}

func decodeString(value []byte, to reflect.Value) bool {
	if value[0] != '"' {
		return false
	}
	to.SetString(string(rpcwire.Unquote(value)))
	return true
}

func decodeBool(value []byte, to reflect.Value) bool {
	switch value[0] {
	case 't':
		to.SetBool(true)
	case 'f':
		to.SetBool(false)
	default:
		return false
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// plainInt reports whether value is a whole number without an exponent.
func plainInt(value []byte) bool {
	if !isDigit(value[0]) && value[0] != '-' {
		return false
	}
	for _, c := range value[1:] {
		if !isDigit(c) {
			return false
		}
	}
	return string(value) != "-0"
}

func decodeInt(value []byte, to reflect.Value) bool {
	if !plainInt(value) {
		return false
	}
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || to.OverflowInt(n) {
		return false
	}
	to.SetInt(n)
	return true
}

func decodeUint(value []byte, to reflect.Value) bool {
	if !isDigit(value[0]) || !plainInt(value) {
		return false
	}
	n, err := strconv.ParseUint(string(value), 10, 64)
	if err != nil || to.OverflowUint(n) {
		return false
	}
	to.SetUint(n)
	return true
}

func decodeFloat(value []byte, to reflect.Value) bool {
	if !isDigit(value[0]) && value[0] != '-' {
		return false
	}
	n, err := strconv.ParseFloat(string(value), 64)
	if err != nil {
		return false
	}
	to.SetFloat(n)
	return true
}

// sliceDecoder decodes slices of strings, whole numbers and floats.
func sliceDecoder(t reflect.Type) quickDecoder {
	switch t.Elem().Kind() {
	case reflect.String, reflect.Int, reflect.Int64, reflect.Float64:
	default:
		return nil
	}
	element := decoderOf(t.Elem())
	if element == nil {
		return nil
	}
	return func(value []byte, to reflect.Value) bool {
		if value[0] != '[' {
			return false
		}
		list := reflect.MakeSlice(t, 0, 4)
		for item := range rpcwire.Elements(value) {
			list = reflect.Append(list, reflect.Zero(t.Elem()))
			if !element(item, list.Index(list.Len()-1)) {
				return false
			}
		}
		if list.Len() == 0 {
			return false
		}
		to.Set(list)
		return true
	}
}
