package browser_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// watch records what the browser reports while a page is open.
type watch struct {
	mutex    sync.Mutex
	problems []string // errors and warnings of the console, uncaught exceptions
	requests []string // addresses asked for, those of WebSockets included
}

// see takes one event of the browser. It must not block.
func (w *watch) see(event any) {
	switch event := event.(type) {
	case *log.EventEntryAdded:
		w.problem(string(event.Entry.Level), event.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		w.problem(string(event.Type), consoleText(event.Args))
	case *runtime.EventExceptionThrown:
		w.problem("error", event.ExceptionDetails.Text+" "+describe(event.ExceptionDetails.Exception))
	case *network.EventRequestWillBeSent:
		w.request(event.Request.URL)
	case *network.EventWebSocketCreated:
		w.request(event.URL)
	}
}

// problemsSoFar returns a copy of the recorded problems.
func (w *watch) problemsSoFar() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return slices.Clone(w.problems)
}

// policyViolations returns those problems that are about the
// Content-Security-Policy.
func (w *watch) policyViolations() []string {
	return slices.DeleteFunc(w.problemsSoFar(), func(problem string) bool {
		return !strings.Contains(problem, "Content Security Policy")
	})
}

// socketCount returns how many WebSockets the page has made.
func (w *watch) socketCount() int {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	count := 0
	for _, request := range w.requests {
		if strings.HasPrefix(request, "ws") {
			count++
		}
	}
	return count
}

// hosts returns every host and port that was asked for, once each and sorted.
func (w *watch) hosts() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	var hosts []string
	for _, request := range w.requests {
		address, err := url.Parse(request)
		if err != nil {
			hosts = append(hosts, request)
			continue
		}
		hosts = append(hosts, address.Host)
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

func (w *watch) problem(level, text string) {
	if level != "error" && level != "warning" && level != "assert" {
		return
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.problems = append(w.problems, fmt.Sprintf("%s: %s", level, text))
}

func (w *watch) request(address string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.requests = append(w.requests, address)
}

func consoleText(arguments []*runtime.RemoteObject) string {
	var texts []string
	for _, argument := range arguments {
		texts = append(texts, describe(argument))
	}
	return strings.Join(texts, " ")
}

func describe(object *runtime.RemoteObject) string {
	if object == nil {
		return ""
	}
	if object.Description != "" {
		return object.Description
	}
	return string(object.Value)
}

// addresses returns every address that was asked for.
func (w *watch) addresses() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return slices.Clone(w.requests)
}
