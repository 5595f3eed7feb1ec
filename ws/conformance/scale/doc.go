// Package scale tests what only many connections show: that sessions which end
// in any way leave nothing behind, and that a shutdown says goodbye to all.
package scale
