package cmd

import "golang.org/x/sys/windows"

// prepareOutput makes a terminal take control sequences, which a Windows console
// prints as they are unless asked.
func prepareOutput(fd uintptr) (restore func() error, err error) {
	output := windows.Handle(fd)
	var before uint32
	if err := windows.GetConsoleMode(output, &before); err != nil {
		return nil, err
	}
	if err := windows.SetConsoleMode(output, before|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING); err != nil {
		return nil, err
	}
	return func() error { return windows.SetConsoleMode(output, before) }, nil
}
