package machine

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// tick is the unit of times in /proc, which is the same on every Linux that Go
// runs on (USER_HZ).
const tick = 10 * time.Millisecond

// Check returns nil: everything here works.
func Check() error { return nil }

// CPUTime returns the user and system time that all threads of the process have
// used so far, in steps of 10 ms.
func CPUTime(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	return cpuTime(stat)
}

// Resident returns the physical memory of the process in bytes.
func Resident(pid int) (int64, error) {
	rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0, err
	}
	return residentBytes(rollup)
}

// cpuTime adds utime and stime, the 12th and 13th field behind the name, which
// is in brackets and may hold any character.
func cpuTime(stat []byte) (time.Duration, error) {
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/pid/stat has %d fields", len(fields))
	}
	var ticks int64
	for _, field := range fields[11:13] {
		n, err := strconv.ParseInt(string(field), 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}

// residentBytes reads the line "Rss:" of smaps_rollup, which is counted when it
// is read, where VmRSS may be off by some pages a core.
func residentBytes(rollup []byte) (int64, error) {
	for _, line := range bytes.Split(rollup, []byte("\n")) {
		value, found := bytes.CutPrefix(line, []byte("Rss:"))
		if !found {
			continue
		}
		kilobytes, err := strconv.ParseInt(string(bytes.TrimSuffix(bytes.TrimSpace(value), []byte(" kB"))), 10, 64)
		return kilobytes << 10, err
	}
	return 0, fmt.Errorf("/proc/pid/smaps_rollup has no Rss")
}
