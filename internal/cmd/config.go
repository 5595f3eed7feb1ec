package cmd

import (
	"context"
	"strconv"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gfile"
	"github.com/gogf/gf/v2/text/gstr"
)

// rule tells what a value of gf's own configuration must be.
type rule struct {
	key   string
	holds func(value string) bool
	want  string
}

// gfRules are the keys of gf's nodes that gf itself takes without a word when
// they make no sense, or takes for something else: a duration without a unit is
// nanoseconds to it.
var gfRules = []rule{
	{"server.readTimeout", isDuration, durationWords},
	{"server.writeTimeout", isDuration, durationWords},
	{"server.idleTimeout", isDuration, durationWords},
	{"server.cookieMaxAge", isDuration, durationWords},
	{"server.sessionMaxAge", isDuration, durationWords},
	{"server.sessionCookieMaxAge", isDuration, durationWords},
	{"server.maxHeaderBytes", isSize, sizeWords},
	{"server.clientMaxBodySize", isSize, sizeWords},
	{"server.gracefulTimeout", isCount, numberWords},
	{"server.gracefulShutdownTimeout", isCount, numberWords},
	{"server.graceful", isSwitch, switchWords},
	{"server.keepAlive", isSwitch, switchWords},
	{"server.logStdout", isSwitch, switchWords},
	{"server.errorStack", isSwitch, switchWords},
	{"server.errorLogEnabled", isSwitch, switchWords},
	{"server.accessLogEnabled", isSwitch, switchWords},
	{"server.dumpRouterMap", isSwitch, switchWords},
	{"server.pprofEnabled", isSwitch, switchWords},
	{"server.logLevel", isLevel, levelWords},
	{"logger.stdout", isSwitch, switchWords},
	{"logger.level", isLevel, levelWords},
	{"logger.websocket.stdout", isSwitch, switchWords},
	{"logger.websocket.level", isLevel, levelWords},
}

const (
	levelWords    = `"all", "dev", "prod", "debug", "info", "notice", "warning", "error" or "critical"`
	durationWords = `a duration with its unit such as "10s", or 0`
	sizeWords     = `a size such as "10KB"`
	numberWords   = "a whole number"
	switchWords   = "true or false"
)

func isDuration(value string) bool {
	duration, err := time.ParseDuration(value)
	return err == nil && duration >= 0
}

func isSize(value string) bool { return gfile.StrToSize(value) > 0 }

func isCount(value string) bool {
	number, err := strconv.Atoi(value)
	return err == nil && number >= 0
}

func isSwitch(value string) bool {
	_, err := strconv.ParseBool(value)
	return err == nil
}

// levels are the words that glog knows, in either case.
var levels = map[string]bool{
	"all": true, "dev": true, "develop": true, "prod": true, "product": true, "debu": true, "debug": true,
	"info": true, "noti": true, "notice": true, "warn": true, "warning": true, "erro": true, "error": true,
	"crit": true, "critical": true,
}

func isLevel(value string) bool { return levels[gstr.ToLower(value)] }

// configString returns the value of key, or "" where the configuration has
// none or there is no configuration.
func configString(ctx context.Context, key string) (string, error) {
	source := g.Cfg()
	if source == nil || !source.Available(ctx) {
		return "", nil
	}
	value, err := source.Get(ctx, key)
	if err != nil {
		return "", gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "configuration cannot be read")
	}
	return value.String(), nil
}

// checkGfNodes refuses what gf would misread in its own nodes.
func checkGfNodes(ctx context.Context) error {
	for _, name := range []string{"server", "logger", "logger.websocket"} {
		if err := checkIsMap(ctx, name); err != nil {
			return err
		}
	}
	for _, r := range gfRules {
		value, err := configString(ctx, r.key)
		if err != nil {
			return err
		}
		if value != "" && !r.holds(value) {
			return gerror.NewCodef(gcode.CodeInvalidConfiguration, "%s: expected %s, not %s", r.key, r.want, value)
		}
	}
	return nil
}

func checkIsMap(ctx context.Context, name string) error {
	source := g.Cfg()
	if source == nil || !source.Available(ctx) {
		return nil
	}
	value, err := source.Get(ctx, name)
	if err != nil {
		return gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "configuration cannot be read")
	}
	if !value.IsNil() && !value.IsMap() {
		return gerror.NewCodef(gcode.CodeInvalidConfiguration, "%s: expected keys below it, not %s", name, value)
	}
	return nil
}
