package gfws

import "github.com/gogf/gf/v2/net/ghttp"

// Instance returns the installed instance of that name, the default one without
// a name, or nil. Plugins are installed when their server starts. Where two servers
// of the process have one of the same name it returns the one installed first;
// [InstanceOf] tells them apart.
func Instance(name ...string) *Plugin {
	for _, e := range instances.named(instanceName(name)) {
		if !e.plugin.hasLeft() {
			return e.plugin
		}
	}
	return nil
}

// InstanceOf returns the instance of that name that is installed on s, or nil.
// Instances of one name have one node of the configuration, whatever their servers:
// where these are to differ, they need names of their own, or options.
func InstanceOf(s *ghttp.Server, name ...string) *Plugin {
	for _, e := range instances.named(instanceName(name)) {
		if e.server == s {
			return e.plugin
		}
	}
	return nil
}

func instanceName(name []string) string {
	if len(name) == 0 || name[0] == "" {
		return DefaultName
	}
	return name[0]
}
