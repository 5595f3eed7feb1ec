package server

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// Memory returns how many bytes of the process are in memory.
func (s *Server) Memory() int64 {
	s.t.Helper()
	printed, err := residentOf(s.process.command.Process.Pid)
	if err != nil {
		s.t.Fatalf("ask for the memory of the server: %v", err)
	}
	kilobytes, err := strconv.ParseInt(printed, 10, 64)
	if err != nil {
		s.t.Fatalf("memory of the server: %v", err)
	}
	return kilobytes << 10
}

// residentOf returns the kilobytes of a process in memory, as the system prints
// them.
func residentOf(process int) (string, error) {
	if runtime.GOOS != "linux" {
		printed, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(process)).Output()
		return strings.TrimSpace(string(printed)), err
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return "", err
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	amount, _, _ := strings.Cut(rest, "kB")
	return strings.TrimSpace(amount), nil
}
