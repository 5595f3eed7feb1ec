package machine

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Describe tells what this is; what cannot be found out is "unknown".
func Describe() Description {
	d := Description{CPU: cpuModel(), Memory: "unknown", Kernel: "unknown"}
	if cores, err := Cores(); err == nil {
		d.Cores = len(cores)
	}
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) == nil {
		d.Memory = fmt.Sprintf("%.0f GiB", float64(info.Totalram)*float64(info.Unit)/(1<<30))
	}
	var name unix.Utsname
	if unix.Uname(&name) == nil {
		d.Kernel = text(name.Sysname[:]) + " " + text(name.Release[:]) + " " + text(name.Machine[:])
	}
	return d
}

// cpuModel takes the vendor and the family where the model has no name, as in
// some virtual machines.
func cpuModel() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	fields := make(map[string]string)
	for _, line := range strings.Split(string(info), "\n") {
		name, value, found := strings.Cut(line, ":")
		if _, known := fields[strings.TrimSpace(name)]; found && !known {
			fields[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	name := fields["model name"]
	if _, err = strconv.Atoi(name); err != nil && name != "" && name != "unknown" {
		return name
	}
	return strings.TrimSpace(fmt.Sprintf("%s family %s model %s, unnamed",
		fields["vendor_id"], fields["cpu family"], fields["model"]))
}

func text(zeroEnded []byte) string {
	value, _, _ := bytes.Cut(zeroEnded, []byte{0})
	return string(value)
}
