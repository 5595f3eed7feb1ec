package docs_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/internal/cmd"
)

// programs are what a document may tell to type, besides files of the
// repository.
var programs = []string{"cd", "curl", "gf", "git", "go", "make"}

// TestCommandsExist takes each line of the sh blocks apart: make has the target,
// the executable takes the options, folders and files are there.
func TestCommandsExist(t *testing.T) {
	targets := makeTargets(t)
	for _, d := range documents(t) {
		for _, b := range d.blocks {
			if b.language != "sh" {
				continue
			}
			for i, l := range strings.Split(strings.TrimSpace(b.text), "\n") {
				for _, command := range commandsOf(l) {
					checkCommand(t, place{d, b.line + 1 + i}, targets, command)
				}
			}
		}
		for _, l := range d.prose {
			for _, code := range codes(l.text) {
				if strings.HasPrefix(code, "make ") || strings.HasPrefix(code, "go run . ") {
					checkCommand(t, place{d, l.number}, targets, words(code))
				}
			}
		}
	}
}

// place is where a document tells to type something.
type place struct {
	document
	line int
}

func checkCommand(t *testing.T, at place, targets []string, command []string) {
	t.Helper()
	folder := path.Dir(at.path)
	switch {
	case len(command) == 0:
	case command[0] == "make":
		checkMake(t, at, targets, command[1:])
	case len(command) > 2 && command[0] == "go" && command[1] == "run" && command[2] == "." && (folder == "." || folder == "docs"):
		checkRun(t, at, command[3:])
	case command[0] == "cd", command[0] == "go":
		for _, argument := range command[1:] {
			if command[0] == "cd" || strings.HasPrefix(argument, ".") {
				checkPath(t, at, folder, argument)
			}
		}
	case strings.Contains(command[0], "/"):
		checkPath(t, at, "", command[0])
	case !slices.Contains(programs, command[0]):
		t.Errorf("%s:%d: %s is none of %q", at.path, at.line, command[0], programs)
	}
}

func checkMake(t *testing.T, at place, targets, arguments []string) {
	t.Helper()
	for _, argument := range arguments {
		if !strings.Contains(argument, "=") && !slices.Contains(targets, argument) {
			t.Errorf("%s:%d: make has no target %s", at.path, at.line, argument)
		}
	}
}

// checkRun lets the executable itself read the options: with --help it checks
// them and runs nothing.
func checkRun(t *testing.T, at place, arguments []string) {
	t.Helper()
	if code, said := help(t, arguments...); code != cmd.ExitOK {
		t.Errorf("%s:%d: go run . %s ends with %d: %s", at.path, at.line, strings.Join(arguments, " "), code, said)
	}
}

// checkPath looks for what a command is run on, in the document's folder or,
// since documents in docs tell what to type in the root, there.
func checkPath(t *testing.T, at place, folder, name string) {
	t.Helper()
	name = strings.TrimSuffix(strings.TrimSuffix(name, "..."), "/")
	for _, base := range []string{folder, ""} {
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(path.Join(base, name)))); err == nil {
			return
		}
	}
	t.Errorf("%s:%d: there is no %s", at.path, at.line, name)
}

// help runs the executable's command line with --help behind the command's
// name, and returns its exit code and all that it printed.
func help(t *testing.T, arguments ...string) (code int, said string) {
	t.Helper()
	at := 0
	if len(arguments) > 0 && !strings.HasPrefix(arguments[0], "-") {
		at = 1
	}
	arguments = slices.Insert(slices.Clone(arguments), at, "--help")
	printed, err := os.Create(filepath.Join(t.TempDir(), "help"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = printed.Close() }()
	var failed bytes.Buffer
	stdout := os.Stdout
	os.Stdout = printed
	code = cmd.Run(context.Background(), append([]string{"gf-websocket"}, arguments...), &failed)
	os.Stdout = stdout
	if _, err = printed.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(printed)
	if err != nil {
		t.Fatal(err)
	}
	return code, string(text) + failed.String()
}

// TestEveryOptionIsDocumented compares the help with the tables of flags.
func TestEveryOptionIsDocumented(t *testing.T) {
	for _, path := range []string{"docs/configuration.md", "docs/configuration.zh-CN.md"} {
		var documented []string
		for _, l := range read(t, path).prose {
			documented = append(documented, codes(l.text)...)
		}
		for _, command := range [][]string{{}, {"client"}, {"cert"}} {
			code, text := help(t, command...)
			if code != cmd.ExitOK {
				t.Fatalf("%q --help ends with %d: %s", command, code, text)
			}
			options := regexp.MustCompile(`--[a-z][a-z-]*`).FindAllString(text, -1)
			if len(options) == 0 {
				t.Errorf("%q --help lists no options: %s", command, text)
			}
			for _, option := range options {
				if option != "--help" && !slices.Contains(documented, option) {
					t.Errorf("%s: %q has an option %s", path, command, option)
				}
			}
		}
	}
}

// makeTargets returns the targets of the Makefile and what it includes.
func makeTargets(t *testing.T) []string {
	t.Helper()
	var targets []string
	for _, file := range []string{"Makefile", "hack/hack.mk"} {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range regexp.MustCompile(`(?m)^([a-z0-9.-]+):`).FindAllStringSubmatch(string(content), -1) {
			targets = append(targets, match[1])
		}
	}
	return targets
}

// TestEveryTargetIsDocumented compares what make help lists with CONTRIBUTING.
func TestEveryTargetIsDocumented(t *testing.T) {
	var documented []string
	for _, l := range read(t, "CONTRIBUTING.md").prose {
		documented = append(documented, codes(l.text)...)
	}
	for _, target := range makeTargets(t) {
		if !slices.Contains(documented, "make "+target) {
			t.Errorf("CONTRIBUTING.md does not say what make %s does", target)
		}
	}
}

// commandsOf splits a line of shell into commands, each in words, without
// comments and without variables set in front.
func commandsOf(text string) [][]string {
	var (
		commands [][]string
		command  []string
	)
	for _, word := range append(words(text), "&&") {
		switch {
		case word == "&&" || word == "|":
			commands = append(commands, command)
			command = nil
		case len(command) == 0 && strings.Contains(word, "="):
		default:
			command = append(command, strings.Trim(word, "()"))
		}
	}
	return commands
}

var shellWord = regexp.MustCompile(`#.*|(?:"[^"]*"|'[^']*'|[^\s"'])+`)

// words splits at spaces outside of quotes, and drops quotes and a comment.
func words(text string) []string {
	var found []string
	for _, word := range shellWord.FindAllString(text, -1) {
		if strings.HasPrefix(word, "#") {
			break
		}
		found = append(found, strings.NewReplacer(`"`, "", `'`, "").Replace(word))
	}
	return found
}
