// Package attack does to the built binary what attackers do, with honest clients
// beside it, and prints what was tried, what was stopped, and what the honest
// ones saw. Everything stays on this machine and is bounded in number and time.
//
// The short form belongs to `make test`; GFWS_ATTACK=full, which `make attack`
// sets, tries more of everything.
package attack
