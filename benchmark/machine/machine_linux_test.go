package machine

import (
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestCPUTimeIsFoundBehindAnyName(t *testing.T) {
	stat := "42 (a ) b) S 1 1 1 0 -1 4194560 1 2 3 4 250 50 7 8 20 0 1 0 1 1 1"
	got, err := cpuTime([]byte(stat))
	if err != nil || got != 3*time.Second {
		t.Fatalf("got %v, %v", got, err)
	}
	if _, err = cpuTime([]byte("42 (a) S 1")); err == nil {
		t.Fatal("a short line was taken")
	}
}

func TestResidentBytes(t *testing.T) {
	got, err := residentBytes([]byte("0-1 ---p [rollup]\nRss:                1940 kB\nPss: 3 kB\n"))
	if err != nil || got != 1940<<10 {
		t.Fatalf("got %d, %v", got, err)
	}
	if _, err = residentBytes([]byte("Pss: 3 kB\n")); err == nil {
		t.Fatal("no Rss was no error")
	}
}

func TestMeasuresSeeThisProcessWork(t *testing.T) {
	cpu, resident := measure(t)
	ballast := make([]byte, 32<<20)
	deadline := time.Now().Add(10 * time.Second)
	for i := 0; ; i++ {
		ballast[i*4096%len(ballast)]++
		if i%100000 != 0 {
			continue
		}
		cpuNow, residentNow := measure(t)
		if cpuNow > cpu && residentNow > resident+16<<20 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("from %v and %d bytes to %v and %d", cpu, resident, cpuNow, residentNow)
		}
	}
}

func measure(t *testing.T) (time.Duration, int64) {
	t.Helper()
	cpu, err := CPUTime(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	resident, err := Resident(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	return cpu, resident
}

func TestStartOnPinsTheChildAndNotUs(t *testing.T) {
	cores, err := Cores()
	if err != nil || len(cores) == 0 {
		t.Fatalf("cores %v, %v", cores, err)
	}
	last := cores[len(cores)-1]
	var out strings.Builder
	cmd := exec.Command("grep", "Cpus_allowed_list", "/proc/self/status")
	cmd.Stdout = &out
	if err = StartOn(last, cmd); err != nil {
		t.Fatal(err)
	}
	if err = cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(out.String())
	if len(fields) != 2 || fields[1] != strconv.Itoa(last) {
		t.Fatalf("the child may run on %q instead of %d", out.String(), last)
	}
	after, err := Cores()
	if err != nil || !slices.Equal(cores, after) {
		t.Fatalf("before %v, after %v, %v", cores, after, err)
	}
}
